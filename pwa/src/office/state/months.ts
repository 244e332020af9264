import { today } from './now'

/** This month and the ones before it, newest first, as `YYYY-MM`. */
export function recentMonths(count = 12, from = today()): string[] {
  const [year, month] = from.split('-').map(Number)
  return Array.from({ length: count }, (_, back) => {
    const months = year! * 12 + month! - 1 - back
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
  })
}
