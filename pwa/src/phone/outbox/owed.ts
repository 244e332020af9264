import { db } from '@/outbox/database'
import { useLive } from '@/ui/live'
import { me } from '../session/session'
import { endingOf, photosByOwner } from './summary'

export type Counts = { owed: number; attention: number }

/** What of this person's the server does not have in full, and what has ended otherwise than the person may think. */
export function useOutboxCounts() {
  return useLive<Counts>(
    () => (me.value ? outboxCounts(me.value.id) : { owed: 0, attention: 0 }),
    { owed: 0, attention: 0 },
    () => me.value?.id,
  )
}

async function outboxCounts(personId: string): Promise<Counts> {
  const items = await db.outbox.where('personId').equals(personId).toArray()
  const owners = photosByOwner(await db.photos.where('personId').equals(personId).toArray())
  const endings = items.map((item) => ({ item, ending: endingOf(item, owners.get(item.id) ?? []) }))
  return {
    owed: endings.filter(({ ending }) => ending === 'owed' || ending === 'stuck').length,
    attention: endings.filter(({ item, ending }) => ending === 'attention' && !item.understoodAt).length,
  }
}
