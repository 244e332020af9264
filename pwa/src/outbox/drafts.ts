import { shanghaiDate, shanghaiInstant } from '@/ui/time'
import { buildBody, type Device } from './build-body'
import {
  db,
  durably,
  setting,
  setSetting,
  type Draft,
  type DraftAnswer,
  type OutboxItem,
  type Photo,
  type Place,
} from './database'
import type { InspectionBody } from './wire'
import { uuid7 } from './ids'
import { photosOf } from './photos'

export type Start = {
  personId: string
  visitId: string | null
  siteId: string
  templateVersionId: string
  section: string
}

/** The open draft of this visit, or of this site and checklist where nothing was planned. */
export async function openDraft(start: Omit<Start, 'section'>): Promise<Draft | undefined> {
  const drafts = await durably(() => db.drafts.where('personId').equals(start.personId).toArray())
  return drafts.find(
    (draft) =>
      draft.status === 'open' &&
      draft.visitId === start.visitId &&
      draft.siteId === start.siteId &&
      draft.templateVersionId === start.templateVersionId,
  )
}

/** Go on with the open draft of a visit, or begin one. */
export async function beginDraft(start: Start): Promise<Draft> {
  const open = await openDraft(start)
  if (open) return open
  const now = Date.now()
  const draft: Draft = {
    id: uuid7(now),
    personId: start.personId,
    visitId: start.visitId,
    siteId: start.siteId,
    templateVersionId: start.templateVersionId,
    month: shanghaiDate(now).slice(0, 7),
    startedAt: shanghaiInstant(now),
    position: null,
    outcome: 'inspected',
    noAccessReason: '',
    noAccessNote: '',
    answers: {},
    guidance: '',
    place: { section: start.section, item: null },
    status: 'open',
    amends: null,
    errors: [],
    updatedAt: shanghaiInstant(now),
  }
  await durably(() => db.drafts.add(draft))
  return draft
}

type Fields = Partial<Pick<Draft, 'position' | 'outcome' | 'noAccessReason' | 'noAccessNote' | 'guidance' | 'errors'>>

/** Write some fields of a draft; another tab's other fields stay. */
export async function changeDraft(id: string, fields: Fields): Promise<string> {
  return modify(id, (draft) => void Object.assign(draft, fields))
}

/** Write one answer. Returns the instant from which it is safe. */
export async function changeAnswer(id: string, code: string, answer: DraftAnswer): Promise<string> {
  return modify(id, (draft) => {
    draft.answers[code] = answer
    draft.place.item = code
  })
}

/** Remember where in the checklist the person is. */
export async function changePlace(id: string, place: Place): Promise<void> {
  await modify(id, (draft) => void (draft.place = place))
}

async function modify(id: string, change: (draft: Draft) => void): Promise<string> {
  const at = shanghaiInstant(Date.now())
  await durably(() =>
    db.drafts
      .where('id')
      .equals(id)
      .modify((draft) => {
        if (draft.status !== 'open') return
        change(draft)
        draft.updatedAt = at
      }),
  )
  return at
}

export type Submission = { asked: string[]; failing: string[]; title: string; subtitle: string; device: Device }

/** Hand a draft to the outbox: its body is built here, once, and goes out unchanged however often it is sent. */
export async function submitDraft(id: string, submission: Submission): Promise<OutboxItem> {
  const photos = await photosOf(id)
  return durably(() =>
    db.transaction('rw', db.drafts, db.outbox, db.photos, async () => {
      const draft = await db.drafts.get(id)
      const already = await db.outbox.get(id)
      if (already) return already
      if (!draft) throw new Error(`no draft ${id}`)
      const item = outboxItem(draft.personId, id, 'inspection', submission.title, submission.subtitle)
      const body = buildBody(draft, photos, submission.asked, submission.failing, submission.device, Date.now())
      item.body = body
      await putAside(id, photos, body)
      await db.outbox.add(item)
      await db.drafts.update(id, { status: 'submitted', errors: [] })
      return item
    }),
  )
}

export function outboxItem(
  personId: string,
  id: string,
  kind: OutboxItem['kind'],
  title: string,
  subtitle: string,
): OutboxItem {
  return {
    id,
    personId,
    kind,
    title,
    subtitle,
    taskId: null,
    body: { id, at: '', action: '' },
    state: 'waiting',
    createdAt: shanghaiInstant(Date.now()),
    firstSentAt: null,
    receivedAt: null,
    receipt: null,
    error: null,
    attempts: 0,
    nextAttemptAt: 0,
  }
}

/** Take a submission back to its draft. Only before it was first sent; says whether it could. */
export function takeBack(id: string): Promise<boolean> {
  return durably(() =>
    db.transaction('rw', db.drafts, db.outbox, db.photos, async () => {
      const item = await db.outbox.get(id)
      if (!item || item.firstSentAt) return false
      await reopenDraft(id, [])
      return true
    }),
  )
}

/** Back from the outbox to the draft, with all its photos. Within a transaction on drafts, outbox and photos. */
export async function reopenDraft(id: string, errors: Draft['errors']): Promise<void> {
  await db.outbox.delete(id)
  await db.photos.where('ownerId').equals(asideOf(id)).modify({ ownerId: id })
  await db.drafts.update(id, { status: 'open', errors })
}

/** Where the photos lie that the submission does not name: of items that are no longer shown, of a door that opened. */
export const asideOf = (id: string): string => `${id}/aside`

async function putAside(id: string, photos: Photo[], body: InspectionBody): Promise<void> {
  const named = new Set([...body.shots.map((shot) => shot.sha256), body.signature])
  for (const photo of photos) if (!named.has(photo.sha256)) await db.photos.update(photo.id, { ownerId: asideOf(id) })
}

/** Begin a correction of an inspection that was sent: a new draft with the old one's answers and photos. */
export async function amend(id: string): Promise<Draft> {
  const old = await durably(() => db.drafts.get(id))
  if (!old) throw new Error(`no draft ${id}`)
  const open = (await durably(() => db.drafts.where('personId').equals(old.personId).toArray())).find(
    (draft) => draft.amends === id && draft.status === 'open',
  )
  if (open) return open
  const draft: Draft = {
    ...old,
    id: uuid7(),
    amends: id,
    status: 'open',
    errors: [],
    updatedAt: shanghaiInstant(Date.now()),
  }
  const photos = await photosOf(id)
  await durably(() =>
    db.transaction('rw', db.drafts, db.photos, db.bytes, async () => {
      await db.drafts.add(draft)
      for (const photo of photos) {
        const bytes = await db.bytes.get(photo.id)
        const copy = { ...photo, id: uuid7(), ownerId: draft.id, uploadUrl: null }
        await db.photos.add(copy)
        if (bytes) await db.bytes.add({ id: copy.id, bytes: bytes.bytes })
      }
    }),
  )
  return draft
}

/** Give up a draft that was never handed in, with its photos. */
export async function discardDraft(id: string): Promise<void> {
  const photos = await photosOf(id)
  await durably(() =>
    db.transaction('rw', [db.drafts, db.photos, db.bytes, db.thumbs], async () => {
      if ((await db.drafts.get(id))?.status !== 'open') return
      const ids = photos.map((photo) => photo.id)
      await db.photos.bulkDelete(ids)
      await db.bytes.bulkDelete(ids)
      await db.thumbs.bulkDelete(ids)
      await db.drafts.delete(id)
    }),
  )
}

/** This browser's own name to the server, made once. */
export async function deviceId(): Promise<string> {
  const known = await setting<string>('deviceId')
  if (known) return known
  const made = uuid7()
  await setSetting('deviceId', made)
  return made
}
