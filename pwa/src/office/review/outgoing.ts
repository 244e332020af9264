import type { TaskStep } from '../wire'

/**
 * Why the step waits here and not on the server: a confirmation cannot be taken back there. From it the unit sees the
 * task, the deadline runs and the audit chain holds it (R41), and the workflow has no way back from `open` to `draft`.
 * So each decision is held for ten seconds with its countdown, may be undone until it leaves, and is sent
 * at once when the page is left. It carries its id from the beginning: sending it twice changes nothing.
 */
export const HOLD_MS = 10_000
/** How many steps travel in one request. */
const LIST = 50

export type Held = {
  findingId: string
  taskId: string
  label: string
  step: TaskStep
  heldAtMs: number
  sending: boolean
  /** What was decided together, and is taken back together. */
  batch: string
}

/** Take decisions into the queue; a second one on the same finding replaces the first while that has not left. */
export function hold(queue: readonly Held[], entries: readonly Held[]): Held[] {
  const again = new Set(entries.map((entry) => entry.findingId))
  return [...queue.filter((held) => !again.has(held.findingId) || held.sending), ...entries]
}

/** The decisions whose ten seconds are over, oldest first. */
export function ripe(queue: readonly Held[], nowMs: number): Held[] {
  return queue.filter((held) => !held.sending && nowMs - held.heldAtMs >= HOLD_MS)
}

/**
 * What may travel in one request: of each task the first step alone, because what follows it on the same task goes by
 * the version that its answer tells, and none for a task of which a step is on its way.
 */
export function together(queue: readonly Held[], due: readonly Held[]): Held[] {
  const taken = new Set(queue.filter((held) => held.sending).map((held) => held.taskId))
  const list: Held[] = []
  for (const held of due) {
    if (list.length === LIST) break
    if (taken.has(held.taskId)) continue
    taken.add(held.taskId)
    list.push(held)
  }
  return list
}

/** The decisions taken together last that can still be taken back: one, or those of a batch. */
export function undoable(queue: readonly Held[]): Held[] {
  const last = [...queue].reverse().find((held) => !held.sending)
  return last ? queue.filter((held) => held.batch === last.batch && !held.sending) : []
}

/** Whole seconds until a decision leaves. */
export function secondsLeft(held: Held, nowMs: number): number {
  return Math.max(0, Math.ceil((held.heldAtMs + HOLD_MS - nowMs) / 1000))
}

/** The queue without some steps. */
export function without(queue: readonly Held[], steps: readonly Held[]): Held[] {
  const gone = new Set(steps.map((held) => held.step.id))
  return queue.filter((held) => !gone.has(held.step.id))
}

/** Mark steps as on their way, after which they can no longer be taken back, or as waiting again and due at once. */
export function marked(queue: readonly Held[], steps: readonly Held[], sending: boolean): Held[] {
  const meant = new Set(steps.map((held) => held.step.id))
  return queue.map((held) => (meant.has(held.step.id) ? { ...held, sending } : held))
}

/**
 * What the server's answer to one of our own steps means for those behind it on the same task.
 *
 * A confirmation confirms every sighting of the task that waits, so that further plain confirmations of it are done
 * too (`settled`). For the others the task has only moved on by our own hand: their version follows it.
 */
export function follow(queue: readonly Held[], sent: Held, version: number): { queue: Held[]; settled: Held[] } {
  const isSettled = (held: Held) =>
    held.taskId === sent.taskId && !held.sending && sent.step.action === 'confirm' && held.step.action === 'confirm'
  const moved = (held: Held) => held.taskId === sent.taskId && !held.sending && held.step.version === sent.step.version
  return {
    settled: queue.filter(isSettled),
    queue: queue
      .filter((held) => !isSettled(held))
      .map((held) => (moved(held) ? { ...held, step: { ...held.step, version } } : held)),
  }
}

/** A stored queue, as far as it can be read; whatever was on its way is sent again. */
export function parseQueue(text: string | null): Held[] {
  if (!text) return []
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read.filter(isHeld).map((held) => ({ ...held, sending: false, batch: held.batch ?? held.step.id })) : []
  } catch {
    return []
  }
}

function isHeld(value: unknown): value is Held {
  const held = value as Held | null
  return !!held && typeof held.taskId === 'string' && typeof held.step?.id === 'string'
}
