import type { ActionName, Severity, TaskDetail, TaskStep } from '../wire'

export type Field = 'unitId' | 'severity' | 'dueOn' | 'until' | 'words' | 'photos' | 'closing' | 'persons' | 'paper'
/** The three persons of a task (R14). */
export const PARTS = ['overseer', 'implementer', 'resolver'] as const
export type Part = (typeof PARTS)[number]
export type ActionDraft = { unitId: string; severity: Severity; dueOn: string; until: string; words: string; photos: string[]; nextActivity: boolean; signer: string; originalOn: string } & Record<Part, string>

const FIELDS: Record<ActionName, Field[]> = {
  confirm: ['unitId', 'severity', 'dueOn'],
  correct: ['unitId', 'severity', 'dueOn', 'closing', 'words'],
  void: ['words'],
  return: ['dueOn', 'words'],
  strike_off: ['words', 'photos'],
  extend: ['until', 'words'],
  refuse_extension: ['words'],
  acknowledge: [],
  ask_extension: [],
  progress: ['words'],
  reply: ['paper', 'words', 'photos'],
  name_persons: ['persons'],
  not_seen: ['words'],
}

/** What a form for a step asks for. A confirmation that only countersigns a further sighting asks for nothing. */
export function fieldsOf(action: ActionName, task: TaskDetail): Field[] {
  return action === 'confirm' && task.status !== 'draft' ? [] : FIELDS[action]
}

/** What a form begins with: the task as it stands. A return sets a new date, so one that has passed is not proposed. */
export function startOf(action: ActionName, task: TaskDetail, today: string): ActionDraft {
  const dueOn = action === 'return' && task.dueOn < today ? today : task.dueOn
  const named = (part: Part) => (task.persons.named.includes(part) ? task.persons[part] : '')
  return {
    unitId: task.unitId, severity: task.severity, dueOn, until: task.extensionUntil ?? '', words: '', photos: action === 'reply' ? [] : [...task.afterPhotos],
    signer: '', originalOn: today, nextActivity: task.closing === 'next_activity', overseer: named('overseer'), implementer: named('implementer'), resolver: named('resolver'),
  }
}

/** Whether the form says what its step needs. The server decides; this only spares a round trip. */
export function isReady(action: ActionName, draft: ActionDraft, task: TaskDetail): boolean {
  const words = draft.words.trim() !== ''
  if (action === 'strike_off') return draft.photos.length > 0
  if (action === 'confirm') return true
  if (action === 'reply') return words && draft.signer.trim() !== '' && draft.originalOn !== '' && draft.photos.length > 0
  if (action === 'extend') return words && draft.until > task.dueOn
  if (action === 'correct') return words && (changed(draft, task).length > 0 || closingOf(draft, task) !== null)
  if (action === 'name_persons') return Object.keys(personsOf(draft, task)).length > 0
  return words
}

function changed(draft: ActionDraft, task: TaskDetail): ('unitId' | 'severity' | 'dueOn')[] {
  return (['unitId', 'severity', 'dueOn'] as const).filter((name) => draft[name] !== task[name])
}

/** How the task is to be verified from now on, where that differs. */
function closingOf(draft: ActionDraft, task: TaskDetail): TaskStep['closing'] | null {
  if (draft.nextActivity === (task.closing === 'next_activity')) return null
  return draft.nextActivity ? 'next_activity' : 'evidence'
}

/** The persons that differ from those named; an empty name goes back to the post. */
function personsOf(draft: ActionDraft, task: TaskDetail): Partial<Record<Part, string>> {
  const start = startOf('name_persons', task, '')
  return Object.fromEntries(PARTS.filter((part) => draft[part].trim() !== start[part]).map((part) => [part, draft[part].trim()]))
}

/** The fields of the step: only what differs, each under the name that its action has for it. */
export function stepFields(action: ActionName, draft: ActionDraft, task: TaskDetail): Partial<TaskStep> {
  const words = draft.words.trim()
  const corrections = Object.fromEntries(changed(draft, task).map((name) => [name, draft[name]]))
  switch (action) {
    case 'confirm':
      return task.status === 'draft' ? corrections : {}
    case 'correct':
      return { ...corrections, ...(closingOf(draft, task) ? { closing: closingOf(draft, task) } : {}), reason: words }
    case 'name_persons':
      return personsOf(draft, task)
    case 'return':
      return { reason: words, dueOn: draft.dueOn }
    case 'extend':
      return { reason: words, until: draft.until }
    case 'strike_off':
      return { ...(words ? { note: words } : {}), photos: draft.photos }
    case 'reply':
      return { text: words, ...(task.closing === 'next_activity' ? { measure: words } : {}), signer: draft.signer.trim(), originalOn: draft.originalOn, photos: draft.photos }
    case 'void':
    case 'not_seen':
    case 'refuse_extension':
      return { reason: words }
    default:
      return { text: words }
  }
}
