import type { components } from '@/api/schema'
import { get, officeAsk } from '../data/api'
import type { Page } from '../wire'

type Schemas = components['schemas']
export type Recheck = Schemas['RecheckOut']
export type RecheckPlan = Schemas['RecheckIn']
export type PersonName = Schemas['PersonName']

export const rechecks = (query: Record<string, string>) => get<Page<Recheck>>('/api/rechecks', query)
export const inspectors = () => get<PersonName[]>('/api/inspectors')
export const planRecheck = (id: string, body: RecheckPlan) => officeAsk<Recheck>('PUT', `/api/rechecks/${id}`, { body })
export const cancelRecheck = (id: string, reason: string) =>
  officeAsk<Recheck>('POST', `/api/rechecks/${id}/cancel`, { body: { reason } })
