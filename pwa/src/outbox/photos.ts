import type { Mark } from '@/domain/marks'
import { db, durably, type Photo } from './database'
import { sha256, uuid7 } from './ids'
import { shanghaiInstant } from '@/ui/time'
import type { Fix } from './wire'

export type Shot = {
  bytes: ArrayBuffer
  type: string
  filename: string
  takenAt: string
  source: 'camera' | 'gallery'
  fix: Fix | null
  distanceM: number | null
}
export type Owner = { personId: string; ownerId: string; item: string | null }

/** The bytes that were read back are not the bytes that were written. */
export class NotKept extends Error {
  override readonly name = 'NotKept'
}

/**
 * Keep a photo on the device and prove it: written durably, read back, hashed again.
 * The same bytes for the same item are kept once. @throws NotKept, or the database's error (quota).
 */
export async function keepPhoto(owner: Owner, shot: Shot): Promise<Photo> {
  const hash = await sha256(shot.bytes)
  const twin = (await photosOf(owner.ownerId)).find((photo) => photo.sha256 === hash && photo.item === owner.item)
  if (twin) return twin
  const photo = newPhoto(owner, shot, hash)
  await durably(() =>
    db.transaction('rw', db.photos, db.bytes, async () => {
      await db.bytes.put({ id: photo.id, bytes: shot.bytes })
      await db.photos.put(photo)
    }),
  )
  const back = await durably(() => db.bytes.get(photo.id))
  if (!back || (await sha256(back.bytes)) !== hash) {
    await dropPhoto(photo.id)
    throw new NotKept(photo.id)
  }
  return photo
}

function newPhoto(owner: Owner, shot: Shot, hash: string): Photo {
  const { bytes, ...circumstances } = shot
  return {
    id: uuid7(),
    ...owner,
    ...circumstances,
    sha256: hash,
    sizeBytes: bytes.byteLength,
    state: 'kept',
    sentBytes: 0,
    uploadUrl: null,
    reason: null,
    attempts: 0,
    nextAttemptAt: 0,
    changedAt: shanghaiInstant(Date.now()),
  }
}

export function photosOf(ownerId: string): Promise<Photo[]> {
  return durably(() => db.photos.where('ownerId').equals(ownerId).sortBy('id'))
}

/** Forget a photo of a draft, as a retake does. What another tab has just handed in stays. */
export async function dropPhoto(id: string): Promise<void> {
  await durably(() =>
    db.transaction('rw', [db.photos, db.bytes, db.thumbs, db.outbox], async () => {
      const photo = await db.photos.get(id)
      if (photo && (await db.outbox.get(photo.ownerId))) return
      await db.photos.delete(id)
      await db.bytes.delete(id)
      await db.thumbs.delete(id)
    }),
  )
}

/** Write what was drawn and written over a photo; its bytes stay as they were taken. Not once it was handed in. */
export async function markPhoto(id: string, marks: Mark[], note: string): Promise<void> {
  await durably(() =>
    db.transaction('rw', db.photos, db.outbox, async () => {
      const photo = await db.photos.get(id)
      if (photo && !(await db.outbox.get(photo.ownerId))) await db.photos.update(id, { marks, note })
    }),
  )
}

let making: Promise<unknown> = Promise.resolve()

/**
 * A small picture of a kept photo for lists, made when first asked for; null where this browser cannot decode it.
 * One after another: a photo of 50 megapixels takes 200 MB to decode, and a phone has no room for several.
 */
export function thumbOf(photo: Photo): Promise<Blob | null> {
  const made = making.then(() => readOrMake(photo))
  making = made.catch(() => {})
  return made
}

async function readOrMake(photo: Photo): Promise<Blob | null> {
  const ready = await durably(() => db.thumbs.get(photo.id))
  if (ready) return new Blob([ready.bytes], { type: 'image/jpeg' })
  const full = await durably(() => db.bytes.get(photo.id))
  if (!full) return null
  const thumb = await shrink(new Blob([full.bytes], { type: photo.type }))
  if (thumb) {
    const bytes = await thumb.arrayBuffer()
    await durably(() => db.thumbs.put({ id: photo.id, bytes }))
  }
  return thumb
}

const THUMB_PX = 320

async function shrink(blob: Blob): Promise<Blob | null> {
  try {
    const bitmap = await createImageBitmap(blob, { resizeWidth: THUMB_PX, resizeQuality: 'medium' })
    const canvas = document.createElement('canvas')
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0)
    bitmap.close()
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8))
    // iOS counts a canvas until it is collected.
    canvas.width = canvas.height = 0
    return small
  } catch {
    return null
  }
}
