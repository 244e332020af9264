import { get, officeAsk, type Query } from '../data/api'
import type { Page } from '../wire'
import type { Disqualification, Letter, LetterMove, LetterRow, Proposals, ReplyLink, ReplyLinkChange } from './wire'

export const proposals = () => get<Proposals>('/api/proposals')
export const letters = (query: Query, signal?: AbortSignal) => get<Page<LetterRow>>('/api/letters', query, signal)
export const letter = (id: string) => get<Letter>(`/api/letters/${id}`)
export const move = (id: string, body: LetterMove) => officeAsk<Letter>('POST', `/api/letters/${id}/moves`, { body })

export type AssignmentDraft = { unitId: string; taskIds: string[]; subject: string; contactName: string; contactPhone: string; replyDueOn?: string }
export type SupervisionDraft = { letterId: string; reason: string; dueOn?: string; contactName?: string; contactPhone?: string }
export const draftAssignment = (body: AssignmentDraft) => officeAsk<Letter>('POST', '/api/letters/assignments', { body })
export const draftSupervision = (body: SupervisionDraft) => officeAsk<Letter>('POST', '/api/letters/supervisions', { body })
export const draftApproval = (letterId: string) => officeAsk<Letter>('POST', '/api/letters/approvals', { body: { letterId } })
export const draftReport = (letterId: string) => officeAsk<Letter>('POST', '/api/letters/reports', { body: { letterId } })

export const disqualifications = (year: string) => get<Disqualification[]>('/api/disqualifications', { year })
export const revoke = (id: string, reason: string) =>
  officeAsk<void>('POST', `/api/disqualifications/${id}/revocation`, { body: { reason } })

export const replyLink = (id: string) => get<ReplyLink>(`/api/letters/${id}/reply-link`)
export const changeReplyLink = (id: string, body: ReplyLinkChange) =>
  officeAsk<ReplyLink>('POST', `/api/letters/${id}/reply-link`, { body })

/** Where a letter's printed form is read. */
export const fileUrl = (id: string, form: 'pdf' | 'docx') => `/api/letters/${id}/${form}`
/** Where a scan that a step names is read: a PDF as it came, a picture as it fits a screen. */
export const scanUrl = (id: string, sha256: string) => `/api/letters/${id}/scans/${sha256}`
