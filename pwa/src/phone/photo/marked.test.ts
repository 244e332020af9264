import { expect, it } from 'vitest'
import { markedIn } from './marked'

const marked = { sha256: 'a', marks: [{ shape: 'arrow' as const, points: [0.1, 0.2, 0.6, 0.5] }], note: '门框上' }

it('finds what was drawn over a photo in the task itself, which the phone keeps', () => {
  expect(markedIn({ markedPhotos: [marked] }, 'a')).toBe(marked)
  expect(markedIn({ markedPhotos: [marked] }, 'b')).toBeNull()
})

it('reads a task that was kept before there was such a list, and no task at all', () => {
  expect(markedIn({}, 'a')).toBeNull()
  expect(markedIn(undefined, 'a')).toBeNull()
})
