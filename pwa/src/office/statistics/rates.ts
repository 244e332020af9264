import type { MonthFigures, Statistics } from './wire'

/** A share as whole percent, rounded down so that 100% means all; null where there is nothing to share. */
export function percent(part: number, whole: number): number | null {
  return whole ? Math.floor((part / whole) * 100) : null
}

export const percentText = (part: number, whole: number) => {
  const share = percent(part, whole)
  return share === null ? '—' : `${share}%`
}

/** Days as they are read: whole where they are, else with one place; a dash where nothing was closed. */
export function daysText(days: number | null): string {
  if (days === null) return '—'
  return Number.isInteger(days) ? String(days) : days.toFixed(1)
}

export type Sums = { inspections: number; findings: number; closed: number; closedOnTime: number; relapses: number }

/** The span's months together. */
export function sumsOf(statistics: Statistics): Sums {
  const none: Sums = { inspections: 0, findings: 0, closed: 0, closedOnTime: 0, relapses: 0 }
  return statistics.months.reduce((sums, month) => {
    for (const key of Object.keys(sums) as (keyof Sums)[]) sums[key] += month[key]
    return sums
  }, none)
}

/** The spans that are asked for, each by how many months lie before its last one. */
export const SPANS = { months3: 2, months6: 5, year: 11, years3: 35 } as const
export type SpanName = keyof typeof SPANS

/** What the months' chart draws. */
export function seriesOf(months: MonthFigures[]) {
  return {
    names: months.map((one) => one.month),
    findings: months.map((one) => one.findings),
    closed: months.map((one) => one.closed),
    onTime: months.map((one) => percent(one.closedOnTime, one.closed)),
  }
}
