import type { Duty, Matrix, MatrixIndicator } from './wire'

export type Cell = { part: 'responsible' | 'supporting'; compiles: boolean }

/** What a unit has in a row: 责任 or 配合, and whether it puts something together for the others (R11, R12). */
export function cellOf(row: MatrixIndicator, unitId: string): Cell | null {
  const owner = row.owners.find((one) => one.unitId === unitId)
  if (!owner) return null
  const compiles = row.requirements.some((asked) => asked.owners.length > 1 && asked.owners.some((one) => one.unitId === unitId && one.compiles))
  return { part: owner.part, compiles }
}

/** The rows that a unit has a part in; all of them where no unit is chosen. */
export const rowsOf = (matrix: Matrix, unitId: string) =>
  unitId ? matrix.indicators.filter((row) => row.owners.some((one) => one.unitId === unitId)) : matrix.indicators

/** Rows under their first level; 重点工作 has none. */
export function groupsOf(rows: MatrixIndicator[]): { name: string; rows: MatrixIndicator[] }[] {
  const groups: { name: string; rows: MatrixIndicator[] }[] = []
  for (const row of rows) {
    const last = groups[groups.length - 1]
    if (last && last.name === row.aspect) last.rows.push(row)
    else groups.push({ name: row.aspect, rows: [row] })
  }
  return groups
}

/** Where a share stands on a day: not begun, holding, or over. A share that ends before it began was taken back. */
export function standingOf(duty: Duty, on: string): 'ahead' | 'holds' | 'over' {
  if (duty.untilOn && (duty.untilOn < on || duty.untilOn < duty.fromOn)) return 'over'
  return duty.fromOn > on ? 'ahead' : 'holds'
}

/** The words of a change in a share travel as `unit:part`. */
export function shareOf(words: string): { unit: string; part: string } | null {
  const at = words.lastIndexOf(':')
  return at < 0 ? null : { unit: words.slice(0, at), part: words.slice(at + 1) }
}
