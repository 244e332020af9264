/** The wire, as the phone needs it. What the server generates stands in `schema.d.ts`. */

export type Text = { 'zh-CN': string; en?: string }
export type Position = { lat: number; lon: number }
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
export type Severity = 'minor' | 'major' | 'severe'
export type TaskStatus = 'draft' | 'open' | 'replied' | 'closed' | 'void'
export type SiteKind = 'hospital' | 'health_centre' | 'health_station' | 'science_room'

export type Me = {
  id: string
  login: string
  name: string
  roles: Role[]
  role: Role
  unitId: string | null
  unitName: string | null
  mustChangePassword: boolean
}

export type Visit = {
  id: string
  siteId: string
  templateVersionId: string
  templateCode: string
  month: string
  dueOn: string
  assignees: string[]
  status: 'planned' | 'in_progress' | 'done' | 'cancelled'
}

export type Site = {
  id: string
  name: string
  kind: SiteKind
  unitId: string
  position: Position
  radiusM: number
  facts: Record<string, unknown>
  unitName: string
  institution: string
  address: string
  keeperPost: string
  keeperPhone: string
}

/** Pass rules and conditions are data; `src/domain` reads them. */
export type Rule = { op: string } & Record<string, unknown>
export type Option = { value: string; label: Text }
export type Item = {
  code: string
  section: string
  type: string
  label: Text
  options: Option[]
  appliesTo: string[]
  when: Rule | null
  frequency: 'month' | 'quarter' | 'year'
  required: boolean
  photoOnFail: boolean
  pass: Rule
  unit: Text | null
  integer: boolean
  max: number | null
  photoCount: number
  photosFromElsewhere: boolean
  weight: number
  severity: Severity
  workingDays: number
  closing: string
  unitType: string
  basis: string
}
export type Section = { code: string; label: Text }
export type TemplateVersion = {
  id: string
  code: string
  version: number
  name: Text
  sections: Section[]
  items: Item[]
}

export type Task = {
  id: string
  number: string | null
  siteId: string
  item: string
  itemLabel: string
  siteName: string
  position: Position
  problem: string
  status: TaskStatus
  rung: string
  severity: Severity
  unitId: string
  unitName: string
  dueOn: string
  dueProvisional: boolean
  daysLeft: number | null
  overdue: boolean
  version: number
  actions: string[]
  beforePhotos: string[]
  afterPhotos: string[]
  requirement: string
  updatedAt: string
}

export type LastAnswer = { item: string; value: Value; on: string; verdict: string }
export type LastAnswers = { siteId: string; templateCode: string; score: number | null; items: LastAnswer[] }

export type PhonePack = {
  me: Me
  month: string
  serverTime: string
  visits: Visit[]
  sites: Site[]
  templateVersions: TemplateVersion[]
  tasks: Task[]
  people: { id: string; name: string }[]
  units: { id: string; name: string }[]
  daysOff: string[]
  daysWorked: string[]
  lastAnswers: LastAnswers[]
}

export type Value = boolean | string | number | null
export type AnswerBody = {
  item: string
  value: Value
  note: string
  photos: string[]
  noPhotoReason?: string
  fixedOnSite?: boolean
}
export type ShotBody = { sha256: string; takenAt: string; source: 'camera' | 'gallery'; fix: Fix | null }
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
  amends?: string
}
export type InspectionReceipt = {
  id: string
  receivedAt: string
  score: number | null
  findings: { id: string; item: string; taskId: string; link: 'new' | 'existing' | 'relapse' }[]
  missingPhotos: string[]
}
export type PhotoOutcome = { sha256: string; state: 'missing' | 'received' | 'refused' | 'waived'; reason: string | null }
export type InspectionState = InspectionReceipt & { photos: PhotoOutcome[] }

export type ActionBody = { id: string; at: string; action: string } & Record<string, unknown>
export type ActionReceipt = { id: string; taskId: string; status: TaskStatus; version: number }

export type TimelineEntry = {
  id: string
  at: string
  receivedAt: string
  actor: string
  role: string
  action: string
  text: string
  photos: PhotoOutcome[]
  accepted: boolean
  refusal: string | null
}
export type TaskDetail = { task: Task; timeline: TimelineEntry[] }
