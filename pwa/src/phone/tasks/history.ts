import type { TaskDetail, TimelineEntry } from '@/api/types'
import { t } from '@/i18n'

/** One line of a task's history: a step, or somebody who found the fault. */
export type HistoryEntry = Pick<
  TimelineEntry,
  'id' | 'actor' | 'role' | 'action' | 'text' | 'detail' | 'photos' | 'accepted' | 'refusal'
> & {
  /** The instant that is shown: of a sighting when it was seen, of a step when it came in. */
  shownAt: string
}

/** The whole history, the oldest first: it begins with who found the fault, and when. */
export function historyOf(task: Pick<TaskDetail, 'findings' | 'timeline'>): HistoryEntry[] {
  const sightings = task.findings
    .filter((finding) => finding.status !== 'void')
    .sort((a, b) => Date.parse(a.seenAt) - Date.parse(b.seenAt))
    .map((finding, at) => ({
      id: finding.id,
      actor: finding.finder,
      role: 'inspector',
      action: at ? 'sighting' : 'found',
      text: finding.note || finding.problem,
      detail: {},
      photos: finding.photos,
      accepted: true,
      refusal: null,
      shownAt: finding.seenAt,
      order: Date.parse(at ? finding.receivedAt : finding.seenAt),
    }))
  const steps = task.timeline.map((entry) => ({
    ...entry,
    actor: entry.actor || t('task.bySystem'),
    shownAt: entry.receivedAt,
    order: Date.parse(entry.receivedAt),
  }))
  return [...sightings, ...steps].sort((a, b) => a.order - b.order)
}
