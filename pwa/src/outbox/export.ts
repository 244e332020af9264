import { db, durably, type Photo } from './database'
import { itemEnded } from './item-state'
import { photoEnded } from './photo-state'
import { zip, type ZipEntry } from './zip'

/** Everything of one person's that the server does not have yet, drafts included, as one ZIP file. */
export async function exportUnsent(personId: string): Promise<Blob> {
  const mine = { personId }
  const items = await durably(() => db.outbox.where(mine).toArray())
  const drafts = (await durably(() => db.drafts.where(mine).toArray())).filter((draft) => draft.status === 'open')
  const photos = (await durably(() => db.photos.where(mine).toArray())).filter(
    (photo) => !photoEnded(photo.state) || photo.state === 'refused',
  )
  const owed = items.filter((item) => !itemEnded(item.state) || photos.some((photo) => photo.ownerId === item.id))
  const entries: ZipEntry[] = []
  for (const item of owed) entries.push(json(`${item.kind}-${item.id}.json`, item))
  for (const draft of drafts) entries.push(json(`draft-${draft.id}.json`, draft))
  entries.push(json('photos.json', photos))
  for (const photo of photos) {
    const stored = await durably(() => db.bytes.get(photo.id))
    if (stored)
      entries.push({
        name: `photos/${photoName(photo)}`,
        bytes: new Uint8Array(stored.bytes),
        at: new Date(photo.takenAt),
      })
  }
  return zip(entries)
}

function json(name: string, value: unknown): ZipEntry {
  return { name, bytes: new TextEncoder().encode(JSON.stringify(value, null, 1)), at: new Date() }
}

function photoName(photo: Photo): string {
  const extension = photo.type === 'image/jpeg' ? 'jpg' : (photo.filename.split('.').pop() ?? 'bin')
  return `${photo.item ?? 'task'}-${photo.id}.${extension.toLowerCase()}`
}
