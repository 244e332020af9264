import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Board = Schemas['Board']
export type BoardCell = Schemas['BoardCell']
export type BoardUnit = Schemas['BoardUnit']
export type BoardRow = Schemas['BoardRow']
export type CellState = BoardCell['state']
export type CoverageRow = Schemas['CoverageRow']
export type Coverage = CoverageRow['months'][number]['state']
