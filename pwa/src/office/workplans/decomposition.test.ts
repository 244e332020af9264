import { describe, expect, it } from 'vitest'
import { monthLook, rowsOf } from './decomposition'
import type { Decomposition } from './wire'

const found = {
  focus: [
    { code: 'A', name: '甲', lines: [{ unitId: '1', unitName: '一局' }], withoutLine: [{ id: '2', name: '二局' }] },
    { code: 'B', name: '乙', lines: [], withoutLine: [{ id: '1', name: '一局' }] },
  ],
} as unknown as Decomposition

describe('the rows of a month that is broken down (R19)', () => {
  it('give every responsible unit its place, and the indicator a cell over all of them', () => {
    expect(rowsOf(found).map((row) => [row.code, row.unitName, row.line !== null, row.span])).toEqual([
      ['A', '一局', true, 2],
      ['A', '二局', false, 0],
      ['B', '一局', false, 1],
    ])
  })

  it('look late only where the month ended without its lines', () => {
    expect([{ complete: true, late: false }, { complete: false, late: true }, { complete: false, late: false }].map((one) => monthLook(one).tone)).toEqual(['done', 'late', 'look'])
  })
})
