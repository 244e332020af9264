import type { Look } from '../parts/tags'
import type { SummaryKind, SummaryList, UnitSummary } from './wire'

const DAY_MS = 86_400_000
const at = (on: string) => new Date(`${on}T00:00:00Z`)
const dayOf = (date: Date) => date.toISOString().slice(0, 10)

/** The ISO week of a day: 2026-W47. Its Thursday says to which year it belongs. */
export function weekOf(on: string): string {
  const date = at(on)
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY_MS)
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  const number = Math.floor((thursday.getTime() - first) / DAY_MS / 7) + 1
  return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`
}

/** The week or the month that a day lies in. */
export const periodOf = (kind: SummaryKind, on: string) => (kind === 'week' ? weekOf(on) : on.slice(0, 7))

/** A day in the period before or after the one that lies between two days. */
export const besides = (fromOn: string, untilOn: string, by: 1 | -1) =>
  dayOf(new Date(at(by > 0 ? untilOn : fromOn).getTime() + by * DAY_MS))

/** The year and the number of a week or a month, as texts name them. */
export function namesOf(period: string): { year: string; number: number } {
  const [year, number] = period.replace('W', '').split('-')
  return { year: year!, number: Number(number) }
}

export const looks: Record<UnitSummary['state'], Look> = {
  owed: { tone: 'plain', icon: 'circle' },
  missing: { tone: 'late', icon: 'late' },
  submitted: { tone: 'look', icon: 'reply' },
  accepted: { tone: 'done', icon: 'check' },
  returned: { tone: 'look', icon: 'undo' },
  not_owed: { tone: 'quiet', icon: 'dash' },
}

/** How many units stand how: what the head of the page tells. */
export function sumsOf(list: SummaryList) {
  const count = (...states: UnitSummary['state'][]) => list.units.filter((unit) => states.includes(unit.state)).length
  return { all: list.units.length, came: count('submitted', 'accepted'), waiting: count('submitted'), missing: count('owed', 'missing', 'returned') }
}
