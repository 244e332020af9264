/** The wire as the office reads it: the structs of `schemas/`, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type { Me, Role } from '@/api/types'

export type Page<T> = { items: T[]; next: string | null }

export type Severity = Schemas['TaskOut']['severity']
export type TaskStatus = Schemas['TaskOut']['status']
export type Rung = Schemas['TaskOut']['rung']
export type Link = Schemas['FindingOut']['link']
export type FindingStatus = Schemas['FindingOut']['status']
export type ActionName = Schemas['TaskStep']['action']

export type Flag = Schemas['FlagOut']
export type PhotoRef = Schemas['PhotoRef']
export type PhotoState = PhotoRef['state']
export type Finding = Schemas['FindingOut']
export type Task = Schemas['TaskOut']
export type TaskDetail = Schemas['TaskDetail']
export type TimelineEntry = Schemas['TimelineEntry']
export type TaskStep = Omit<Schemas['TaskStep'], 'photos' | 'shots'> & Partial<Pick<Schemas['TaskStep'], 'photos' | 'shots'>>
export type StepTaken = Schemas['StepTaken']
export type Found = Schemas['Found']
export type Hit = Schemas['Hit']
export type StepOnTask = { taskId: string; step: TaskStep }
export type StepOutcome = Schemas['StepOutcome']
export type StepsTaken = Schemas['StepsTaken']

export type Unit = Schemas['UnitOut']
export type Site = Schemas['SiteOut']
export type Person = Schemas['PersonOut']
export type PersonDetail = Schemas['PersonDetail']
export type SessionRow = Schemas['SessionOut']
export type HandoverPreview = Schemas['HandoverPreview']
export type UnitEnding = Schemas['UnitEnding']
export type Handover = Schemas['HandoverOut']
export type OneTimePassword = Schemas['OneTimePassword']
export type CalendarYear = Schemas['CalendarYearOut']
export type Standing = Schemas['Overview']
export type UnitStanding = Schemas['UnitStanding']

export type Fix = Schemas['FixOut']
export type Shot = Schemas['ShotOut']
export type PhotoUse = Schemas['PhotoUseOut']
export type PhotoCase = Schemas['PhotoOut']
export type PhotoReview = Schemas['PhotoReviewOut']
export type PhotoReviewIn = Schemas['PhotoReviewIn']
export type Twin = Schemas['TwinOut']

export type InspectionRow = Schemas['InspectionRow']
export type Inspection = Schemas['InspectionOut']
export type Answer = Schemas['AnswerOut']
