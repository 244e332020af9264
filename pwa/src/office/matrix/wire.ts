import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Matrix = Schemas['Matrix']
export type MatrixIndicator = Schemas['MatrixIndicator']
export type MatrixRequirement = Schemas['MatrixRequirement']
export type MatrixUnit = Schemas['MatrixUnit']
export type MatrixGap = Schemas['MatrixGap']
export type Duty = Schemas['DutyOut']
export type DutyBody = Schemas['DutyIn']
export type CataloguePreview = Schemas['CataloguePreview']
export type CatalogueChange = Schemas['CatalogueChange']
export type Edition = Schemas['CatalogueEditionOut']
export type Basis = Schemas['BasisOut']
export type BasisBody = Schemas['BasisIn']
