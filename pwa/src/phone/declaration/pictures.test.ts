import { describe, expect, it } from 'vitest'
import type { Photo } from '@/outbox/database'
import { bodyOf, shownOf, takenOut, unsaid, written } from './pictures'
import type { Edition } from './wire'

const photo = (id: string, changes: Partial<Photo> = {}) =>
  ({ id, sha256: id.repeat(64), filename: `${id}.heic`, source: 'camera', takenAt: '2026-09-19T16:30:00Z', state: 'kept', ...changes }) as Photo
const last = {
  pictures: [{ sha256: 'b'.repeat(64), fileName: '义诊.jpg', kind: 'scene', caption: '义诊', place: '广场', takenOn: '2026-09-01', shrink: false, useId: null, sizeBytes: 1, flags: [] }],
} as unknown as Edition

describe('pictures that a phone hands in', () => {
  it('are those of the version before and those of this phone, each once', () => {
    const shown = shownOf(last, [photo('a'), photo('b')], {})
    expect(shown.map((one) => one.fileName)).toEqual(['义诊.jpg', 'a.heic'])
    expect(bodyOf(shown, ' 补充 ')).toMatchObject({ note: '补充', pictures: [{ shrink: false, caption: '义诊' }, { shrink: true, takenOn: '2026-09-20' }] })
  })

  it('keep what was written of them, and leave out what was taken out', () => {
    const [first, second] = shownOf(last, [photo('a')], {})
    const fields = Object.fromEntries([takenOut(first!), written(second!, { caption: '讲座' })])
    const [only, ...none] = shownOf(last, [photo('a')], fields)
    expect([only!.words.caption, none]).toEqual(['讲座', []])
  })

  it('say what they show before they go: a scene its place, a chosen picture its day', () => {
    const [scene] = shownOf(undefined, [photo('a', { source: 'gallery' })], {})
    expect(unsaid(scene!)).toEqual(['caption', 'place', 'takenOn'])
    expect(unsaid({ ...scene!, words: { kind: 'television', caption: '新闻', place: '', takenOn: '2026-09-01' } })).toEqual([])
  })
})
