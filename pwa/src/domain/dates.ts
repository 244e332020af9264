/** Calendar dates as `YYYY-MM-DD` text, which sorts as it counts. No clock and no time zone here. */

export function isDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const [year, month, day] = parts(value)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month)
}

export function daysBefore(date: string, days: number): string {
  const [year, month, day] = parts(date)
  const earlier = new Date(Date.UTC(year, month - 1, day - days))
  return text(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, earlier.getUTCDate())
}

/** The same day so many calendar months earlier; a missing day becomes that month's last. */
export function monthsBefore(date: string, months: number): string {
  const [year, month, day] = parts(date)
  const count = year * 12 + month - 1 - months
  const [thatYear, thatMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return text(thatYear, thatMonth, Math.min(day, lastDay(thatYear, thatMonth)))
}

/** The calendar quarter or year of a date, as text to compare. */
export function periodOf(date: string, frequency: 'quarter' | 'year'): string {
  const [year, month] = parts(date)
  return frequency === 'year' ? `${year}` : `${year}-${Math.floor((month - 1) / 3)}`
}

function parts(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function text(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
