import { inspectionState, putInspection } from '@/api/phone'
import { Problem } from '@/api/problem'
import type { InspectionBody } from '@/api/types'
import { shanghaiInstant } from '@/ui/time'
import { db, durably, type OutboxItem } from './database'
import { reopenDraft } from './drafts'
import type { Pass } from './drain'
import { beginItem, dueItems, errorText, interruptItem, itemEvent, passing } from './items'
import { photoEvent } from './photo-events'
import { photosOf } from './photos'
import { photoEnded } from './photo-state'

/** Send the answers of every waiting inspection; learn what became of the photos of those already sent. */
export async function sendInspections(pass: Pass): Promise<void> {
  for (const item of await dueItems(pass.personId, 'inspection', pass.force)) await sendOne(item)
  await learnPhotoOutcomes(pass)
}

async function sendOne(item: OutboxItem): Promise<void> {
  await beginItem(item)
  try {
    const receipt = await putInspection(
      item.id,
      item.body as InspectionBody,
      item.personId,
      shanghaiInstant(Date.now()),
    )
    await itemEvent(item, 'receipt', { receipt, receivedAt: receipt.receivedAt, error: null })
  } catch (error) {
    if (passing(error)) await interruptItem(item, error)
    else if (error instanceof Problem && error.status === 422) await reopen(item, error)
    else await itemEvent(item, 'stuck', { error: errorText(error) })
  }
}

/** What cannot be stored goes back to its draft under the same id, with what is wrong. */
async function reopen(item: OutboxItem, problem: Problem): Promise<void> {
  await durably(() =>
    db.transaction('rw', db.outbox, db.drafts, db.photos, () =>
      reopenDraft(
        item.id,
        problem.errors.length ? problem.errors : [{ pointer: '', code: problem.code, message: problem.message }],
      ),
    ),
  )
}

/** The office may have waived or refused a photo: ask, so that the outbox can finish. */
async function learnPhotoOutcomes(pass: Pass): Promise<void> {
  const items = await durably(() => db.outbox.where('personId').equals(pass.personId).toArray())
  for (const item of items) {
    if (item.kind !== 'inspection' || item.state !== 'received') continue
    const open = (await photosOf(item.id)).filter((photo) => !photoEnded(photo.state) && photo.attempts > 0)
    if (!open.length) continue
    const { photos } = await inspectionState(item.id)
    for (const photo of open) {
      const outcome = photos.find((one) => one.sha256 === photo.sha256)
      if (outcome?.state === 'waived') await photoEvent(photo.id, 'waiver', { reason: outcome.reason })
      if (outcome?.state === 'refused') await photoEvent(photo.id, 'refusal', { reason: outcome.reason })
    }
  }
}
