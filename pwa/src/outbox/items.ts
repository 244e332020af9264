import { Problem, Unreachable } from '@/api/problem'
import { shanghaiInstant } from '@/ui/time'
import { waitMs } from './backoff'
import { db, durably, type OutboxItem } from './database'
import { nextItemState, type ItemEvent } from './item-state'

type Changes = Partial<
  Pick<OutboxItem, 'receipt' | 'receivedAt' | 'error' | 'attempts' | 'nextAttemptAt' | 'firstSentAt'>
>

/** Write one event of an item; its state follows the table. */
export async function itemEvent(item: OutboxItem, event: ItemEvent, changes: Changes = {}): Promise<void> {
  item.state = nextItemState(item.state, event)
  Object.assign(item, changes)
  await durably(() => db.outbox.put(item))
}

/** What one person owes of a kind and may be sent now, oldest first. */
export async function dueItems(personId: string, kind: OutboxItem['kind'], force: boolean): Promise<OutboxItem[]> {
  const all = await durably(() => db.outbox.where('personId').equals(personId).sortBy('id'))
  const now = Date.now()
  // "sending" is what a killed browser left behind: the same body under the same id may be sent again.
  return all.filter(
    (item) =>
      item.kind === kind &&
      (item.state === 'waiting' || item.state === 'sending') &&
      (force || item.nextAttemptAt <= now),
  )
}

/** Mark that the item goes out; from now on it may have reached the server. */
export async function beginItem(item: OutboxItem): Promise<void> {
  await itemEvent(item, 'begin', { firstSentAt: item.firstSentAt ?? shanghaiInstant(Date.now()) })
}

/** Keep a failure that may pass, with the time of the next attempt. Says again what ends the whole pass. */
export async function interruptItem(item: OutboxItem, error: unknown): Promise<void> {
  const attempts = item.attempts + 1
  const retryAfterS = error instanceof Problem ? error.retryAfterS : null
  await itemEvent(item, 'interrupted', {
    attempts,
    nextAttemptAt: Date.now() + waitMs(attempts, retryAfterS),
    error: error instanceof Unreachable ? null : errorText(error),
  })
  if (error instanceof Unreachable || (error instanceof Problem && error.status === 401)) throw error
}

export function errorText(error: unknown): OutboxItem['error'] {
  if (error instanceof Problem) {
    // What is wrong place by place says more than that something is.
    const places = [...new Set(error.errors.map((one) => one.message))].join('；')
    return { code: error.code, title: error.title, detail: places || error.detail }
  }
  return { code: 'unexpected', title: '', detail: error instanceof Error ? error.message : String(error) }
}

/** Failures that pass by themselves: try later. */
export function passing(error: unknown): boolean {
  if (error instanceof Unreachable) return true
  return error instanceof Problem && (error.status >= 500 || [401, 408, 423, 425, 429].includes(error.status))
}
