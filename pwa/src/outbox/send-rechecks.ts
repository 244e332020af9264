import { putRecheck } from '@/api/phone'
import { shanghaiInstant } from '@/ui/time'
import type { OutboxItem } from './database'
import type { Pass } from './drain'
import { beginItem, dueItems, errorText, interruptItem, itemEvent, passing } from './items'
import type { RecheckBody } from './wire'

/** Send the re-checks that were planned here. What the server cannot plan waits for a person. */
export async function sendRechecks(pass: Pass): Promise<void> {
  for (const item of await dueItems(pass.personId, 'recheck', pass.force)) await sendOne(item)
}

async function sendOne(item: OutboxItem): Promise<void> {
  await beginItem(item)
  try {
    await putRecheck(item.id, item.body as RecheckBody, item.personId, shanghaiInstant(Date.now()))
    await itemEvent(item, 'receipt', { receivedAt: shanghaiInstant(Date.now()), error: null })
  } catch (error) {
    if (passing(error)) await interruptItem(item, error)
    else await itemEvent(item, 'stuck', { error: errorText(error) })
  }
}
