const STEPS_MS = [2_000, 5_000, 15_000, 60_000, 180_000]
const SPREAD = 0.1

/**
 * How long to wait after the n-th failure (1 = first), in milliseconds; the server's own wish is the least.
 * `chance` (0 to 1) spreads the phones of a district, so that they do not all come back in the same second.
 */
export function waitMs(attempts: number, retryAfterS: number | null = null, chance = Math.random()): number {
  if (retryAfterS !== null) return Math.round(retryAfterS * 1000 * (1 + SPREAD * chance))
  const step = STEPS_MS[Math.min(Math.max(attempts, 1), STEPS_MS.length) - 1]!
  return Math.round((step / 2) * (1 + chance))
}
