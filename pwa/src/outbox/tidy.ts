import { db, durably } from './database'
import { asideOf } from './drafts'
import { itemEnded } from './item-state'
import { photoEnded } from './photo-state'

const PICTURES_MS = 30 * 24 * 3600_000
const KEEP_MS = 7 * 24 * 3600_000

/** Remove from the device what the server has had for seven days; a refused photo goes with the rest of its visit. */
export async function tidy(personId: string, nowMs: number = Date.now()): Promise<void> {
  await forgetPictures(personId, nowMs)
  const items = await durably(() => db.outbox.where('personId').equals(personId).toArray())
  for (const item of items) {
    if (!itemEnded(item.state) || !item.receivedAt) continue
    if (nowMs - Date.parse(item.receivedAt) < KEEP_MS) continue
    const photos = await durably(() => db.photos.where('ownerId').equals(item.id).toArray())
    if (photos.some((photo) => !photoEnded(photo.state) || nowMs - Date.parse(photo.changedAt) < KEEP_MS)) continue
    const aside = await durably(() => db.photos.where('ownerId').equals(asideOf(item.id)).toArray())
    await forget(
      item.id,
      [...photos, ...aside].map((photo) => photo.id),
    )
  }
}

/** Pictures of others' photos are kept for comparing offline; a month is enough. */
async function forgetPictures(personId: string, nowMs: number): Promise<void> {
  await durably(() =>
    db.seen.filter((one) => one.personId === personId && nowMs - Date.parse(one.at) > PICTURES_MS).delete(),
  )
}

async function forget(id: string, photoIds: string[]): Promise<void> {
  await durably(() =>
    db.transaction('rw', [db.outbox, db.drafts, db.photos, db.bytes, db.thumbs], async () => {
      await db.photos.bulkDelete(photoIds)
      await db.bytes.bulkDelete(photoIds)
      await db.thumbs.bulkDelete(photoIds)
      await db.outbox.delete(id)
      await db.drafts.delete(id)
    }),
  )
}
