/** Imports as the office reads them, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type ImportBrief = Schemas['ImportBrief']
export type ImportOut = Schemas['ImportOut']
export type ImportKind = ImportBrief['kind']
export type ImportColumn = Schemas['ImportColumn']
export type FieldName = NonNullable<ImportColumn['field']>
export type ImportRow = Schemas['ImportRowOut']
export type RowState = ImportRow['state']
export type RowFault = Schemas['RowFault']
export type ImportSource = Schemas['ImportSource']
export type ImportReturn = Schemas['ReturnOut']
export type ReturnRow = Schemas['ReturnRow']
