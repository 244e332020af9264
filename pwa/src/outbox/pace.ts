const KB = 1024
export const FIRST_CHUNK_BYTES = 512 * KB
export const LEAST_CHUNK_BYTES = 128 * KB
export const MOST_CHUNK_BYTES = 8 * 1024 * KB

/** A piece that takes about so long loses little when the line drops, and costs few questions and answers. */
const WANTED_MS = 2_500

/** How large the next piece should be, after one of `bytes` took `tookMs`: at most twice or half as large. */
export function nextChunkBytes(bytes: number, tookMs: number): number {
  const factor = Math.min(2, Math.max(0.5, WANTED_MS / Math.max(1, tookMs)))
  return held(bytes * factor)
}

/** After a line that dropped, smaller pieces. */
export const smallerChunkBytes = (bytes: number): number => held(bytes / 2)

function held(bytes: number): number {
  const whole = Math.round(bytes / (64 * KB)) * 64 * KB
  return Math.min(MOST_CHUNK_BYTES, Math.max(LEAST_CHUNK_BYTES, whole))
}
