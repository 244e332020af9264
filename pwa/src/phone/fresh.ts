import { watch } from 'vue'
import type { PhonePack } from '@/api/types'
import { onPass } from '@/outbox/engine'
import { pack, refreshPack } from './pack'
import { keepForOffline } from './photo/photo-url'

const EVERY_MS = 5 * 60_000
const MOST_PHOTOS = 80
const AFTER_PHOTOS = 4

/** Pictures for comparing without a network: all of what is to be re-checked, then one of each open task. */
export function photosToKeep(next: Pick<PhonePack, 'tasks'>): string[] {
  const open = next.tasks.filter((task) => task.status === 'open' || task.status === 'replied')
  const planned = open.filter((task) => task.recheck)
  const compared = planned.flatMap((task) => [...task.beforePhotos, ...task.afterPhotos.slice(-AFTER_PHOTOS)])
  const others = open.flatMap((task) => task.beforePhotos.slice(0, 1)).slice(0, MOST_PHOTOS)
  return [...new Set([...compared, ...others])]
}

/** Keep what the phone takes along fresh: at the start, when the page or the network comes back, and after sending. */
export function keepFresh(): void {
  onPass(() => void refreshPack())
  window.addEventListener('online', () => void refreshPack())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refreshPack()
  })
  window.setInterval(() => void refreshPack(), EVERY_MS)
  watch(pack, (next) => {
    if (next) void keepForOffline(photosToKeep(next))
  })
  void refreshPack()
}
