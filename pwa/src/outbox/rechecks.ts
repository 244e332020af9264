import { shanghaiInstant } from '@/ui/time'
import { db, durably, type OutboxItem } from './database'
import { outboxItem } from './drafts'
import type { RecheckBody } from './wire'

export type PlannedRecheck = { personId: string; id: string; title: string; subtitle: string }

/** Hand a planned re-check to the outbox: its body is built here, once. */
export async function handInRecheck(what: PlannedRecheck, plan: Omit<RecheckBody, 'at'>): Promise<OutboxItem> {
  const item = outboxItem(what.personId, what.id, 'recheck', what.title, what.subtitle)
  item.body = { at: shanghaiInstant(Date.now()), ...plan }
  await durably(() => db.outbox.put(item))
  return item
}
