import { describe, expect, it } from 'vitest'
import { cellAt, cellsOf, countsOf, dayOf, numberOf } from './chart'
import type { Board, BoardCell } from './wire'

const cell = (over: Partial<BoardCell>): BoardCell => ({
  row: 'III-61',
  unitId: 'a',
  part: 'responsible',
  state: 'under_way',
  open: 2,
  overdue: 0,
  supervised: 0,
  replied: 1,
  closed: 4,
  dueOn: '2026-12-03',
  doneOn: '2026-11-02',
  ...over,
})

const board = (cells: BoardCell[]): Board => ({ year: 2026, asOf: '2026-11-24', units: [], rows: [], cells, coverage: [] })

describe('the wall chart', () => {
  it('finds a cell where its row and unit meet, and none elsewhere', () => {
    const cells = cellsOf(board([cell({}), cell({ row: 'III-42', state: 'done' })]))
    expect(cellAt(cells, 'III-42', 'a')?.state).toBe('done')
    expect(cellAt(cells, 'III-42', 'b')).toBeUndefined()
  })

  it('counts cells by state', () => {
    const counts = countsOf(board([cell({}), cell({ state: 'done' }), cell({ state: 'done' })]))
    expect(counts).toEqual({ supervised: 0, overdue: 0, under_way: 1, not_started: 0, done: 2 })
  })

  it.each([
    ['supervised', 1, '2026-12-03'],
    ['overdue', 2, '2026-12-03'],
    ['under_way', 3, '2026-12-03'],
    ['not_started', 2, '2026-12-03'],
    ['done', 4, '2026-11-02'],
  ] as const)('shows the number and the day that belong to %s', (state, number, day) => {
    const shown = cell({ state, supervised: 1, overdue: 2 })
    expect([numberOf(shown), dayOf(shown)]).toEqual([number, day])
  })
})
