import type { RoomBody, RoomDetail, ScienceEntryBody } from '@/domain/science'
import { get, officeAsk } from '../data/api'

export const room = (siteId: string) => get<RoomDetail>(`/api/science-rooms/${siteId}`)
export const enterRoom = (siteId: string, id: string, body: RoomBody) => officeAsk<void>('PUT', `/api/science-rooms/${siteId}/records/${id}`, { body })
export const enter = (id: string, body: ScienceEntryBody) => officeAsk<void>('PUT', `/api/science-entries/${id}`, { body })
export const withdraw = (id: string, reason: string) => officeAsk<void>('POST', `/api/science-entries/${id}/withdrawal`, { body: { reason } })
