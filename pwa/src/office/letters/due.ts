import { workingDaysLeft } from '@/domain/working-days'
import { useDaysOff } from '../state/calendar'
import { today } from '../state/now'
import { daysLeftText } from '../state/words'
import type { LetterRow } from './wire'

/** A letter's limit as it counts now: the agreed day, else the first one. */
export const limitOf = (row: Pick<LetterRow, 'replyDueOn' | 'agreedUntilOn'>) => row.agreedUntilOn ?? row.replyDueOn

/** How a letter's limit stands, in working days; nothing where no answer is awaited any more. */
export function useLimitText() {
  const { isOff } = useDaysOff()
  return (row: LetterRow): string => {
    const until = limitOf(row)
    const runs = (row.state === 'issued' || row.state === 'sealed') && !row.closedAt && row.answered !== 'replied'
    if (!until || !runs) return ''
    return daysLeftText(workingDaysLeft(today(), until, isOff), row.overdue)
  }
}
