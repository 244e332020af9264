import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type SummaryList = Schemas['SummaryList']
export type SummaryKind = Schemas['PeriodOut']['kind']
export type UnitSummary = Schemas['UnitSummary']
export type Summary = Schemas['SummaryOut']
export type SummaryBody = Schemas['SummaryIn']
export type ChaseWords = Schemas['ChaseWords']
export type Highlight = Schemas['HighlightOut']
export type PlanList = Schemas['PlanList']
export type UnitPlan = Schemas['UnitPlan']
export type Decomposition = Schemas['Decomposition']
export type MonthLine = Schemas['MonthLineOut']
export type MonthLineBody = Schemas['MonthLineIn']
export type MilestoneStanding = Schemas['MilestoneStanding']
