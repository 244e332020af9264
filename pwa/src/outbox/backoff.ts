const STEPS_MS = [2_000, 5_000, 15_000, 60_000, 180_000]

/** How long to wait after the n-th failure (1 = first), in milliseconds; the server's own wish wins. */
export function waitMs(attempts: number, retryAfterS: number | null = null): number {
  if (retryAfterS !== null) return retryAfterS * 1000
  return STEPS_MS[Math.min(Math.max(attempts, 1), STEPS_MS.length) - 1]!
}
