import { get, officeAsk } from '../data/api'
import type { PlannedVisit, VisitDraw, VisitDrawCheck, VisitMove } from './wire'

export const draw = (id: string, month: string) => officeAsk<VisitDraw>('PUT', `/api/visit-draws/${id}`, { body: { month } })
export const readDraw = (id: string) => get<VisitDraw>(`/api/visit-draws/${id}`)
export const checkDraw = (id: string) => get<VisitDrawCheck>(`/api/visit-draws/${id}/check`)
export const publish = (id: string) => officeAsk<VisitDraw>('POST', `/api/visit-draws/${id}/publish`)
export const move = (id: string, body: VisitMove) => officeAsk<PlannedVisit>('PATCH', `/api/visits/${id}`, { body })
export const cancel = (id: string, body: { version: number; reason: string }) =>
  officeAsk<PlannedVisit>('POST', `/api/visits/${id}/cancel`, { body })
