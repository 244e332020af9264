import { describe, expect, it } from 'vitest'
import { FIRST_CHUNK_BYTES, LEAST_CHUNK_BYTES, MOST_CHUNK_BYTES, nextChunkBytes, smallerChunkBytes } from './pace'

/** The pieces that a line of so many bytes a second would get, one after another. */
function pieces(bytesPerS: number, latencyMs: number, count: number): number[] {
  const sizes = [FIRST_CHUNK_BYTES]
  while (sizes.length < count) {
    const last = sizes.at(-1)!
    sizes.push(nextChunkBytes(last, latencyMs + (1000 * last) / bytesPerS))
  }
  return sizes
}

describe('the size of the pieces that a photo goes out in', () => {
  it('grows on a quick line up to a limit', () => {
    const sizes = pieces(20e6, 30, 12)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes.at(-1)).toBe(MOST_CHUNK_BYTES)
  })

  it('shrinks on a slow line down to a limit', () => expect(pieces(20e3, 200, 6).at(-1)).toBe(LEAST_CHUNK_BYTES))

  it('settles where a piece takes some seconds', () => {
    const last = pieces(400e3, 100, 20).at(-1)!
    expect(last / 400e3).toBeGreaterThan(1.5)
    expect(last / 400e3).toBeLessThan(3.5)
  })

  it('halves when the line dropped, and never leaves its limits', () => {
    expect(smallerChunkBytes(FIRST_CHUNK_BYTES)).toBe(FIRST_CHUNK_BYTES / 2)
    expect(smallerChunkBytes(LEAST_CHUNK_BYTES)).toBe(LEAST_CHUNK_BYTES)
    expect(nextChunkBytes(MOST_CHUNK_BYTES, 0)).toBe(MOST_CHUNK_BYTES)
  })
})
