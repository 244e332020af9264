import { ask } from '@/api/client'
import type { Me } from '@/api/types'
import type { components } from '@/api/schema'
import { sender } from '@/outbox/ids'

type Wire = components['schemas']
export type Duty = Wire['SummaryDuty']
export type Summary = Wire['SummaryOut']
export type SummaryBody = Wire['SummaryIn']
export type Matrix = Wire['Matrix']
export type Highlight = Wire['HighlightOut']
export type HighlightBody = Wire['HighlightIn']

/** Who answers for a unit and reports for it. */
export const reports = (person: Pick<Me, 'role'>) => ['liaison', 'data_officer', 'unit_leader'].includes(person.role)

export const duties = async () => (await ask<Duty[]>('GET', '/api/summaries/own')).data
export const matrix = async () => (await ask<Matrix>('GET', '/api/matrix')).data
export const highlights = async () => (await ask<{ items: Highlight[] }>('GET', '/api/highlights')).data.items

export const summarySender = () => sender<SummaryBody>((id, body) => ask('PUT', `/api/summaries/${id}`, { body }))
export const highlightSender = () => sender<HighlightBody>((id, body) => ask('PUT', `/api/highlights/${id}`, { body }))

export type PlanList = Wire['PlanList']
export type Plan = Wire['PlanOut']
export type PlanBody = Wire['PlanIn']
export const plans = async () => (await ask<PlanList>('GET', '/api/work-plans')).data
export const planSender = () => sender<PlanBody>((id, body) => ask('PUT', `/api/work-plans/${id}`, { body }))
export const reach = (id: string, body: { doneOn: string; note: string }) => ask('POST', `/api/milestones/${id}/reached`, { body })

export type Decomposition = Wire['Decomposition']
export const monthWork = async (month: string) => (await ask<Decomposition>('GET', '/api/decomposition', { query: { month } })).data
export const monthDone = (month: string, code: string, body: { doneOn: string; note: string }) =>
  ask('POST', `/api/decomposition/${month}/${code}/done`, { body })
