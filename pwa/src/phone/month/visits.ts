import type { PhonePack, Position, Visit } from '@/api/types'
import type { Draft, OutboxItem, Photo } from '@/outbox/database'
import { endingOf, photosByOwner } from '../outbox/summary'
import { nearestFirst } from '../place/distance'

export type Standing = 'todo' | 'doing' | 'done'
/** `delivery`: what was handed in here is still on its way, or ended otherwise than delivered. */
export type VisitLine = {
  visit: Visit
  standing: Standing
  draftId: string | null
  openTasks: number
  delivery: 'owed' | 'attention' | null
}
export type Kept = { drafts: Draft[]; items: OutboxItem[]; photos: Photo[] }

const LIVE = new Set(['draft', 'open', 'replied'])

/** This month's visits with what this phone knows on top of the server: begun here, handed in here. */
export function visitLines(pack: PhonePack, kept: Kept): VisitLine[] {
  const tasks = new Map<string, number>()
  const photos = photosByOwner(kept.photos)
  for (const task of pack.tasks) {
    if (task.siteId && LIVE.has(task.status)) tasks.set(task.siteId, (tasks.get(task.siteId) ?? 0) + 1)
  }
  return pack.visits
    .filter((visit) => visit.status !== 'cancelled')
    .map((visit) => ({
      visit,
      ...standingOf(visit, kept),
      openTasks: tasks.get(visit.siteId) ?? 0,
      delivery: deliveryOf(visit, kept, photos),
    }))
}

function deliveryOf(visit: Visit, kept: Kept, photos: Map<string, Photo[]>): VisitLine['delivery'] {
  const own = kept.items.filter(
    (item) => item.kind === 'inspection' && 'visitId' in item.body && item.body.visitId === visit.id,
  )
  const endings = own.map((item) => ({ item, ending: endingOf(item, photos.get(item.id) ?? []) }))
  if (endings.some(({ ending }) => ending === 'owed')) return 'owed'
  const look = endings.some(
    ({ item, ending }) => ending === 'stuck' || (ending === 'attention' && !item.understoodAt),
  )
  return look ? 'attention' : null
}

export function standingOf(visit: Visit, kept: Kept): { standing: Standing; draftId: string | null } {
  const draft = kept.drafts.find((one) => one.visitId === visit.id && one.status === 'open' && !one.amends)
  if (draft) return { standing: 'doing', draftId: draft.id }
  const handedIn = kept.items.some(
    (item) =>
      item.kind === 'inspection' &&
      'visitId' in item.body &&
      item.body.visitId === visit.id &&
      item.body.outcome === 'inspected',
  )
  if (handedIn || visit.status === 'done') return { standing: 'done', draftId: null }
  return { standing: visit.status === 'in_progress' ? 'doing' : 'todo', draftId: null }
}

/** Nearest first, whatever their standing: who has moved on finds the next one on top. */
export function ordered(
  lines: VisitLine[],
  here: Position | null,
  at: (siteId: string) => Position | undefined,
): VisitLine[] {
  return nearestFirst(
    lines,
    here,
    (line) => at(line.visit.siteId),
    (line) => line.visit.dueOn,
  )
}

const ORDER: Record<Standing, number> = { doing: 0, todo: 1, done: 2 }

export type SiteDot = { siteId: string; lines: VisitLine[]; standing: Standing }

/** The same lines by site, in the same order: a site may have two checklists a month. */
export function atSites(lines: VisitLine[]): SiteDot[] {
  const dots = new Map<string, SiteDot>()
  for (const line of lines) {
    const dot = dots.get(line.visit.siteId) ?? { siteId: line.visit.siteId, lines: [], standing: line.standing }
    dot.lines.push(line)
    if (ORDER[line.standing] < ORDER[dot.standing]) dot.standing = line.standing
    dots.set(line.visit.siteId, dot)
  }
  return [...dots.values()]
}
