import { get, officeAsk, type Query } from '../data/api'
import type { Page } from '../wire'
import type { Meeting, MeetingRow, Plan, RecordBody, Rhythm, UnitProgress } from './wire'

export const meetings = (query: Query, signal?: AbortSignal) => get<Page<MeetingRow>>('/api/meetings', query, signal)
export const meeting = (id: string) => get<Meeting>(`/api/meetings/${id}`)
export const rhythm = () => get<Rhythm>('/api/meetings/rhythm')
export const progress = (id: string) => get<UnitProgress[]>(`/api/meetings/${id}/progress`)
export const enter = (id: string, body: Plan) => officeAsk<Meeting>('PUT', `/api/meetings/${id}`, { body })
export const record = (id: string, body: RecordBody) => officeAsk<Meeting>('PUT', `/api/meetings/${id}/record`, { body })
export const hold = (id: string, body: { version: number; calledOtherwise: string }) =>
  officeAsk<Meeting>('POST', `/api/meetings/${id}/held`, { body })
export const cancel = (id: string, body: { version: number; reason: string }) =>
  officeAsk<Meeting>('POST', `/api/meetings/${id}/cancelled`, { body })
export const assign = (id: string) => officeAsk<Meeting>('POST', `/api/meetings/${id}/tasks`)
export const draw = (id: string, kind: 'notice' | 'minutes', body: { id: string; version: number; reason: string }) =>
  officeAsk<Meeting>('POST', `/api/meetings/${id}/${kind}`, { body })
