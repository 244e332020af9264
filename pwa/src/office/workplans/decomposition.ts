import type { Look } from '../parts/tags'
import type { Decomposition, MonthLine } from './wire'

/** A row of the month's table: a unit's line, or its place where there is none. `span` rows share an indicator. */
export type LineRow = { code: string; indicator: string; unitId: string; unitName: string; line: MonthLine | null; span: number }

/** Every line and every responsible unit that has none, by indicator. */
export function rowsOf(found: Decomposition): LineRow[] {
  return found.focus.flatMap((row) => {
    const units = [
      ...row.lines.map((line) => ({ unitId: line.unitId, unitName: line.unitName, line })),
      ...row.withoutLine.map((unit) => ({ unitId: unit.id, unitName: unit.name, line: null })),
    ]
    return units.map((unit, place) => ({ code: row.code, indicator: row.name, ...unit, span: place ? 0 : units.length }))
  })
}

/** How a month's decomposition looks. */
export const monthLook = (found: Pick<Decomposition, 'complete' | 'late'>): Look =>
  found.complete ? { tone: 'done', icon: 'check' } : found.late ? { tone: 'late', icon: 'late' } : { tone: 'look', icon: 'circle' }
