import type { Letter, LetterAction, MoveFields } from './wire'

export type Field = 'approved' | 'text' | 'measures' | 'signer' | 'reason' | 'until' | 'originalOn' | 'scan' | 'archiveNumber'
export type MoveDraft = {
  approved: boolean | null
  text: string
  measures: string
  signer: string
  reason: string
  until: string
  originalOn: string
  scan: string
  archiveNumber: string
}

/** The desk's steps, in the order in which they are needed. The server says which of them are open. */
export const ORDER: LetterAction[] = [
  'send_to_review', 'confirm', 'sign', 'submit', 'decide', 'issue', 'agree', 'seal', 'deliver', 'chase',
  'accept_progress', 'reply', 'ask_for_time', 'archive', 'send_back', 'cancel',
]
// What moves the document itself. An answer that is entered for somebody, or a receipt, is never what it waits for.
const FORWARD: LetterAction[] = ['send_to_review', 'confirm', 'sign', 'submit', 'decide', 'issue', 'agree', 'seal']
/** The step that a document waits for, if it waits for one: an unanswered letter whose limit has passed for its chasing. */
export function mainOf(actions: LetterAction[], letter: Pick<Letter, 'overdue' | 'closedAt' | 'kind'>): LetterAction | null {
  if (letter.overdue && actions.includes('chase')) return 'chase'
  const forward = actions.find((action) => FORWARD.includes(action))
  if (forward) return forward
  return letter.closedAt && actions.includes('archive') ? 'archive' : null
}
export const isDestructive = (action: LetterAction) => action === 'cancel' || action === 'send_back'

type Asked = { field: Field; needed: boolean }
const asks = (needed: Field[], optional: Field[] = []): Asked[] => [
  ...needed.map((field) => ({ field, needed: true })),
  ...optional.map((field) => ({ field, needed: false })),
]
const FORMS: Partial<Record<LetterAction, Asked[]>> = {
  send_back: asks(['reason']),
  cancel: asks(['reason']),
  agree: asks(['until'], ['reason']),
  seal: asks([], ['scan', 'originalOn']),
  accept_progress: asks(['text']),
  archive: asks([], ['archiveNumber']),
  deliver: asks(['text', 'originalOn'], ['scan']),
  reply: asks(['text', 'signer', 'originalOn'], ['measures', 'scan']),
  ask_for_time: asks(['reason', 'originalOn'], ['scan', 'text']),
}
// What the group leader does in person, and the office enters from paper or from a call.
const OF_THE_LEADER: LetterAction[] = ['decide', 'confirm']
/** Whether a step is somebody else's word, entered at this desk (代录, R95). */
export const isEntered = (action: LetterAction, inPerson: boolean) =>
  action === 'reply' || action === 'ask_for_time' || (OF_THE_LEADER.includes(action) && !inPerson)

/**
 * What a step asks for; nothing: it is taken with one click. The leader decides in person; at another's desk the
 * decision is entered (代录), with the day of the original and its scan, or a note of the call.
 */
export function fieldsOf(action: LetterAction, inPerson: boolean): Asked[] {
  if (OF_THE_LEADER.includes(action)) {
    const word: Field[] = action === 'decide' ? ['approved'] : []
    return inPerson ? asks(word, action === 'decide' ? ['reason'] : []) : asks([...word, 'originalOn'], ['scan', 'text', ...(action === 'decide' ? (['reason'] as const) : [])])
  }
  return FORMS[action] ?? []
}

export const emptyDraft = (): MoveDraft => ({
  approved: null, text: '', measures: '', signer: '', reason: '', until: '', originalOn: '', scan: '', archiveNumber: '',
})

const isFilled = (value: MoveDraft[Field]) => (typeof value === 'string' ? value.trim() !== '' : value !== null)

/** Whether the form says what its step needs. The server decides; this only spares a round trip. */
export function isReady(action: LetterAction, draft: MoveDraft, letter: Pick<Letter, 'replyDueOn'>, inPerson: boolean): boolean {
  if (action === 'agree' && draft.until <= (letter.replyDueOn ?? '')) return false
  if (isEntered(action, inPerson) && !draft.scan && !draft.text.trim()) return false
  return fieldsOf(action, inPerson).every(({ field, needed }) => !needed || isFilled(draft[field]))
}

/** The fields of the step: only those that it asks for and that were filled in. */
export function moveFields(action: LetterAction, draft: MoveDraft, inPerson: boolean): MoveFields {
  const given = fieldsOf(action, inPerson)
    .filter(({ field }) => isFilled(draft[field]))
    .map(({ field }) => [field, typeof draft[field] === 'string' ? (draft[field] as string).trim() : draft[field]])
  return Object.fromEntries(given) as MoveFields
}
