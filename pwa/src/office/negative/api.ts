import { get, officeAsk } from '../data/api'
import type { EvaluationBody, EventBody, EventRow, NegativeEvent, NegativeItem, Standing, StatusBody, WhatIf } from './wire'

const BASE = '/api/negative-list'

export const standing = () => get<Standing>(BASE)
export const items = () => get<NegativeItem[]>(`${BASE}/items`)
export const events = () => get<EventRow[]>(`${BASE}/events`)
export const event = (id: string) => get<NegativeEvent>(`${BASE}/events/${id}`)
export const enterEvent = (id: string, body: EventBody) => officeAsk<NegativeEvent>('PUT', `${BASE}/events/${id}`, { body })
export const whatIf = (body: EventBody) => officeAsk<WhatIf>('POST', `${BASE}/what-if`, { body })
export const enterStatus = (id: string, body: StatusBody) => officeAsk<Standing>('PUT', `${BASE}/statuses/${id}`, { body })
export const enterEvaluation = (id: string, body: EvaluationBody) =>
  officeAsk<Standing>('PUT', `${BASE}/evaluations/${id}`, { body })
