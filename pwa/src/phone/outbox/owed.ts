import { db } from '@/outbox/database'
import { itemEnded } from '@/outbox/item-state'
import { photoEnded } from '@/outbox/photo-state'
import { useLive } from '@/ui/live'
import { me } from '../session/session'

/** How many handed-in things of this person's the server does not have in full. */
export function useOwedCount() {
  return useLive(
    () => (me.value ? owedCount(me.value.id) : 0),
    0,
    () => me.value?.id,
  )
}

export async function owedCount(personId: string): Promise<number> {
  const items = await db.outbox.where('personId').equals(personId).toArray()
  const photos = await db.photos.where('personId').equals(personId).toArray()
  const open = new Set(photos.filter((photo) => !photoEnded(photo.state)).map((photo) => photo.ownerId))
  return items.filter((item) => !itemEnded(item.state) || open.has(item.id)).length
}
