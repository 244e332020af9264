import { watch } from 'vue'
import { onPass } from '@/outbox/engine'
import { pack, refreshPack } from './pack'
import { keepForOffline } from './photo/photo-url'

const EVERY_MS = 5 * 60_000
const MOST_PHOTOS = 80

/** Keep what the phone takes along fresh: at the start, when the page or the network comes back, and after sending. */
export function keepFresh(): void {
  onPass(() => void refreshPack())
  window.addEventListener('online', () => void refreshPack())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refreshPack()
  })
  window.setInterval(() => void refreshPack(), EVERY_MS)
  watch(pack, (next) => {
    const open = (next?.tasks ?? []).filter((task) => task.status === 'open' || task.status === 'replied')
    void keepForOffline(open.flatMap((task) => task.beforePhotos.slice(0, 1)).slice(0, MOST_PHOTOS))
  })
  void refreshPack()
}
