import { describe, expect, it } from 'vitest'
import { cellOf, groupsOf, shareOf, standingOf } from './cells'
import type { Duty, MatrixIndicator } from './wire'

const owner = (unitId: string, compiles = false, part: 'responsible' | 'supporting' = 'responsible') => ({ unitId, compiles, part })
const row = (code: string, aspect: string): MatrixIndicator => ({
  code, aspect, board: 'routine', group: '', name: code, standards: [], items: [], basis: '', footnote: '',
  owners: [owner('a'), owner('b'), owner('c', false, 'supporting')],
  requirements: [
    { code: 'M-1', no: '①', text: '', method: '', formats: [], provincialOpinion: false, owners: [owner('a', true), owner('b')] },
    { code: 'M-2', no: '②', text: '', method: '', formats: [], provincialOpinion: false, owners: [owner('b', true)] },
  ],
})
const duty = (fromOn: string, untilOn: string | null) => ({ fromOn, untilOn }) as Duty

describe('the matrix', () => {
  it('marks who compiles only where there is something to put together', () => {
    expect(cellOf(row('III-1', ''), 'a')).toEqual({ part: 'responsible', compiles: true })
    expect(cellOf(row('III-1', ''), 'b')).toEqual({ part: 'responsible', compiles: false })
    expect(cellOf(row('III-1', ''), 'c')).toEqual({ part: 'supporting', compiles: false })
    expect(cellOf(row('III-1', ''), 'd')).toBeNull()
  })

  it('keeps rows of one aspect together', () => {
    expect(groupsOf([row('1', 'A'), row('2', 'A'), row('3', 'B')]).map((one) => one.rows.length)).toEqual([2, 1])
  })

  it('knows a share that was taken back from one that holds', () => {
    expect(standingOf(duty('2026-05-01', null), '2026-05-01')).toBe('holds')
    expect(standingOf(duty('2026-05-02', null), '2026-05-01')).toBe('ahead')
    expect(standingOf(duty('2026-05-01', '2026-05-01'), '2026-05-02')).toBe('over')
    expect(standingOf(duty('2026-06-01', '2026-05-31'), '2026-05-01')).toBe('over')
  })

  it('reads a change in a share', () => {
    expect(shareOf('区民政局:responsible')).toEqual({ unit: '区民政局', part: 'responsible' })
    expect(shareOf('')).toBeNull()
  })
})
