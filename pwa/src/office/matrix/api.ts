import { officeAsk } from '../data/api'
import type { Basis, BasisBody, CataloguePreview, DutyBody, Edition, Matrix } from './wire'

export const enter = (id: string, body: DutyBody) => officeAsk<Matrix>('PUT', `/api/matrix/duties/${id}`, { body })
export const end = (id: string, body: { untilOn: string; reason: string }) =>
  officeAsk<Matrix>('POST', `/api/matrix/duties/${id}/end`, { body })
export const preview = (content: Record<string, unknown>, fromOn: string) =>
  officeAsk<CataloguePreview>('POST', '/api/matrix/preview', { body: { content, fromOn } })
export const take = (id: string, content: Record<string, unknown>, contentSha256: string, fromOn: string) =>
  officeAsk<Edition[]>('PUT', `/api/matrix/editions/${id}`, { body: { content, contentSha256, fromOn } })
export const enterBasis = (id: string, body: BasisBody) => officeAsk<Basis[]>('PUT', `/api/basis/${id}`, { body })
