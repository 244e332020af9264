import type { components } from '@/api/schema'
import type { MapSite } from '../map/wire'
import { get, officeAsk, putFile } from '../data/api'

type Schemas = components['schemas']
export type SiteKept = Schemas['SiteKept']
export type SheetTable = Schemas['SheetTable']
export type RowShown = Schemas['RowShown']
export type ListShown = Schemas['SiteListShown']
export type ListDone = Schemas['SiteListDone']
export type Datum = 'wgs84' | 'gcj02' | 'bd09'
export type SiteField = Exclude<SheetTable['fields'][number], null>
export type ListRow = { number: number; cells: Partial<Record<SiteField, string>> }

export const DATUMS: Datum[] = ['wgs84', 'gcj02', 'bd09']
export const SITE_KINDS = ['hospital', 'health_centre', 'health_station', 'science_room'] as const
export const FIELDS: SiteField[] = ['code', 'name', 'kind', 'unit', 'street', 'lon', 'lat', 'position', 'address', 'institution', 'radius', 'keeper_post', 'keeper_phone', 'residents']

export const register = () => get<SiteKept[]>('/api/site-register')
export const readSheet = (file: File) => putFile<Schemas['SheetRead']>('/api/site-lists/read', file, 'application/octet-stream')
export const previewList = (datum: Datum, rows: ListRow[]) => officeAsk<ListShown>('POST', '/api/site-lists/preview', { body: { datum, rows } })
export const takeList = (datum: Datum, rows: ListRow[], chosen: number[]) =>
  officeAsk<ListDone>('POST', '/api/site-lists/take', { body: { datum, rows, chosen } })

/** The rows of a table by what their columns hold; empty cells and columns without a meaning stay out. */
export function rowsOf(table: SheetTable, fields: (SiteField | null)[]): ListRow[] {
  return table.rows.map((cells, at) => {
    const row: ListRow = { number: table.numbers[at]!, cells: {} }
    fields.forEach((field, column) => {
      const text = cells[column]?.trim()
      if (field && text) row.cells[field] = text
    })
    return row
  })
}

/** What columns hold when one of them is told anew: a field stands once. */
export function retold(fields: (SiteField | null)[], at: number, field: SiteField | null): (SiteField | null)[] {
  return fields.map((one, place) => (place === at ? field : one === field ? null : one))
}

/** A site as the map draws it; what it owes is not the administrator's concern here. */
export function onMap(site: Pick<SiteKept, 'id' | 'code' | 'name' | 'kind' | 'position' | 'radiusM'>): MapSite {
  return {
    ...site, unitId: '', unitName: '', streetName: '', institution: '', address: '', keeperPost: '', keeperPhone: '',
    standing: 'none', open: 0, overdue: 0, replied: 0, findings: {}, lastInspectedOn: null, nextVisitOn: null, recheckOn: null,
  } as MapSite
}
