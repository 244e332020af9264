import { watch } from 'vue'
import { onPass } from '@/outbox/engine'
import { pack, packFetchedAt, refreshPack } from './pack'
import { keepForOffline, photosToKeep } from './photo/keep'

const EVERY_MS = 5 * 60_000

/** Keep what the phone takes along fresh: at the start, when the page or the network comes back, and after sending. */
export function keepFresh(): void {
  onPass(() => void refreshPack())
  window.addEventListener('online', () => void refreshPack())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refreshPack()
  })
  window.setInterval(() => void refreshPack(), EVERY_MS)
  // Also where nothing is new: what could not be brought last time is asked for again.
  watch([pack, packFetchedAt], ([next]) => {
    if (next) void keepForOffline(photosToKeep(next))
  })
  void refreshPack()
}
