import { workingDaysLeft } from '@/domain/working-days'
import type { LetterRow } from './wire'

export type Calendar = { daysOff: string[]; daysWorked: string[] }

/** A letter's limit as it counts now: the agreed day, else the first one. */
export const limitOf = (row: Pick<LetterRow, 'replyDueOn' | 'agreedUntilOn'>) => row.agreedUntilOn ?? row.replyDueOn

/** Whether somebody here still has to act on it: the unit answers, the leader decides. */
export function isWaiting(row: Pick<LetterRow, 'actions' | 'answered'>): boolean {
  return row.actions.includes('decide') || (row.actions.includes('reply') && row.answered !== 'replied')
}

/** What waits comes first, nearest limit first; then the rest, newest first. */
export function inOrder(rows: LetterRow[]): LetterRow[] {
  const limit = (row: LetterRow) => limitOf(row) ?? '9999'
  return [...rows].sort((a, b) => {
    if (isWaiting(a) !== isWaiting(b)) return isWaiting(a) ? -1 : 1
    if (isWaiting(a)) return limit(a).localeCompare(limit(b)) || a.createdAt.localeCompare(b.createdAt)
    return b.createdAt.localeCompare(a.createdAt)
  })
}

/** Working days until a letter's limit, null where it has none. Without a calendar weekends are off. */
export function daysLeft(row: LetterRow, today: string, calendar: Calendar | null): number | null {
  const until = limitOf(row)
  if (!until) return null
  const off = new Set(calendar?.daysOff)
  const worked = new Set(calendar?.daysWorked)
  return workingDaysLeft(today, until, (on) => {
    const day = new Date(`${on}T00:00:00Z`).getUTCDay()
    return off.has(on) || ((day === 0 || day === 6) && !worked.has(on))
  })
}

export type MovePage = 'reply' | 'time' | 'decide'
export type Ask = { field: 'text' | 'measures' | 'signer' | 'reason'; required: boolean; line?: boolean }

export const ACTIONS = { reply: 'reply', time: 'ask_for_time', decide: 'decide' } as const
export const ASKS: Record<MovePage, Ask[]> = {
  reply: [
    { field: 'text', required: true },
    { field: 'measures', required: false },
    { field: 'signer', required: true, line: true },
  ],
  time: [{ field: 'reason', required: true }],
  decide: [{ field: 'reason', required: false }],
}

/** Nothing that the step needs is missing. A decision also says yes or no. */
export function moveReady(page: MovePage, fields: Record<string, string>): boolean {
  const decided = page !== 'decide' || fields['approved'] === 'yes' || fields['approved'] === 'no'
  return decided && ASKS[page].every((one) => !one.required || Boolean(fields[one.field]?.trim()))
}
