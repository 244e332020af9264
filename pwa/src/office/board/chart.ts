import type { IconName } from '../parts/icons'
import type { Board, BoardCell, CellState, Coverage } from './wire'

/** The five states of R13, the worst first, each with a sign of its own: colour alone says nothing on paper. */
export const STATES: readonly CellState[] = ['supervised', 'overdue', 'under_way', 'not_started', 'done']
export const SIGNS: Record<CellState, IconName> = {
  supervised: 'flag',
  overdue: 'late',
  under_way: 'clock',
  not_started: 'circle',
  done: 'check',
}
export const COVERAGE_SIGNS: Record<Coverage, IconName> = { done: 'check', due: 'clock', missed: 'late', ahead: 'dash' }

export type Cells = Map<string, BoardCell>

const key = (row: string, unitId: string) => `${row} ${unitId}`

/** The cells of a chart by where they stand. */
export function cellsOf(board: Board): Cells {
  return new Map(board.cells.map((cell) => [key(cell.row, cell.unitId), cell]))
}

export function cellAt(cells: Cells, row: string, unitId: string): BoardCell | undefined {
  return cells.get(key(row, unitId))
}

/** How many cells are in each state: what the chart says in one line. */
export function countsOf(board: Board): Record<CellState, number> {
  const counts: Record<CellState, number> = { supervised: 0, overdue: 0, under_way: 0, not_started: 0, done: 0 }
  for (const cell of board.cells) counts[cell.state] += 1
  return counts
}

/** The number that a cell shows beside its state: what is wrong, else what is under way, else what was done. */
export function numberOf(cell: BoardCell): number {
  const numbers: Record<CellState, number> = {
    supervised: cell.supervised,
    overdue: cell.overdue,
    under_way: cell.open + cell.replied,
    not_started: cell.open,
    done: cell.closed,
  }
  return numbers[cell.state]
}

/** The date of a cell: what comes next, else when the last was struck off. */
export function dayOf(cell: BoardCell): string | null {
  return cell.state === 'done' ? cell.doneOn : cell.dueOn
}

/** Month and day as a wall shows them: "12-03". */
export const shortDay = (day: string) => day.slice(5)
