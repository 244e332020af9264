import type { TaskStep } from '../wire'

/**
 * Why the step waits here and not on the server: a confirmation cannot be taken back there. From it the unit sees the
 * task, the deadline runs and the audit chain holds it (R41), and the workflow has no way back from `open` to `draft`.
 * So each decision is held for ten seconds with its countdown, may be undone until it leaves, and is sent
 * at once when the page is left. It carries its id from the beginning: sending it twice changes nothing.
 */
export const HOLD_MS = 10_000

export type Held = {
  findingId: string
  taskId: string
  label: string
  step: TaskStep
  heldAtMs: number
  sending: boolean
}

/** Take a decision into the queue; a second one on the same finding replaces the first while that has not left. */
export function hold(queue: readonly Held[], entry: Held): Held[] {
  return [...queue.filter((held) => held.findingId !== entry.findingId || held.sending), entry]
}

/** The decisions whose ten seconds are over, oldest first. */
export function ripe(queue: readonly Held[], nowMs: number): Held[] {
  return queue.filter((held) => !held.sending && nowMs - held.heldAtMs >= HOLD_MS)
}

/** The latest decision that can still be taken back. */
export function undoable(queue: readonly Held[]): Held | null {
  return [...queue].reverse().find((held) => !held.sending) ?? null
}

/** Whole seconds until a decision leaves. */
export function secondsLeft(held: Held, nowMs: number): number {
  return Math.max(0, Math.ceil((held.heldAtMs + HOLD_MS - nowMs) / 1000))
}

/** The queue without one step. */
export function without(queue: readonly Held[], stepId: string): Held[] {
  return queue.filter((held) => held.step.id !== stepId)
}

/** Mark a step as on its way: it can no longer be taken back. */
export function sendingNow(queue: readonly Held[], stepId: string): Held[] {
  return queue.map((held) => (held.step.id === stepId ? { ...held, sending: true } : held))
}

/** Mark a step as waiting again after the server could not be reached; it is due at once. */
export function waitingAgain(queue: readonly Held[], stepId: string): Held[] {
  return queue.map((held) => (held.step.id === stepId ? { ...held, sending: false } : held))
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
    return Array.isArray(read) ? read.filter(isHeld).map((held) => ({ ...held, sending: false })) : []
  } catch {
    return []
  }
}

function isHeld(value: unknown): value is Held {
  const held = value as Held | null
  return !!held && typeof held.taskId === 'string' && typeof held.step?.id === 'string'
}
