import type { Look } from '../parts/tags'
import type { LetterRow, LetterState, Trigger } from './wire'

export const letterLook: Record<LetterState, Look> = {
  draft: { tone: 'look', icon: 'dash' },
  in_review: { tone: 'look', icon: 'review' },
  confirmed: { tone: 'look', icon: 'check' },
  signed: { tone: 'accent', icon: 'edit' },
  issued: { tone: 'accent', icon: 'out' },
  sealed: { tone: 'accent', icon: 'circle' },
  submitted: { tone: 'look', icon: 'upload' },
  decided: { tone: 'done', icon: 'check' },
  archived: { tone: 'quiet', icon: 'inspections' },
  cancelled: { tone: 'quiet', icon: 'void' },
}

export const answerLook: Record<LetterRow['answered'], Look> = {
  none: { tone: 'plain', icon: 'dash' },
  asked: { tone: 'look', icon: 'clock' },
  replied: { tone: 'done', icon: 'reply' },
}

export const triggerLook: Record<Trigger, Look> = {
  added: { tone: 'plain', icon: 'plus' },
  no_progress: { tone: 'late', icon: 'late' },
  unstable: { tone: 'look', icon: 'again' },
}

/** Whether a unit owes an answer to this kind of document. */
export const isAnswerable = (row: Pick<LetterRow, 'kind'>) => row.kind === 'assignment' || row.kind === 'supervision'
