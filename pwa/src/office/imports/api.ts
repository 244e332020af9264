import { get, officeAsk, putFile, type Query } from '../data/api'
import type { Page } from '../wire'
import type { FieldName, ImportBrief, ImportKind, ImportOut, ImportReturn, ImportRow, ImportSource, RowState } from './wire'

export const imports = (query: Query, signal?: AbortSignal) => get<Page<ImportBrief>>('/api/imports', query, signal)
export const one = (id: string) => get<ImportOut>(`/api/imports/${id}`)
export const rows = (id: string, state: RowState | '', after: number, signal?: AbortSignal) =>
  get<{ items: ImportRow[]; next: number | null }>(`/api/imports/${id}/rows`, { after, limit: 100, ...(state ? { state } : {}) }, signal)
export const nameSource = (id: string, body: ImportSource) => officeAsk<ImportOut>('PATCH', `/api/imports/${id}`, { body })
export const setColumns = (id: string, body: { version: number; table: number; headingRow: number; fields: (FieldName | null)[] }) =>
  officeAsk<ImportOut>('POST', `/api/imports/${id}/columns`, { body })
export const editRow = (id: string, number: number, body: { cells?: Partial<Record<FieldName, string | null>>; chosen?: boolean }) =>
  officeAsk<ImportRow>('PATCH', `/api/imports/${id}/rows/${number}`, { body })
export const choose = (id: string, state: 'new' | 'doubtful', chosen: boolean) =>
  officeAsk<ImportOut>('POST', `/api/imports/${id}/choice`, { body: { state, chosen } })
export const receivePictures = (id: string) => officeAsk<{ waiting: number; refused: number }>('POST', `/api/imports/${id}/pictures`)
export const takeOver = (id: string, version: number) => officeAsk<ImportOut>('POST', `/api/imports/${id}/takeover`, { body: { version } })
export const drop = (id: string) => officeAsk<void>('DELETE', `/api/imports/${id}`)
export const returned = (id: string) => get<ImportReturn>(`/api/imports/${id}/return`)
export const markReturned = (id: string) => officeAsk<ImportOut>('POST', `/api/imports/${id}/returned`)

export const returnUrl = (id: string) => `/api/imports/${id}/return/file`

/**
 * Bring a file under an id of this page's own: sent again after a lost answer it is still one import.
 * @throws Problem where it is not taken, Unreachable where the line is gone.
 */
export const bring = (id: string, kind: ImportKind, file: File) =>
  putFile<ImportOut>(`/api/imports/${id}`, file, 'application/octet-stream', { kind, fileName: file.name.slice(-200) })
