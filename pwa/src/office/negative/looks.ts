import { t } from '@/i18n'
import type { Look } from '../parts/tags'
import type { ClauseOutcome, EventRow, EventState, Question } from './wire'

export const stateLook: Record<EventState, Look> = {
  lead: { tone: 'quiet', icon: 'dash' },
  verified: { tone: 'look', icon: 'search' },
  established: { tone: 'late', icon: 'late' },
  excluded: { tone: 'quiet', icon: 'void' },
}
export const levelLook: Record<EventRow['level'], Look> = {
  city: { tone: 'accent', icon: 'building' },
  district: { tone: 'plain', icon: 'pin' },
}
export const verdictLook: Record<ClauseOutcome['verdict'], Look> = {
  takes_effect: { tone: 'late', icon: 'late' },
  undecided: { tone: 'look', icon: 'help' },
  no_effect: { tone: 'quiet', icon: 'check' },
}

/** The answer to one question of a clause, in words. */
export function questionText(question: Question): string {
  const { kind, code, params } = question
  const places = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value ?? '—']))
  if (kind === 'status') {
    return t('negative.q.status', { ...places, wanted: t(`negative.status.${code}`), status: t(`negative.status.${params['status'] ?? 'unknown'}`) })
  }
  if (kind === 'evaluation') return t('negative.q.evaluation.none_ahead', { when: t(`negative.when.${params['when']}`) })
  return t(`negative.q.${kind}.${code}`, places)
}

/** When an event was: a day, or from a day until another or until now. */
export function whenText(event: Pick<EventRow, 'happenedOn' | 'fromOn' | 'untilOn'>): string {
  if (event.happenedOn) return event.happenedOn
  return t(event.untilOn ? 'negative.span' : 'negative.span.open', { from: event.fromOn ?? '', until: event.untilOn ?? '' })
}

export const evaluationText = (year: number, kind: string) => t(`negative.evaluation.${kind}`, { year })
