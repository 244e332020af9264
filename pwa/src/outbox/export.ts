import { db, durably, type Draft, type OutboxItem, type Photo } from './database'
import { itemEnded } from './item-state'
import { photoEnded } from './photo-state'
import { zip, type ZipEntry } from './zip'

type Unsent = { items: OutboxItem[]; drafts: Draft[]; steps: Record<string, unknown>; photos: Photo[] }

/**
 * Everything of one person's that the server does not have yet, drafts included, as one ZIP file: words as JSON, photos
 * as they were taken. `readme` tells whoever opens it what it is. Photos are read one at a time.
 */
export async function exportUnsent(personId: string, readme: string): Promise<Blob> {
  return zip(entriesOf(await unsent(personId), readme))
}

/** How many of this person's things and photos the rescue file would hold. */
export async function countUnsent(personId: string): Promise<{ things: number; photos: number }> {
  const { items, drafts, steps, photos } = await unsent(personId)
  return { things: items.length + drafts.length + Object.keys(steps).length, photos: photos.length }
}

async function unsent(personId: string): Promise<Unsent> {
  return durably(async () => {
    const items = await db.outbox.where({ personId }).toArray()
    const drafts = await db.drafts.where({ personId }).toArray()
    const photos = (await db.photos.where({ personId }).toArray()).filter(
      (photo) => !photoEnded(photo.state) || photo.state === 'refused',
    )
    const owners = new Set(photos.map((photo) => photo.ownerId))
    const steps = await db.settings.where('key').startsWith(`step:${personId}:`).toArray()
    return {
      items: items.filter((item) => !itemEnded(item.state) || owners.has(item.id)),
      drafts: drafts.filter((draft) => draft.status === 'open'),
      steps: Object.fromEntries(steps.map(({ key, value }) => [key, value])),
      photos,
    }
  })
}

async function* entriesOf({ items, drafts, steps, photos }: Unsent, readme: string): AsyncGenerator<ZipEntry> {
  // Windows' own editor takes a file without the mark for one in the old Chinese encoding.
  yield { name: 'README.txt', bytes: new TextEncoder().encode(`\uFEFF${readme}\r\n`), at: new Date() }
  for (const item of items) yield json(`${item.kind}-${item.id}.json`, item)
  for (const draft of drafts) yield json(`draft-${draft.id}.json`, draft)
  if (Object.keys(steps).length) yield json('steps.json', steps)
  yield json(
    'photos.json',
    photos.map((photo) => ({ ...photo, file: fileOf(photo) })),
  )
  for (const photo of photos) {
    const stored = await durably(() => db.bytes.get(photo.id))
    if (stored) yield { name: fileOf(photo), bytes: new Uint8Array(stored.bytes), at: new Date(photo.takenAt) }
  }
}

function json(name: string, value: unknown): ZipEntry {
  return { name, bytes: new TextEncoder().encode(JSON.stringify(value, null, 1)), at: new Date() }
}

/** A name that every system can write: items' groups carry a slash (`YL-B01/after`, `/signature`). */
function fileOf(photo: Photo): string {
  const group = (photo.item ?? 'photo').replace(/^\//, '').replaceAll('/', '-')
  const extension = photo.type === 'image/jpeg' ? 'jpg' : (/\.(\w{1,5})$/.exec(photo.filename)?.[1] ?? 'bin')
  return `photos/${group}-${photo.id}.${extension.toLowerCase()}`
}
