type WorkCalendar = { daysOff: string[]; daysWorked: string[] }

const DAY_MS = 24 * 3600_000
const LONGEST_DAYS = 400

/**
 * The date some working days after a Shanghai date, by the calendar that the server sent: shown as expected, never
 * decided here. Null for 0 days: nothing is to be put right.
 */
export function expectedDueOn(from: string, workingDays: number, calendar: WorkCalendar): string | null {
  if (workingDays <= 0) return null
  const off = new Set(calendar.daysOff)
  const worked = new Set(calendar.daysWorked)
  let left = workingDays
  let ms = Date.parse(`${from}T00:00:00Z`)
  for (let day = 0; day < LONGEST_DAYS; day++) {
    ms += DAY_MS
    const on = new Date(ms).toISOString().slice(0, 10)
    const weekend = [0, 6].includes(new Date(ms).getUTCDay())
    if (worked.has(on) || (!weekend && !off.has(on))) left--
    if (left === 0) return on
  }
  return null
}
