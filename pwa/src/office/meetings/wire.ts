/** Meetings as the office reads them, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type MeetingRow = Schemas['MeetingRow']
export type Meeting = Schemas['MeetingOut']
export type MeetingState = MeetingRow['state']
export type Attendance = Schemas['AttendanceOut']
export type AttendanceState = NonNullable<Attendance['state']>
export type Arrangement = Schemas['ArrangementOut']
export type MeetingDocument = Schemas['MeetingDocumentOut']
export type Rhythm = Schemas['MeetingRhythm']
export type UnitProgress = Schemas['UnitProgress']
export type Plan = Omit<Schemas['MeetingIn'], 'version'> & { version?: number }
export type RecordBody = Schemas['RecordIn']
