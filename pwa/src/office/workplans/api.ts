import { get, officeAsk, type Query } from '../data/api'
import type { Page } from '../wire'
import type { ChaseWords, Highlight, MonthLineBody, Summary, SummaryBody, SummaryKind } from './wire'

export const versions = (unit: string, kind: SummaryKind, period: string) => get<Summary[]>('/api/summaries/versions', { unit, kind, period })
export const chase = (kind: SummaryKind, period: string) => get<ChaseWords>('/api/summaries/chase', { kind, period })
export const enter = (id: string, body: SummaryBody) => officeAsk<Summary>('PUT', `/api/summaries/${id}`, { body })
export const decide = (id: string, decision: 'accepted' | 'returned', reason: string) =>
  officeAsk<void>('POST', `/api/summaries/${id}/decision`, { body: { decision, reason } })
export const demand = (id: string, body: { kind: SummaryKind; requirements: string; source: string }) =>
  officeAsk<void>('PUT', `/api/summary-templates/${id}`, { body })
export const reportUrl = (kind: SummaryKind, period: string, form: 'pdf' | 'docx') => `/api/summary-report?kind=${kind}&period=${period}&form=${form}`
export const highlights = (query: Query, signal?: AbortSignal) => get<Page<Highlight>>('/api/highlights', query, signal)
export const judge = (id: string, verdict: 'adopted' | 'declined', reason: string) =>
  officeAsk<void>('POST', `/api/highlights/${id}/verdict`, { body: { verdict, reason } })
export const mark = (id: string, body: { month: string; indicatorCodes: string[] }) => officeAsk<void>('PUT', `/api/decomposition-focus/${id}`, { body })
export const enterLine = (id: string, body: MonthLineBody) => officeAsk<void>('PUT', `/api/decomposition-lines/${id}`, { body })
