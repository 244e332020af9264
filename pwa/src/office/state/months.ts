import { today } from './now'

/** The month (`YYYY-MM`) so many months after another; before it where `by` is negative. */
export function monthAfter(month: string, by: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** This month and the ones before it, newest first, as `YYYY-MM`. */
export function recentMonths(count = 12, from = today()): string[] {
  return Array.from({ length: count }, (_, back) => monthAfter(from.slice(0, 7), -back))
}
