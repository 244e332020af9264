import { shallowReactive } from 'vue'
import { get } from '../data/api'
import type { CalendarYear } from '../wire'

type Year = { off: Set<string>; worked: Set<string> }
const years = shallowReactive(new Map<number, Year>())
const asked = new Set<number>()

function read(year: number): void {
  if (asked.has(year)) return
  asked.add(year)
  get<CalendarYear>(`/api/calendar/${year}`)
    .then((calendar) => years.set(year, { off: new Set(calendar.daysOff), worked: new Set(calendar.daysWorked) }))
    .catch(() => asked.delete(year))
}

/** Forget a year that was edited. */
export function forgetYear(year: number): void {
  asked.delete(year)
  years.delete(year)
}

/** Whether nobody works on a date; before the calendar has come, weekends count as off. */
export function useDaysOff() {
  function isOff(on: string): boolean {
    const year = Number(on.slice(0, 4))
    read(year)
    const known = years.get(year)
    const day = new Date(`${on}T00:00:00Z`).getUTCDay()
    const weekend = day === 0 || day === 6
    return known ? known.off.has(on) || (weekend && !known.worked.has(on)) : weekend
  }
  return { isOff }
}
