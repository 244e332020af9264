/** The wire as the office reads it. Output structs of `schemas/` have no optional fields. */
import type { Role, Severity, TaskStatus } from '@/api/types'

export type { Me, Role, Severity, TaskStatus } from '@/api/types'

export type Page<T> = { items: T[]; next: string | null }
export type Flag = { code: string; message: string; detail: Record<string, unknown> }
export type PhotoState = 'missing' | 'received' | 'refused' | 'waived'
export type PhotoRef = {
  useId: string
  sha256: string
  state: PhotoState
  reason: string | null
  purpose: string
  person: string
  takenAt: string | null
  distanceM: number | null
  flags: Flag[]
}
export type Link = 'new' | 'existing' | 'relapse'
export type Rung = 'none' | 'assignment' | 'supervision' | 'report'
export type FindingStatus = 'draft' | 'confirmed' | 'void'
export type ActionName = 'confirm' | 'correct' | 'void' | 'progress' | 'reply' | 'return' | 'strike_off' | 'extend'

export type Finding = {
  id: string
  inspectionId: string
  item: string
  itemLabel: string
  section: string
  basis: string
  siteId: string
  siteName: string
  siteKind: string
  unitId: string
  unitName: string
  taskId: string
  taskNumber: string | null
  taskStatus: TaskStatus
  taskVersion: number
  rung: Rung
  link: Link
  severity: Severity
  problem: string
  note: string
  answer: unknown
  status: FindingStatus
  voidReason: string | null
  dueOn: string
  dueProvisional: boolean
  finder: string
  seenAt: string
  receivedAt: string
  photos: PhotoRef[]
  flags: Flag[]
  actions: ActionName[]
}

export type Task = {
  id: string
  number: string | null
  siteId: string
  siteName: string
  siteKind: string
  position: { lat: number; lon: number }
  item: string
  itemLabel: string
  problem: string
  requirement: string
  basis: string
  status: TaskStatus
  rung: Rung
  severity: Severity
  unitId: string
  unitName: string
  institution: string
  dueOn: string
  dueProvisional: boolean
  daysLeft: number | null
  overdue: boolean
  returnCount: number
  returnProposed: boolean
  isRelapse: boolean
  version: number
  actions: ActionName[]
  beforePhotos: string[]
  afterPhotos: string[]
  createdAt: string
  updatedAt: string
  confirmedAt: string | null
  repliedAt: string | null
  closedAt: string | null
  closedKind: string | null
}

export type TimelineEntry = {
  id: string
  at: string
  receivedAt: string
  actor: string
  role: Role
  unit: string | null
  action: string
  text: string
  detail: Record<string, unknown>
  photos: PhotoRef[]
  accepted: boolean
  refusal: string | null
}

export type TaskDetail = Task & {
  findings: Finding[]
  timeline: TimelineEntry[]
  watchers: string[]
  relapseOfId: string | null
}

export type TaskStep = {
  id: string
  at: string
  action: ActionName
  version?: number
  unitId?: string
  severity?: Severity
  dueOn?: string
  until?: string
  reason?: string
  text?: string
  note?: string
  photos?: string[]
  findingId?: string
}
export type StepTaken = { id: string; taskId: string; status: TaskStatus; version: number; dueOn: string; closed: boolean }

export type Unit = { id: string; name: string; kind: string }
export type Site = {
  id: string
  code: string
  name: string
  kind: string
  unitId: string
  unitName: string
  institution: string
  address: string
  position: { lat: number; lon: number }
  radiusM: number
}

export type Fix = { lat: number; lon: number; accuracyM: number | null; at: string | null }
export type Shot = {
  id: string
  personId: string
  person: string
  takenAt: string | null
  source: 'camera' | 'gallery'
  fix: Fix | null
  distanceM: number | null
  receivedAt: string
}
/** What the camera wrote into the file: a second witness, never proof. */
export type Witness = {
  present: boolean
  malformed: boolean
  place: 'absent' | 'zeroed' | 'malformed' | 'valid'
  lat: number | null
  lon: number | null
  localTime: string | null
  offset: string | null
  camera: string | null
  software: string | null
}
export type PhotoUse = {
  id: string
  purpose: string
  state: PhotoState
  person: string
  shotId: string | null
  findingId: string | null
  taskId: string | null
  item: string | null
  siteName: string | null
  distanceM: number | null
  flags: Flag[]
  createdAt: string
}
export type PhotoCase = {
  sha256: string
  kind: string
  sizeBytes: number
  width: number
  height: number
  receivedAt: string
  exif: Witness
  shots: Shot[]
  flags: Flag[]
  uses: PhotoUse[]
}

export type InspectionRow = {
  id: string
  siteId: string
  siteName: string
  templateCode: string
  author: string
  outcome: 'inspected' | 'no_access'
  state: string
  month: string
  finishedAt: string
  receivedAt: string
  confirmedAt: string | null
  score: number | null
  findings: number
  missingPhotos: number
  flags: Flag[]
  amendedBy: string | null
}
export type Answer = { item: string; label: string; value: unknown; verdict: string; note: string; photos: PhotoRef[] }
export type Inspection = Omit<InspectionRow, 'findings' | 'missingPhotos'> & {
  startedAt: string
  guidance: string
  answers: Answer[]
  findings: { id: string; item: string; taskId: string; link: Link }[]
  photos: PhotoRef[]
  amends: string | null
}
