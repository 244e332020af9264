import { ref } from 'vue'
import type { Fix, Site } from '@/api/types'
import type { Photo } from '@/outbox/database'
import { keepPhoto, type Owner, type Shot } from '@/outbox/photos'
import { shanghaiInstant } from '@/ui/time'
import { distanceM } from '../place/distance'
import { here } from '../place/position'

/** What the server takes at most. */
const MOST_BYTES = 50 * 1024 * 1024

/** A file that the server would refuse: better said now than when the inspector has left. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** Whatever view took it: big pictures would not fit into a phone's memory side by side. */
let tail: Promise<void> = Promise.resolve()

/** Keep shots one after another. */
export function useShots(owner: () => Owner, site: () => Pick<Site, 'position'> | undefined) {
  const keeping = ref(0)
  const failed = ref<string | null>(null)
  const last = ref<Photo | null>(null)

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

  /** Take and keep one picture of the camera: time and place are those of this call, however long the sensor takes. */
  const keepShot = (shoot: () => Promise<Blob>) =>
    keep(async () => (await shoot()).arrayBuffer(), {
      type: 'image/jpeg',
      filename: `${Date.now()}.jpg`,
      source: 'camera',
    })

  /** Copy the files' bytes while the picker still lets us: its handles die soon after. */
  async function keepFiles(files: FileList): Promise<void> {
    for (const file of files)
      await keep(() => bytesOf(file), {
        type: file.type || 'application/octet-stream',
        filename: file.name,
        source: 'gallery',
      })
  }

  return { keeping, failed, last, keepShot, keepFiles, settled: () => tail }
}

function bytesOf(file: File): Promise<ArrayBuffer> {
  if (file.size > MOST_BYTES) return Promise.reject(new TooLarge())
  return file.arrayBuffer()
}

function distanceTo(fix: Fix | null, site: Pick<Site, 'position'> | undefined): number | null {
  return fix && site ? Math.round(distanceM(fix, site.position)) : null
}
