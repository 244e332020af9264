import { get, officeAsk, type Query } from '../data/api'
import type { Page } from '../wire'
import type { Chase, Chased, ChaseText, FeedbackRow, Inbox, Outgoing, Owner, Target } from './wire'

export const inbox = (query: Query, signal?: AbortSignal) => get<Inbox>('/api/messages', query, signal)
export const unread = () => get<{ unread: number }>('/api/messages/unread')
export const markRead = (id: string) => officeAsk<void>('POST', `/api/messages/${id}/read`)

export const feedback = (query: Query, signal?: AbortSignal) => get<Page<FeedbackRow>>('/api/feedback', query, signal)
export const remind = (id: string) => officeAsk<void>('POST', `/api/feedback/${id}/reminder`)
export const handOver = (id: string, deliveredOn: string, note: string) =>
  officeAsk<void>('POST', `/api/feedback/${id}/paper`, { body: { deliveredOn, note } })

export type TargetIn = { address: string; label: string; unitId?: string; personId?: string }
export const targets = () => get<Target[]>('/api/message-targets')
export const owners = () => get<Owner[]>('/api/message-owners')
export const enterTarget = (body: TargetIn) => officeAsk<{ id: string }>('POST', '/api/message-targets', { body })
export const tryTarget = (id: string) => officeAsk<{ error: string | null }>('POST', `/api/message-targets/${id}/test`)
export const removeTarget = (id: string) => officeAsk<void>('DELETE', `/api/message-targets/${id}`)

export const outgoing = (stage: string) => get<Outgoing[]>('/api/outgoing', { stage })
export const retry = (id: string) => officeAsk<void>('POST', `/api/outgoing/${id}/retry`)

/** The words to chase somebody with, and what they are about. */
export const chaseText = ({ kind, id }: Chased) =>
  kind === 'letter' ? get<ChaseText>(`/api/letters/${id}/chase`) : get<ChaseText>('/api/reminders/text', { [kind]: id })
export const keepChase = (body: { id: string; unitId: string; taskIds: string[]; text: string }) =>
  officeAsk<void>('POST', '/api/reminders', { body })
export const chases = (unit: string) => get<Chase[]>('/api/reminders', { unit })

/** Where the photo grid for the chat group is drawn; at most nine tasks fit on it. */
export const gridUrl = (taskIds: string[]) => `/api/reminders/grid?tasks=${taskIds.slice(0, 20).join(',')}`
