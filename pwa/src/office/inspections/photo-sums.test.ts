import { describe, expect, it } from 'vitest'
import { countPhotos, photoSums } from './photo-sums'

const counts = (received: number, missing = 0, refused = 0, waived = 0) => ({ received, missing, refused, waived })
const keys = (found: ReturnType<typeof photoSums>) => found.map((sum) => `${sum.key} ${sum.n}`)

describe('what the summary of photos says', () => {
  it('says that all have come only where all have', () => {
    expect(keys(photoSums(counts(3)))).toEqual(['complete 3'])
    expect(keys(photoSums(counts(3, 0, 1)))).toEqual(['refused 1'])
    expect(keys(photoSums(counts(3, 0, 0, 2)))).toEqual(['waived 2'])
  })

  it('keeps apart what may come, what never will and what nobody waits for', () => {
    expect(keys(photoSums(counts(0, 2, 1, 1)))).toEqual(['missing 2', 'refused 1', 'waived 1'])
  })

  it('calls nothing complete where there was nothing', () => {
    expect(keys(photoSums(counts(0)))).toEqual(['none 0'])
  })

  it('counts each photo once', () => {
    const states = ['received', 'refused', 'received', 'waived', 'missing'] as const
    expect(countPhotos(states.map((state) => ({ state })))).toEqual(counts(2, 1, 1, 1))
  })
})
