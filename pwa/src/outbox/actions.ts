import { shanghaiInstant } from '@/ui/time'
import { circumstancesOf } from './build-body'
import { db, durably, type OutboxItem } from './database'
import { outboxItem } from './drafts'
import { photosOf } from './photos'

export type Step = {
  personId: string
  id: string
  taskId: string
  title: string
  subtitle: string
  action: string
  /** The planned re-check that it was taken on; known to this device alone. */
  recheckId?: string
}

/** Hand a step on a task to the outbox, with the photos that were kept under its id. */
export async function handInStep(step: Step, fields: Record<string, unknown>): Promise<OutboxItem> {
  const photos = await photosOf(step.id)
  const item = outboxItem(step.personId, step.id, 'action', step.title, step.subtitle)
  item.taskId = step.taskId
  if (step.recheckId) item.recheckId = step.recheckId
  item.body = {
    id: step.id,
    at: shanghaiInstant(Date.now()),
    action: step.action,
    ...fields,
    ...(photos.length
      ? {
          photos: photos.map((photo) => photo.sha256),
          shots: photos.map(circumstancesOf),
        }
      : {}),
  }
  await durably(() => db.outbox.put(item))
  return item
}
