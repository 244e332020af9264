import { ref } from 'vue'
import type { Fix, Site } from '@/api/types'
import type { Photo } from '@/outbox/database'
import { keepPhoto, type Owner, type Shot } from '@/outbox/photos'
import { shanghaiInstant } from '@/ui/time'
import { distanceM } from '../place/distance'
import { here } from '../place/position'

/** Keep shots one after another: big pictures would not fit into a phone's memory side by side. */
export function useShots(owner: () => Owner, site: () => Pick<Site, 'position'> | undefined) {
  const keeping = ref(0)
  const failed = ref<string | null>(null)
  const last = ref<Photo | null>(null)
  let tail: Promise<void> = Promise.resolve()

  function keep(
    read: () => Promise<ArrayBuffer>,
    circumstances: Omit<Shot, 'bytes' | 'fix' | 'distanceM' | 'takenAt'>,
  ): Promise<void> {
    // Time and place are of the moment of the shutter, however long the keeping takes.
    const fix = here.value
    const shot = { ...circumstances, takenAt: shanghaiInstant(Date.now()), fix, distanceM: distanceTo(fix, site()) }
    const to = owner()
    keeping.value++
    tail = tail
      .then(async () => {
        last.value = await keepPhoto(to, { ...shot, bytes: await read() })
        failed.value = null
      })
      .catch((error: unknown) => {
        failed.value = error instanceof Error ? error.name : String(error)
      })
      .finally(() => void keeping.value--)
    return tail
  }

  const keepBlob = (blob: Blob) =>
    keep(() => blob.arrayBuffer(), { type: 'image/jpeg', filename: `${Date.now()}.jpg`, source: 'camera' })

  /** Copy the files' bytes while the picker still lets us: its handles die soon after. */
  async function keepFiles(files: FileList): Promise<void> {
    for (const file of files)
      await keep(() => file.arrayBuffer(), {
        type: file.type || 'application/octet-stream',
        filename: file.name,
        source: 'gallery',
      })
  }

  return { keeping, failed, last, keepBlob, keepFiles }
}

function distanceTo(fix: Fix | null, site: Pick<Site, 'position'> | undefined): number | null {
  return fix && site ? Math.round(distanceM(fix, site.position)) : null
}
