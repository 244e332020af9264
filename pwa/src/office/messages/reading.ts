import type { Look } from '../parts/tags'
import { today } from '../state/now'
import { shanghaiDate } from '@/ui/time'
import type { Feedback } from './wire'

export type ReadState = 'waiting' | 'unread' | 'read' | 'toHand' | 'handed'
type Known = Pick<Feedback, 'capacity' | 'deliveredAt' | 'readAt'>

/** How far a feedback has come: on its way to the digest, in the inbox, read; on paper to be handed over, or handed. */
export function readState({ capacity, deliveredAt, readAt }: Known): ReadState {
  if (capacity === 'paper') return deliveredAt ? 'handed' : 'toHand'
  if (readAt) return 'read'
  return deliveredAt ? 'unread' : 'waiting'
}

export const readLook: Record<ReadState, Look> = {
  waiting: { tone: 'plain', icon: 'clock' },
  unread: { tone: 'look', icon: 'dash' },
  read: { tone: 'done', icon: 'check' },
  toHand: { tone: 'look', icon: 'letters' },
  handed: { tone: 'done', icon: 'check' },
}

/** Whether somebody was reminded today already: once a day is enough. */
export const isReminded = (row: Pick<Feedback, 'remindedAt'>) => row.remindedAt !== null && shanghaiDate(row.remindedAt) === today()

export const stateKey = (state: ReadState) => (state === 'waiting' ? 'feedback.waiting.short' : `feedback.${state}`)
