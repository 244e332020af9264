import type { ActionName, Severity, TaskDetail, TaskStep } from '../wire'

export type Field = 'unitId' | 'severity' | 'dueOn' | 'until' | 'words' | 'photos'
export type ActionDraft = { unitId: string; severity: Severity; dueOn: string; until: string; words: string; photos: string[] }

const FIELDS: Record<ActionName, Field[]> = {
  confirm: ['unitId', 'severity', 'dueOn'],
  correct: ['unitId', 'severity', 'dueOn', 'words'],
  void: ['words'],
  return: ['dueOn', 'words'],
  strike_off: ['words', 'photos'],
  extend: ['until', 'words'],
  refuse_extension: ['words'],
  acknowledge: [],
  ask_extension: [],
  progress: ['words'],
  reply: [],
  not_seen: ['words'],
}

/** What a form for a step asks for. A confirmation that only countersigns a further sighting asks for nothing. */
export function fieldsOf(action: ActionName, task: TaskDetail): Field[] {
  return action === 'confirm' && task.status !== 'draft' ? [] : FIELDS[action]
}

/** What a form begins with: the task as it stands. A return sets a new date, so one that has passed is not proposed. */
export function startOf(action: ActionName, task: TaskDetail, today: string): ActionDraft {
  const dueOn = action === 'return' && task.dueOn < today ? today : task.dueOn
  return { unitId: task.unitId, severity: task.severity, dueOn, until: task.extensionUntil ?? '', words: '', photos: [...task.afterPhotos] }
}

/** Whether the form says what its step needs. The server decides; this only spares a round trip. */
export function isReady(action: ActionName, draft: ActionDraft, task: TaskDetail): boolean {
  const words = draft.words.trim() !== ''
  if (action === 'strike_off') return draft.photos.length > 0
  if (action === 'confirm') return true
  if (action === 'extend') return words && draft.until > task.dueOn
  if (action === 'correct') return words && changed(draft, task).length > 0
  return words
}

function changed(draft: ActionDraft, task: TaskDetail): ('unitId' | 'severity' | 'dueOn')[] {
  return (['unitId', 'severity', 'dueOn'] as const).filter((name) => draft[name] !== task[name])
}

/** The fields of the step: only what differs, each under the name that its action has for it. */
export function stepFields(action: ActionName, draft: ActionDraft, task: TaskDetail): Partial<TaskStep> {
  const words = draft.words.trim()
  const corrections = Object.fromEntries(changed(draft, task).map((name) => [name, draft[name]]))
  switch (action) {
    case 'confirm':
      return task.status === 'draft' ? corrections : {}
    case 'correct':
      return { ...corrections, reason: words }
    case 'return':
      return { reason: words, dueOn: draft.dueOn }
    case 'extend':
      return { reason: words, until: draft.until }
    case 'strike_off':
      return { ...(words ? { note: words } : {}), photos: draft.photos }
    case 'void':
    case 'not_seen':
    case 'refuse_extension':
      return { reason: words }
    default:
      return { text: words }
  }
}
