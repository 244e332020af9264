/** Visits as the grid shows them: one chip for a team's trip to a site on a day. Pure. */
import type { Look } from '../parts/tags'
import type { MonthPlan, PlanDay, PlannedVisit } from './wire'

export type TripState = PlannedVisit['status'] | 'late' | 'no_access'
export type Trip = { key: string; siteId: string; on: string; state: TripState; people: string[]; names: string[]; visits: PlannedVisit[]; mayChange: boolean }

export const tripLook: Record<TripState, Look> = {
  planned: { tone: 'accent', icon: 'circle' },
  in_progress: { tone: 'look', icon: 'clock' },
  done: { tone: 'done', icon: 'check' },
  cancelled: { tone: 'quiet', icon: 'void' },
  no_access: { tone: 'look', icon: 'key' },
  late: { tone: 'late', icon: 'late' },
}

export function stateOf(visit: PlannedVisit, today: string): TripState {
  if (visit.status === 'done' && visit.noAccess) return 'no_access'
  return visit.status === 'planned' && visit.dueOn < today ? 'late' : visit.status
}

/** The day on which a visit stands: the one on which it was made, else its own. */
export const dayOf = (visit: PlannedVisit) => (visit.madeOn?.slice(0, 7) === visit.dueOn.slice(0, 7) ? visit.madeOn : visit.dueOn)

/** Visits of one site, day, team and state are one trip, whatever its checklists. */
export function tripsOf(visits: PlannedVisit[], today: string): Trip[] {
  const trips = new Map<string, Trip>()
  for (const visit of visits) {
    const state = stateOf(visit, today)
    const group = [visit.siteId, dayOf(visit), state, ...visit.assignees].join(' ')
    const known = trips.get(group)
    if (known) known.visits.push(visit)
    else trips.set(group, { key: visit.id, siteId: visit.siteId, on: dayOf(visit), state, people: visit.assignees, names: visit.assigneeNames, visits: [visit], mayChange: visit.mayChange })
  }
  return [...trips.values()]
}

/** By which the rows of the month stand: its sites, or the people who go. */
export type PlanView = 'site' | 'person'
export type Row = { id: string; title: string; under: string; cells: Map<string, Trip[]> }
/** Where a trip is to go: another day, another person instead of one of the team, or both. */
export type Aim = { row: string; on: string }

function put(rows: Map<string, Map<string, Trip[]>>, row: string, trip: Trip): void {
  const cells = rows.get(row) ?? new Map<string, Trip[]>()
  cells.set(trip.on, [...(cells.get(trip.on) ?? []), trip])
  rows.set(row, cells)
}

/** A row for each site that has a trip, or for all of them. */
export function rowsOf(plan: MonthPlan, today: string, all: boolean): Row[] {
  const bySite = new Map<string, Map<string, Trip[]>>()
  for (const trip of tripsOf(plan.visits, today)) put(bySite, trip.siteId, trip)
  return plan.sites
    .filter((site) => all || bySite.has(site.id))
    .map((site) => ({ id: site.id, title: site.name, under: site.streetName, cells: bySite.get(site.id) ?? new Map() }))
}

/** A row for each person who can be sent or is planned; a team's trip stands with each of them. */
export function peopleRows(plan: MonthPlan, today: string): Row[] {
  const names = new Map(plan.inspectors.map((one) => [one.id, one.name]))
  const byPerson = new Map<string, Map<string, Trip[]>>()
  for (const trip of tripsOf(plan.visits, today)) {
    trip.people.forEach((id, at) => {
      put(byPerson, id, trip)
      if (!names.has(id)) names.set(id, trip.names[at] ?? id)
    })
  }
  return [...names].map(([id, title]) => ({ id, title, under: '', cells: byPerson.get(id) ?? new Map() }))
}

/** Who goes where one of the team is replaced; null where the other one goes along already. */
export function replaced(people: string[], from: string, to: string): string[] | null {
  if (from === to) return people
  return people.includes(to) ? null : people.map((id) => (id === from ? to : id))
}

/** The next row to which a trip can be taken over, in a direction; the same row where there is none. */
export function turn(rows: Row[], trip: Trip, home: string, from: string, direction: 1 | -1): string {
  const free = rows.filter((row) => row.id === home || !trip.people.includes(row.id))
  const at = free.findIndex((row) => row.id === from)
  return free[at + direction]?.id ?? from
}

/** Whether a visit can be put on a day. */
export const isOpen = (day: PlanDay, today: string) => day.works && day.on >= today

/** The next day to which a visit can be moved, in a direction; the same day where there is none. */
export function step(days: PlanDay[], from: string, direction: 1 | -1, today: string): string {
  const open = days.filter((day) => isOpen(day, today) && (direction > 0 ? day.on > from : day.on < from))
  return (direction > 0 ? open[0] : open[open.length - 1])?.on ?? from
}

/** A name that fits a chip: three characters at most. */
export function shortName(name: string): string {
  const letters = [...name]
  if (letters.length <= 3) return name
  if (/\p{Script=Han}/u.test(name)) return letters.slice(-2).join('')
  return name.split(/\s+/).map((word) => word[0]?.toUpperCase()).join('').slice(0, 3)
}
