import { knownPhotos } from '@/api/phone'
import { waitMs } from './backoff'
import { awake } from './awake'
import { connection, dataSaver, waitsForWifi, wayOf } from './data-saver'
import { db, durably, type Photo } from './database'
import type { Pass } from './drain'
import { SessionEnded } from './session-ended'
import { itemEnded } from './item-state'
import { photoEvent } from './photo-events'
import { photoEnded, type PhotoEvent } from './photo-state'
import type { UploadEnd } from './upload'

const AT_A_TIME = 2
const KNOWN_AT_ONCE = 200

/**
 * Send the photos of everything handed in, two at a time; a draft's photos wait for its submission.
 * The same bytes go out once, whatever number of items they prove; each of those has its own shot in its own body.
 */
export async function sendPhotos(pass: Pass): Promise<void> {
  const due = await duePhotos(pass)
  if (!due.length) return
  const queue = byBytes(await skipKnown(due))
  const stop = { ended: false }
  const worker = async () => {
    for (let same = queue.shift(); same && !stop.ended; same = queue.shift()) {
      // Whoever leaves the building with Wi-Fi in the middle of a pass is asked again before each photo.
      if (await allHeld(same)) continue
      const end = await sendOne(same)
      if (end === 'session-ended') stop.ended = true
      if (end === 'unreachable') queue.length = 0
    }
  }
  if (queue.length) await awake(() => Promise.all(Array.from({ length: AT_A_TIME }, worker)))
  if (stop.ended) throw new SessionEnded()
}

async function allHeld(photos: Photo[]): Promise<boolean> {
  const owners = await durably(() => db.outbox.bulkGet(photos.map((photo) => photo.ownerId)))
  const rule = { saver: await dataSaver(), way: wayOf(connection()?.type) }
  return owners.every((owner) => owner && waitsForWifi(owner.createdAt, rule.saver, rule.way))
}

function byBytes(photos: Photo[]): Photo[][] {
  const groups = new Map<string, Photo[]>()
  for (const photo of photos) groups.set(photo.sha256, [...(groups.get(photo.sha256) ?? []), photo])
  return [...groups.values()]
}

async function duePhotos(pass: Pass): Promise<Photo[]> {
  const items = await durably(() => db.outbox.where('personId').equals(pass.personId).toArray())
  const handedIn = new Map(items.map((item) => [item.id, item]))
  const photos = await durably(() => db.photos.where('personId').equals(pass.personId).sortBy('id'))
  const now = Date.now()
  const saver = await dataSaver()
  const way = wayOf(connection()?.type)
  return photos.filter((photo) => {
    const owner = handedIn.get(photo.ownerId)
    if (!owner || photoEnded(photo.state) || waitsForWifi(owner.createdAt, saver, way)) return false
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

/** Send photos that are the same bytes, from whichever of them this device still has; what comes of it is of all. */
export async function sendOne(same: Photo[]): Promise<UploadEnd['kind']> {
  const [photo, bytes] = await whole(same)
  const all = (event: PhotoEvent, changes: Parameters<typeof photoEvent>[2]) =>
    Promise.all(same.map((one) => photoEvent(one.id, event, changes)))
  if (!bytes) {
    await all('refusal', { reason: 'bytes-lost' })
    return 'refused'
  }
  await all('begin', {})
  // Not needed for the first screen, so not fetched for it.
  const { upload } = await import('./upload')
  const end = await upload(photo, bytes)
  const attempts = photo.attempts + 1
  const later = { attempts, nextAttemptAt: Date.now() + waitMs(attempts) }
  if (end.kind === 'received') await all('receipt', { sentBytes: photo.sizeBytes, reason: null })
  else if (end.kind === 'refused') await all('refusal', { reason: end.reason, attempts })
  else if (end.kind === 'no-receipt') for (const one of same) await durably(() => db.photos.update(one.id, later))
  else await all('interrupted', { reason: 'reason' in end ? end.reason : null, ...later })
  return end.kind
}

async function whole(same: Photo[]): Promise<[Photo, ArrayBuffer | null]> {
  // One that has begun to go out goes on from where it stopped.
  const inOrder = [...same].sort((a, b) => b.sentBytes - a.sentBytes)
  for (const photo of inOrder) {
    const stored = await durably(() => db.bytes.get(photo.id))
    if (stored) return [photo, stored.bytes]
  }
  return [inOrder[0]!, null]
}
