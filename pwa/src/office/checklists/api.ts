import { get, officeAsk } from '../data/api'
import type { Checklist, Differences, Document, Draft, FormReading, Publish, Version } from './wire'

export const checklists = () => get<Checklist[]>('/api/checklists')
export const version = (id: string) => get<Version>(`/api/checklists/versions/${id}`)
export const compare = (id: string, since: string) => get<Differences>(`/api/checklists/versions/${id}/differences`, { since })
export const draft = (code: string) => get<Draft>(`/api/checklists/drafts/${code}`)
export const saveDraft = (code: string, body: { version: number; baseVersionId: string | null; document: Document }) =>
  officeAsk<Draft>('PUT', `/api/checklists/drafts/${code}`, { body })
export const dropDraft = (code: string, at: number) => officeAsk<void>('DELETE', `/api/checklists/drafts/${code}`, { query: { version: at } })
export const publish = (code: string, body: Publish) => officeAsk<Version>('POST', `/api/checklists/drafts/${code}/publish`, { body })
/** Have a form read. Nothing is saved. */
export const readForm = (code: string, file: File) =>
  officeAsk<FormReading>('POST', '/api/checklists/forms', { query: { code }, body: file, headers: { 'Content-Type': 'application/octet-stream' } })

export const formUrl = (versionId: string) => `/api/checklists/versions/${versionId}/xlsform`
