import { sha256, uuid7 } from '@/outbox/ids'
import { shanghaiInstant } from '@/ui/time'
import { put, type Photo } from './kept'

const FIX_MS = 8_000

/** Keep a chosen picture before anything else: its bytes, its hash, what the device says of time and place. */
export async function keepPhoto(file: File, source: Photo['source'], draftId: string): Promise<Photo> {
  const takenAt = source === 'camera' ? Date.now() : file.lastModified || Date.now()
  // Only a picture just taken says where the device is.
  const [bytes, fix] = await Promise.all([file.arrayBuffer(), source === 'camera' ? position() : null])
  const photo: Photo = {
    id: uuid7(),
    draftId,
    sha256: await sha256(bytes),
    bytes,
    type: file.type || 'image/jpeg',
    name: file.name.slice(0, 100) || 'photo.jpg',
    takenAt: shanghaiInstant(takenAt),
    source,
    fix,
    uploadUrl: null,
    sent: false,
    refusal: null,
  }
  await put('photos', photo)
  return photo
}

/** The device's place, or null where it does not say so soon. A photo without one is taken all the same. */
function position(): Promise<Photo['fix']> {
  return new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null)
    const late = setTimeout(() => resolve(null), FIX_MS + 500)
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        clearTimeout(late)
        const { latitude: lat, longitude: lon, accuracy: accuracyM } = coords
        resolve({ lat, lon, accuracyM, at: shanghaiInstant(timestamp) })
      },
      () => {
        clearTimeout(late)
        resolve(null)
      },
      { enableHighAccuracy: true, timeout: FIX_MS, maximumAge: 15_000 },
    )
  })
}
