/** The wire as the phone needs it: the generated types, opened where an app must live with what is newer than itself. */
import type { Mark } from '@/domain/marks'
import type { components } from './schema'

type Wire = components['schemas']

export type Text = { 'zh-CN': string; en?: string }
export type Position = Wire['Position']
/** A position fix: WGS-84 degrees, metres, the instant of the fix. */
export type Fix = Position & { accuracyM: number; at: string }
export type Role =
  | 'inspector'
  | 'supervisor'
  | 'office'
  | 'unit_leader'
  | 'liaison'
  | 'data_officer'
  | 'group_leader'
  | 'civility'
  | 'admin'
export type Severity = Wire['TaskOut']['severity']
export type TaskStatus = Wire['TaskOut']['status']
export type SiteKind = 'hospital' | 'health_centre' | 'health_station' | 'science_room'
export type Me = Omit<Wire['Me'], 'roles' | 'role'> & { roles: Role[]; role: Role }
export type Visit = Wire['VisitOut']
export type Site = Omit<Wire['SiteOut'], 'kind'> & { kind: SiteKind }

/** Pass rules and conditions are data; `src/domain` reads them. */
export type Rule = { op: string } & Record<string, unknown>
export type Option = { value: string; label: Text }
export type Item = Omit<
  Wire['Item'],
  'type' | 'label' | 'options' | 'appliesTo' | 'when' | 'pass' | 'unit' | 'hint' | 'closing' | 'unitType' | 'sources'
> & {
  type: string
  label: Text
  options: Option[]
  appliesTo: string[]
  when: Rule | null
  pass: Rule
  unit: Text | null
  hint: Text | null
  closing: string
  unitType: string
}
export type Section = { code: string; label: Text }
export type TemplateVersion = {
  id: string
  code: string
  version: number
  name: Text
  siteKinds: SiteKind[]
  sections: Section[]
  items: Item[]
}

export type Task = Wire['TaskOut']
export type Value = boolean | string | number | null
export type LastAnswer = Omit<Wire['LastAnswer'], 'value'> & { value: Value }
export type LastAnswers = Omit<Wire['LastAnswers'], 'items'> & { items: LastAnswer[] }
export type PhonePack = Omit<Wire['PhonePack'], 'me' | 'sites' | 'templateVersions' | 'lastAnswers'> & {
  me: Me
  sites: Site[]
  templateVersions: TemplateVersion[]
  lastAnswers: LastAnswers[]
}

export type GuidanceBody = {
  words: string
  measure: string
  agreedOn: string | null
  receiver: string
  receiverPost: string
}
export type AnswerBody = {
  item: string
  value: Value
  note: string
  photos: string[]
  noPhotoReason: string
  fixedPhotos?: string[]
  guidance?: GuidanceBody
}
export type ShotBody = {
  sha256: string
  takenAt: string
  source: 'camera' | 'gallery'
  fix: Fix | null
  item?: string
  marks?: Mark[]
  note: string
}
export type Outcome = 'inspected' | 'no_access'
export type InspectionBody = {
  visitId: string | null
  siteId: string
  templateVersionId: string
  startedAt: string
  finishedAt: string
  position: Fix | null
  device: { id: string; appVersion: string }
  outcome: Outcome
  withPeople: string[]
  answers: AnswerBody[]
  shots: ShotBody[]
  guidance: string
  signature?: string
  amends?: string
}
export type Recheck = Wire['RecheckOut']
export type RecheckTask = Wire['RecheckTaskOut']
export type RecheckBody = Wire['RecheckIn']
export type InspectionReceipt = Wire['InspectionTaken']
export type PhotoOutcome = Pick<Wire['PhotoRef'], 'sha256' | 'state' | 'reason'>
export type InspectionState = { id: string; photos: PhotoOutcome[] }

export type ActionBody = { id: string; at: string; action: string } & Record<string, unknown>
export type ActionReceipt = Wire['StepTaken']
export type TimelineEntry = Wire['TimelineEntry']
export type TaskDetail = Wire['TaskDetail']
