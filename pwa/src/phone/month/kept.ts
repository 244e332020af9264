import { db } from '@/outbox/database'
import { useLive } from '@/ui/live'
import { me } from '../session/session'
import type { Kept } from './visits'

/** This person's drafts, outbox and photos, as they are on this device. */
export function useKept() {
  return useLive<Kept>(
    async () => {
      const personId = me.value?.id ?? ''
      const [drafts, items, photos] = await Promise.all([
        db.drafts.where('personId').equals(personId).toArray(),
        db.outbox.where('personId').equals(personId).toArray(),
        db.photos.where('personId').equals(personId).toArray(),
      ])
      return { drafts, items, photos }
    },
    { drafts: [], items: [], photos: [] },
    () => me.value?.id,
  )
}
