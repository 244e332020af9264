import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Statistics = Schemas['Statistics']
export type MonthFigures = Schemas['MonthFigures']
export type UnitFigures = Schemas['UnitFigures']
export type ItemFigures = Schemas['ItemFigures']
export type Spread = Schemas['Spread']
