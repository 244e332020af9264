import Dexie, { type Table } from 'dexie'
import type {
  ActionBody,
  FieldError,
  Fix,
  InspectionBody,
  InspectionReceipt,
  Me,
  Outcome,
  PhonePack,
  RecheckBody,
  Value,
} from './wire'
import type { Mark } from '@/domain/marks'
import type { ItemState } from './item-state'
import type { PhotoState } from './photo-state'

export type Person = Me & { seenAt: string }
export type Setting = { key: string; value: unknown }
export type Pack = { personId: string; month: string; etag: string | null; fetchedAt: string; pack: PhonePack }

/** What was told and agreed about one finding (R40); dates as YYYY-MM-DD, nothing as empty text. */
export type Guidance = { words: string; measure: string; agreedOn: string; receiver: string; receiverPost: string }
export type DraftAnswer = {
  value?: Value
  note: string
  noPhotoReason: string
  at: string
  /** The fault was put right while the inspector was there. */
  onSpot?: boolean
  guidance?: Guidance
}
export type Place = { section: string; item: string | null }
export type Draft = {
  id: string
  personId: string
  visitId: string | null
  siteId: string
  templateVersionId: string
  month: string
  startedAt: string
  position: Fix | null
  outcome: Outcome
  noAccessReason: string
  noAccessNote: string
  answers: Record<string, DraftAnswer>
  guidance: string
  place: Place
  status: 'open' | 'submitted'
  amends: string | null
  errors: FieldError[]
  updatedAt: string
}

/** What is known of a photo; its bytes lie in a table of their own, so that a state can change cheaply. */
export type Photo = {
  id: string
  personId: string
  /** The draft or the task action that it proves. */
  ownerId: string
  item: string | null
  sha256: string
  sizeBytes: number
  type: string
  filename: string
  takenAt: string
  source: 'camera' | 'gallery'
  fix: Fix | null
  distanceM: number | null
  /** Drawn and written over the photo. Absent in what was kept before there was such a thing. */
  marks?: Mark[]
  note?: string
  state: PhotoState
  sentBytes: number
  uploadUrl: string | null
  reason: string | null
  attempts: number
  nextAttemptAt: number
  changedAt: string
}
export type Bytes = { id: string; bytes: ArrayBuffer }

/** One thing that the server is owed: an inspection, a step on a task, a planned re-check. Its body never changes. */
export type OutboxItem = {
  id: string
  personId: string
  kind: 'inspection' | 'action' | 'recheck'
  title: string
  subtitle: string
  taskId: string | null
  body: InspectionBody | ActionBody | RecheckBody
  state: ItemState
  createdAt: string
  firstSentAt: string | null
  receivedAt: string | null
  receipt: InspectionReceipt | null
  error: { code: string; title: string; detail: string } | null
  attempts: number
  nextAttemptAt: number
  /** When the person said that they have read how it ended: a photo that was refused, a step that was not taken. */
  understoodAt?: string
  /** The planned re-check that a step was taken on. */
  recheckId?: string
}
export type SeenPhoto = { personId: string; sha256: string; type: string; bytes: ArrayBuffer; at: string }

export class PhoneDatabase extends Dexie {
  people!: Table<Person, string>
  settings!: Table<Setting, string>
  packs!: Table<Pack, [string, string]>
  drafts!: Table<Draft, string>
  photos!: Table<Photo, string>
  bytes!: Table<Bytes, string>
  thumbs!: Table<Bytes, string>
  outbox!: Table<OutboxItem, string>
  seen!: Table<SeenPhoto, [string, string]>

  constructor(name = 'xungai') {
    super(name, { chromeTransactionDurability: 'strict' })
    // Stores are only ever added: one that is dropped takes unsent work with it.
    this.version(1).stores({
      people: 'id',
      settings: 'key',
      packs: '[personId+month], personId',
      drafts: 'id, personId, visitId',
      photos: 'id, personId, ownerId, sha256',
      bytes: 'id',
      thumbs: 'id',
      outbox: 'id, personId',
      seen: '[personId+sha256]',
    })
  }
}

export const db = new PhoneDatabase()

const LOST = new Set(['InvalidStateError', 'UnknownError', 'DatabaseClosedError', 'TransactionInactiveError'])

/**
 * Run work on the database, once more on a new connection where the old one was lost.
 * iOS closes the connections of a page in the background without telling it.
 */
export async function durably<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!lostConnection(error)) throw error
    db.close({ disableAutoOpen: false })
    await db.open()
    return work()
  }
}

function lostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return LOST.has(error.name) || /Connection to Indexed Database server lost/.test(error.message)
}

/** A value that belongs to this device, whoever holds it. */
export async function setting<T>(key: string): Promise<T | undefined> {
  return (await durably(() => db.settings.get(key)))?.value as T | undefined
}

export async function setSetting(key: string, value: unknown): Promise<void> {
  await durably(() => db.settings.put({ key, value }))
}
