import { onScopeDispose, ref, watch } from 'vue'
import { db, durably } from '@/outbox/database'
import { shanghaiInstant } from '@/ui/time'
import { me } from '../session/session'

export type PhotoSize = 'thumbnail' | 'screen'

/** An address for a picture by its hash: from this device where it is kept, else from the server, then kept for offline. */
export function usePhotoUrl(sha256: () => string | null | undefined, size: PhotoSize) {
  const url = ref<string | null>(null)
  const missing = ref(false)
  let made: string | null = null

  function release() {
    if (made) URL.revokeObjectURL(made)
    made = null
    url.value = null
  }

  watch(
    sha256,
    async (hash) => {
      release()
      missing.value = false
      if (!hash) return
      const blob = await pictureOf(hash, size)
      if (hash !== sha256()) return
      missing.value = !blob
      if (blob) url.value = made = URL.createObjectURL(blob)
    },
    { immediate: true },
  )
  onScopeDispose(release)
  return { url, missing }
}

/** A picture from this device, else from the server and then kept here; null where neither has it now. */
export async function pictureOf(sha256: string, size: PhotoSize): Promise<Blob | null> {
  const personId = me.value?.id ?? ''
  const seen = await durably(() => db.seen.get([personId, `${size}:${sha256}`]))
  if (seen) return new Blob([seen.bytes], { type: seen.type })
  return (await ownPicture(personId, sha256)) ?? fetchPicture(personId, sha256, size)
}

async function ownPicture(personId: string, sha256: string): Promise<Blob | null> {
  const photo = await durably(() =>
    db.photos
      .where('sha256')
      .equals(sha256)
      .filter((one) => one.personId === personId)
      .first(),
  )
  const stored = photo && (await durably(() => db.bytes.get(photo.id)))
  return stored ? new Blob([stored.bytes], { type: photo.type }) : null
}

async function fetchPicture(personId: string, sha256: string, size: PhotoSize): Promise<Blob | null> {
  try {
    const response = await fetch(`/api/photos/${sha256}/${size}`, { credentials: 'same-origin' })
    if (!response.ok) return null
    const blob = await response.blob()
    const bytes = await blob.arrayBuffer()
    await durably(() =>
      db.seen.put({ personId, sha256: `${size}:${sha256}`, type: blob.type, bytes, at: shanghaiInstant(Date.now()) }),
    )
    return blob
  } catch {
    return null
  }
}
