/** Visits as the grid shows them: one chip for a team's trip to a site on a day. Pure. */
import type { Look } from '../parts/tags'
import type { MonthPlan, PlanDay, PlannedVisit, PlanSite } from './wire'

export type TripState = PlannedVisit['status'] | 'late' | 'no_access'
export type Trip = { key: string; siteId: string; on: string; state: TripState; names: string[]; visits: PlannedVisit[]; mayChange: boolean }

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
    else trips.set(group, { key: visit.id, siteId: visit.siteId, on: dayOf(visit), state, names: visit.assigneeNames, visits: [visit], mayChange: visit.mayChange })
  }
  return [...trips.values()]
}

export type Row = { site: PlanSite; cells: Map<string, Trip[]> }

/** A row for each site that has a trip, or for all of them. */
export function rowsOf(plan: MonthPlan, today: string, all: boolean): Row[] {
  const bySite = new Map<string, Map<string, Trip[]>>()
  for (const trip of tripsOf(plan.visits, today)) {
    const cells = bySite.get(trip.siteId) ?? new Map<string, Trip[]>()
    cells.set(trip.on, [...(cells.get(trip.on) ?? []), trip])
    bySite.set(trip.siteId, cells)
  }
  return plan.sites.filter((site) => all || bySite.has(site.id)).map((site) => ({ site, cells: bySite.get(site.id) ?? new Map() }))
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
