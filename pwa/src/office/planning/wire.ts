/** The month's plan as the office reads it, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type MonthPlan = Schemas['MonthPlan']
export type PlannedVisit = Schemas['PlannedVisit']
export type PlanDay = Schemas['PlanDay']
export type PlanSite = Schemas['PlanSite']
export type VisitReason = Schemas['VisitReason']
export type VisitDraw = Schemas['VisitDrawOut']
export type VisitDrawCheck = Schemas['VisitDrawCheck']
export type VisitMove = Schemas['VisitMove']
