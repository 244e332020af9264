import { ask } from '@/api/client'
import type { RoomBody, RoomDetail, ScienceEntryBody, ScienceRooms } from '@/domain/science'
import { sender } from '@/outbox/ids'

export const rooms = async () => (await ask<ScienceRooms>('GET', '/api/science-rooms')).data
export const room = async (siteId: string) => (await ask<RoomDetail>('GET', `/api/science-rooms/${siteId}`)).data
export const roomSender = (siteId: string) => sender<RoomBody>((id, body) => ask('PUT', `/api/science-rooms/${siteId}/records/${id}`, { body }))
export const entrySender = () => sender<ScienceEntryBody>((id, body) => ask('PUT', `/api/science-entries/${id}`, { body }))
export const withdraw = (id: string, reason: string) => ask('POST', `/api/science-entries/${id}/withdrawal`, { body: { reason } })
