import { postAction } from '@/api/phone'
import { Problem } from '@/api/problem'
import type { ActionBody } from '@/api/types'
import { shanghaiInstant } from '@/ui/time'
import type { OutboxItem } from './database'
import type { Pass } from './drain'
import { beginItem, dueItems, errorText, interruptItem, itemEvent, passing } from './items'
import { waitsForPhotos } from './owing'
import { photosOf } from './photos'
import { photoEnded } from './photo-state'

export async function sendActions(pass: Pass, when: 'before-photos' | 'after-photos'): Promise<void> {
  for (const item of await dueItems(pass.personId, 'action', pass.force)) {
    if (waitsForPhotos(item) !== (when === 'after-photos')) continue
    if (when === 'after-photos' && (await photosOf(item.id)).some((photo) => !photoEnded(photo.state))) continue
    await sendOne(item)
  }
}

async function sendOne(item: OutboxItem): Promise<void> {
  await beginItem(item)
  try {
    await postAction(item.taskId!, item.body as ActionBody, item.personId, shanghaiInstant(Date.now()))
    await itemEvent(item, 'receipt', { receivedAt: shanghaiInstant(Date.now()), error: null })
  } catch (error) {
    if (passing(error)) await interruptItem(item, error)
    else if (error instanceof Problem && error.code === 'transition-refused') await decline(item, error)
    else await itemEvent(item, 'stuck', { error: errorText(error) })
  }
}

async function decline(item: OutboxItem, problem: Problem): Promise<void> {
  await itemEvent(item, 'declined', { receivedAt: shanghaiInstant(Date.now()), error: errorText(problem) })
}
