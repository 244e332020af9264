import { describe, expect, it } from 'vitest'
import { entryBody, isEntryReady, isRoomReady, newEntry, nodesOn, roomBody, roomDraft } from './science'

describe('what is entered of a science room (R20)', () => {
  it('has a count unless it is an update, and a node only where it is an activity', () => {
    const draft = { ...newEntry('2026-09-19'), name: ' 应急避险 ', count: '40', node: 'science_day' as const }
    expect(entryBody('s', draft)).toMatchObject({ kind: 'update', name: '应急避险', count: null, node: null })
    expect(entryBody('s', { ...draft, kind: 'activity' })).toMatchObject({ count: 40, node: 'science_day' })
    expect(entryBody('s', { ...draft, kind: 'stock' })).toMatchObject({ count: 40, node: null })
  })

  it('knows the science month in September only, since 2025', () => {
    expect(nodesOn('2025-09-01')).toContain('science_month')
    for (const on of ['2024-09-30', '2025-08-31', '2025-10-01']) expect(nodesOn(on)).not.toContain('science_month')
    expect(entryBody('s', { ...newEntry('2026-10-01'), kind: 'activity', name: 'x', count: '1', node: 'science_month' }).node).toBeNull()
  })

  it('is ready with a day, a name and a whole count', () => {
    const draft = { ...newEntry('2026-09-19'), name: '讲座' }
    expect(isEntryReady(draft)).toBe(true)
    for (const count of ['', '1.5', '-1']) expect(isEntryReady({ ...draft, kind: 'activity', count })).toBe(false)
    expect(isEntryReady({ ...draft, kind: 'activity', count: '0' })).toBe(true)
  })

  it('needs a room of some size with its keeper and hours', () => {
    const draft = { ...roomDraft({ record: null }), community: '东门社区', openingHours: '周一至周五', keeper: ' 科普员 ', areaM2: '60' }
    expect(isRoomReady(draft)).toBe(true)
    expect(roomBody(draft)).toMatchObject({ areaM2: 60, keeper: '科普员' })
    for (const areaM2 of ['', '0', '6.5']) expect(isRoomReady({ ...draft, areaM2 })).toBe(false)
  })
})
