import { knownPhotos } from '@/api/phone'
import { waitMs } from './backoff'
import { db, durably, type Photo } from './database'
import type { Pass } from './drain'
import { SessionEnded } from './session-ended'
import { itemEnded } from './item-state'
import { photoEvent } from './photo-events'
import { photoEnded } from './photo-state'
import type { UploadEnd } from './upload'

const AT_A_TIME = 2
const KNOWN_AT_ONCE = 200

/** Send the photos of everything handed in, two at a time; a draft's photos wait for its submission. */
export async function sendPhotos(pass: Pass): Promise<void> {
  const due = await duePhotos(pass)
  if (!due.length) return
  const wanted = await skipKnown(due)
  const queue = [...wanted]
  const stop = { ended: false }
  const worker = async () => {
    for (let photo = queue.shift(); photo && !stop.ended; photo = queue.shift()) {
      const end = await sendOne(photo)
      if (end === 'session-ended') stop.ended = true
      if (end === 'unreachable') queue.length = 0
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, worker))
  if (stop.ended) throw new SessionEnded()
}

async function duePhotos(pass: Pass): Promise<Photo[]> {
  const items = await durably(() => db.outbox.where('personId').equals(pass.personId).toArray())
  const handedIn = new Map(items.map((item) => [item.id, item]))
  const photos = await durably(() => db.photos.where('personId').equals(pass.personId).sortBy('id'))
  const now = Date.now()
  return photos.filter((photo) => {
    const owner = handedIn.get(photo.ownerId)
    if (!owner || photoEnded(photo.state)) return false
    // Answers first: the photos of a step that waits for them are the exception.
    const ready = itemEnded(owner.state) || owner.kind === 'action'
    return ready && (pass.force || photo.nextAttemptAt <= now)
  })
}

/** Bytes that this person has delivered before are not sent again. */
async function skipKnown(photos: Photo[]): Promise<Photo[]> {
  const known = new Set<string>()
  const hashes = [...new Set(photos.map((photo) => photo.sha256))]
  for (let at = 0; at < hashes.length; at += KNOWN_AT_ONCE) {
    for (const hash of (await knownPhotos(hashes.slice(at, at + KNOWN_AT_ONCE))).known) known.add(hash)
  }
  for (const photo of photos) {
    if (known.has(photo.sha256)) await photoEvent(photo.id, 'receipt', { sentBytes: photo.sizeBytes })
  }
  return photos.filter((photo) => !known.has(photo.sha256))
}

async function sendOne(photo: Photo): Promise<UploadEnd['kind']> {
  const stored = await durably(() => db.bytes.get(photo.id))
  if (!stored) {
    await photoEvent(photo.id, 'refusal', { reason: 'bytes-lost' })
    return 'refused'
  }
  await photoEvent(photo.id, 'begin')
  // Not needed for the first screen, so not fetched for it.
  const { upload } = await import('./upload')
  const end = await upload(photo, stored.bytes)
  const attempts = photo.attempts + 1
  const later = { attempts, nextAttemptAt: Date.now() + waitMs(attempts) }
  if (end.kind === 'received') await photoEvent(photo.id, 'receipt', { sentBytes: photo.sizeBytes, reason: null })
  else if (end.kind === 'refused') await photoEvent(photo.id, 'refusal', { reason: end.reason, attempts })
  else if (end.kind === 'no-receipt') await durably(() => db.photos.update(photo.id, later))
  else await photoEvent(photo.id, 'interrupted', { reason: 'reason' in end ? end.reason : null, ...later })
  return end.kind
}
