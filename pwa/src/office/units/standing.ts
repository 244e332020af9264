import type { RouteLocationRaw } from 'vue-router'
import { LIVE } from '../tasks/views'
import { daysText, percentText, sumsOf } from '../statistics/rates'
import type { Statistics } from '../statistics/wire'
import type { Matrix, MatrixIndicator } from '../matrix/wire'

export type UnitNumber = { key: string; value: string; late: boolean; to: RouteLocationRaw | null }

/** How one unit stands: what it owes now, and how it did over the span; each count with the way to its rows. */
export function numbersOf(unitId: string, statistics: Statistics): UnitNumber[] {
  const own = statistics.units.find((one) => one.unitId === unitId)
  const sums = sumsOf(statistics)
  const tasks = (query: Record<string, string>) => ({ name: 'tasks', query: { unit: unitId, ...query } })
  const [open, overdue] = [own?.open ?? 0, own?.overdue ?? 0]
  return [
    { key: 'owing', value: String(open), late: false, to: tasks({ status: LIVE }) },
    { key: 'overdue', value: String(overdue), late: overdue > 0, to: tasks({ overdue: 'true' }) },
    { key: 'closed', value: String(sums.closed), late: false, to: tasks({ status: 'closed' }) },
    { key: 'onTime', value: percentText(sums.closedOnTime, sums.closed), late: false, to: null },
    { key: 'median', value: daysText(statistics.spread.medianDays), late: false, to: null },
    { key: 'relapses', value: String(sums.relapses), late: sums.relapses > 0, to: tasks({ status: '', relapse: 'true' }) },
  ]
}

export type UnitDuty = { indicator: MatrixIndicator; part: 'responsible' | 'supporting' }

/** The indicators in which a unit has a part, 责任 before 配合 (R12); one that has both counts as 责任. */
export function dutiesOf(unitId: string, matrix: Matrix): UnitDuty[] {
  const found = matrix.indicators.flatMap((indicator): UnitDuty[] => {
    const owners = [...indicator.owners, ...indicator.requirements.flatMap((one) => one.owners)]
    const own = owners.filter((one) => one.unitId === unitId)
    if (!own.length) return []
    return [{ indicator, part: own.some((one) => one.part === 'responsible') ? 'responsible' : 'supporting' }]
  })
  return found.sort((a, b) => Number(a.part === 'supporting') - Number(b.part === 'supporting'))
}
