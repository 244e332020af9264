import type { PhonePack } from '@/api/types'
import { db, durably } from '@/outbox/database'
import { useLive } from '@/ui/live'
import { me } from '../session/session'
import { pictureOf } from './photo-url'

const MOST_PHOTOS = 80
const AFTER_PHOTOS = 4
/** A copy that is just being made, or a line that just dropped: twice more, then with the next fresh data. */
const AGAIN_MS = [3_000, 20_000]

type Compared = { beforePhotos: string[]; afterPhotos: string[] }

/** What a re-check of one task compares: every photo of the fault, and the newest of its repair. */
export const comparedOf = (task: Compared): string[] => [...task.beforePhotos, ...task.afterPhotos.slice(-AFTER_PHOTOS)]

/** Pictures for comparing without a network: all of what is to be re-checked, then one of each open task. */
export function photosToKeep(next: Pick<PhonePack, 'tasks'>): string[] {
  const open = next.tasks.filter((task) => task.status === 'open' || task.status === 'replied')
  const compared = open.filter((task) => task.recheck).flatMap(comparedOf)
  const others = open.flatMap((task) => task.beforePhotos.slice(0, 1)).slice(0, MOST_PHOTOS)
  return [...new Set([...compared, ...others])]
}

let round = 0

/** Bring these pictures to the device, one at a time; a newer list ends an older one. */
export async function keepForOffline(hashes: string[]): Promise<void> {
  const mine = ++round
  let wanted = hashes
  for (const wait of [0, ...AGAIN_MS]) {
    if (wait) await new Promise((go) => setTimeout(go, wait))
    const missed: string[] = []
    const here = await durably(() => onThisPhone(wanted))
    for (const hash of wanted.filter((one) => !here.has(one))) {
      if (mine !== round) return
      if (!(await pictureOf(hash, 'screen'))) missed.push(hash)
    }
    if (!missed.length) return
    wanted = missed
  }
}

/** Which of these can be seen without a network: fetched before, or this person's own. */
async function onThisPhone(hashes: string[]): Promise<Set<string>> {
  const personId = me.value?.id ?? ''
  const keys = hashes.map((hash): [string, string] => [personId, `screen:${hash}`])
  const fetched = await db.seen.where('[personId+sha256]').anyOf(keys).primaryKeys()
  const own = await db.photos.where('sha256').anyOf(hashes).toArray()
  return new Set([
    ...fetched.map(([, name]) => name.slice('screen:'.length)),
    ...own.filter((one) => one.personId === personId).map((one) => one.sha256),
  ])
}

/** How many of these pictures can be seen without a network, kept up to date; null until it is known. */
export function usePicturesHere(hashes: () => string[]) {
  return useLive<number | null>(
    async () => (await onThisPhone(hashes())).size,
    null,
    () => hashes().join(),
  )
}
