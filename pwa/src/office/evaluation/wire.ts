/** The evaluation as the office reads it, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type EvaluationYear = Schemas['EvaluationOfYear']
export type Measure = Schemas['MeasureOut']
export type Value = Schemas['ValueOut']
export type Verdict = Schemas['VerdictOut']
export type Honour = Schemas['HonourOut']
export type Action = Schemas['ActionOut']
export type Rating = Schemas['RatingOut']
export type Force = Schemas['ForceOut']
export type Score = Schemas['ScoreOut']
export type Complaint = Schemas['ComplaintOut']
export type Complaints = Schemas['ComplaintsOut']
export type SiteScore = Schemas['SiteScore']
export type SiteScores = Schemas['SiteScores']
export type EntryVersion = Schemas['EntryVersion']
/** What every entry shows. */
export type Shown = Pick<Value, 'id' | 'version' | 'year' | 'level' | 'decides' | 'source' | 'enteredAt' | 'enteredBy'>
