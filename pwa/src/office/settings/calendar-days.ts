/** Where a year differs from "Monday to Friday": weekdays off, weekend days worked. Dates in Asia/Shanghai. */
export type Exceptions = { daysOff: string[]; daysWorked: string[] }

export function isWeekend(on: string): boolean {
  const day = new Date(`${on}T00:00:00Z`).getUTCDay()
  return day === 0 || day === 6
}

export function isOffDay(exceptions: Exceptions, on: string): boolean {
  return isWeekend(on) ? !exceptions.daysWorked.includes(on) : exceptions.daysOff.includes(on)
}

/** The exceptions with one day turned over: a working day off, a day off worked. */
export function toggled(exceptions: Exceptions, on: string): Exceptions {
  const turn = (days: string[]) => (days.includes(on) ? days.filter((day) => day !== on) : [...days, on].sort())
  return isWeekend(on)
    ? { ...exceptions, daysWorked: turn(exceptions.daysWorked) }
    : { ...exceptions, daysOff: turn(exceptions.daysOff) }
}

/** The dates of a month in rows of seven from Monday; null where the month does not reach. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const cells: (string | null)[] = Array.from({ length: first }, () => null)
  for (let day = 1; day <= count; day++) cells.push(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
  while (cells.length % 7) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
