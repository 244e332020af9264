import type { components } from '@/api/schema'
import { get, officeAsk } from '../data/api'
import type { Letter } from './wire'

type Schemas = components['schemas']

export type Words = Schemas['LetterWords']
export type CircularProposal = Schemas['CircularProposal']
export type CircularDraft = Schemas['DraftCircular']
export type NoticeDraft = Omit<Schemas['DraftNotice'], 'unitIds'> & { unitIds: string[] }

export const words = (id: string) => get<Words>(`/api/letters/${id}/words`)
export const draftCircular = (body: CircularDraft) => officeAsk<Letter>('POST', '/api/letters/circulars', { body })
export const draftNotice = (body: NoticeDraft) => officeAsk<Letter>('POST', '/api/letters/notices', { body })
export const rewordCircular = (id: string, body: Schemas['CircularWords']) =>
  officeAsk<Letter>('PUT', `/api/letters/${id}/words/circular`, { body })
export const rewordNotice = (id: string, body: Schemas['NoticeWords']) =>
  officeAsk<Letter>('PUT', `/api/letters/${id}/words/notice`, { body })
export const countAnew = (id: string, version: number) =>
  officeAsk<Letter>('POST', `/api/letters/${id}/figures?version=${version}`)
