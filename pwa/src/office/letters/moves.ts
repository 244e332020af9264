import type { Letter, LetterAction, MoveFields } from './wire'

export type Field = 'approved' | 'text' | 'measures' | 'signer' | 'reason' | 'until' | 'originalOn' | 'scan'
export type MoveDraft = {
  approved: boolean | null
  text: string
  measures: string
  signer: string
  reason: string
  until: string
  originalOn: string
  scan: string
}

/** The desk's steps, in the order in which they are needed. The server says which of them are open. */
export const ORDER: LetterAction[] = [
  'send_to_review', 'sign', 'submit', 'decide', 'issue', 'agree', 'seal', 'accept_progress', 'reply', 'ask_for_time',
  'archive', 'send_back', 'cancel',
]
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
  archive: asks([], ['text']),
  reply: asks(['text', 'signer', 'originalOn'], ['measures', 'scan']),
  ask_for_time: asks(['reason', 'originalOn', 'scan']),
}

/**
 * What a step asks for; nothing: it is taken with one click. The leader decides in person; at another's desk the
 * decision is entered from paper (代录), with the day on the original and its scan.
 */
export function fieldsOf(action: LetterAction, inPerson: boolean): Asked[] {
  if (action === 'decide') return inPerson ? asks(['approved'], ['reason']) : asks(['approved', 'originalOn', 'scan'], ['reason'])
  return FORMS[action] ?? []
}

export const emptyDraft = (): MoveDraft => ({
  approved: null, text: '', measures: '', signer: '', reason: '', until: '', originalOn: '', scan: '',
})

const isFilled = (value: MoveDraft[Field]) => (typeof value === 'string' ? value.trim() !== '' : value !== null)

/** Whether the form says what its step needs. The server decides; this only spares a round trip. */
export function isReady(action: LetterAction, draft: MoveDraft, letter: Pick<Letter, 'replyDueOn'>, inPerson: boolean): boolean {
  if (action === 'agree' && draft.until <= (letter.replyDueOn ?? '')) return false
  return fieldsOf(action, inPerson).every(({ field, needed }) => !needed || isFilled(draft[field]))
}

/** The fields of the step: only those that it asks for and that were filled in. */
export function moveFields(action: LetterAction, draft: MoveDraft, inPerson: boolean): MoveFields {
  const given = fieldsOf(action, inPerson)
    .filter(({ field }) => isFilled(draft[field]))
    .map(({ field }) => [field, typeof draft[field] === 'string' ? (draft[field] as string).trim() : draft[field]])
  return Object.fromEntries(given) as MoveFields
}
