import type { Recheck, RecheckTask } from '@/api/types'
import type { OutboxItem } from '@/outbox/database'

/**
 * Where one task of a re-check stands: it waits; its result was handed in here (`kept`), or is with the server and
 * not in this phone's data yet (`sent`); the server did not take it (`trouble`); or what came of it.
 */
export type TaskStanding = 'waiting' | 'kept' | 'sent' | 'trouble' | NonNullable<RecheckTask['outcome']>

export const VERDICTS = ['strike_off', 'return', 'not_seen'] as const
export type Verdict = (typeof VERDICTS)[number]

const STANDINGS: Record<OutboxItem['state'], TaskStanding> = {
  waiting: 'kept',
  sending: 'kept',
  received: 'sent',
  declined: 'trouble',
  stuck: 'trouble',
}

/** What the server says goes before what this phone remembers of its own. */
export function standingOf(recheckId: string, one: RecheckTask, items: OutboxItem[]): TaskStanding {
  if (one.outcome) return one.outcome
  const own = items.findLast((item) => item.recheckId === recheckId && item.taskId === one.taskId)
  return own ? STANDINGS[own.state] : 'waiting'
}

export type RecheckLine = { recheck: Recheck; seen: number; all: number; ended: boolean }

/** One line a re-check: how many of its tasks were seen to, on this phone or elsewhere. */
export function lineOf(recheck: Recheck, items: OutboxItem[]): RecheckLine {
  const seen = recheck.tasks.filter((one) => standingOf(recheck.id, one, items) !== 'waiting').length
  return { recheck, seen, all: recheck.tasks.length, ended: seen === recheck.tasks.length }
}

/** What is to be done first, by day; what has ended last. */
export function inOrder(lines: RecheckLine[]): RecheckLine[] {
  return [...lines].sort(
    (a, b) => Number(a.ended) - Number(b.ended) || a.recheck.plannedOn.localeCompare(b.recheck.plannedOn),
  )
}

/** The fields that a verdict takes along, filled in. */
export function fieldsOf(verdict: Verdict, fields: Record<string, string>): Record<string, string> {
  const names = { strike_off: ['note'], return: ['reason', 'dueOn'], not_seen: ['reason'] }[verdict]
  return Object.fromEntries(names.flatMap((name) => (fields[name]?.trim() ? [[name, fields[name].trim()]] : [])))
}

/** What is still missing before a verdict may be handed in, or null. */
export function lackOf(
  verdict: Verdict | null,
  fields: Record<string, string>,
  photoCount: number,
): 'verdict' | 'photo' | 'note' | 'reason' | null {
  if (!verdict) return 'verdict'
  if (verdict === 'strike_off') return photoCount ? (fields['note']?.trim() ? null : 'note') : 'photo'
  return fields['reason']?.trim() ? null : 'reason'
}
