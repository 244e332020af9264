/** The negative list as the office reads it, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Standing = Schemas['StandingOut']
export type NegativeItem = Schemas['ItemRow']
export type EventRow = Schemas['EventRow']
export type NegativeEvent = Schemas['EventOut']
export type EventBody = Schemas['EventIn']
export type EventState = EventRow['state']
export type Outcome = Schemas['OutcomeOut']
export type ClauseOutcome = Outcome['clauses'][number]
export type Question = Schemas['QuestionOut']
export type Line = Schemas['LineOut']
export type WhatIf = Schemas['WhatIfOut']
export type StatusBody = Schemas['StatusIn']
export type EvaluationBody = Schemas['EvaluationIn']
export type CityStatus = StatusBody['status']
export type EvaluationKind = EvaluationBody['kind']
