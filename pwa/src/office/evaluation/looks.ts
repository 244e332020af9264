import { t } from '@/i18n'
import type { Look } from '../parts/tags'
import type { Rating, Value, Verdict } from './wire'

const GOOD: Look = { tone: 'done', icon: 'check' }
const FAIR: Look = { tone: 'look', icon: 'dash' }
const BAD: Look = { tone: 'late', icon: 'late' }
const OPEN: Look = { tone: 'quiet', icon: 'clock' }

export const outcomeLook: Record<Verdict['outcome'], Look> = {
  met: GOOD, not_met: BAD, level_1: GOOD, level_2: FAIR, level_3: BAD, rising: GOOD, equal: FAIR, falling: BAD, no_comparison: OPEN, not_published: OPEN,
}
export const ratingLook: Record<Rating['rating'], Look> = { good: GOOD, fair: FAIR, poor: BAD }
export const eligibleLook = (eligible: boolean): Look => (eligible ? GOOD : BAD)
export const inTimeLook = (inTime: boolean | null): Look => (inTime === null ? OPEN : inTime ? GOOD : BAD)
export const inTimeText = (inTime: boolean | null) => t(`evaluation.inTime.${inTime === null ? 'open' : inTime ? 'yes' : 'no'}`)

const LIMITS: Partial<Record<Value['measure'], number>> = { insured_institutions: 95, health_staff: 0.83 }

/** From what a verdict was computed, in words; where the rounded figure reads like enough and is not, it says so. */
export function workingText(value: Value): string {
  const { exact, shown, outcome } = value.verdict
  if (value.state === 'not_published') return ''
  const limit = LIMITS[value.measure]
  const rounded = outcome === 'not_met' && limit !== undefined && Number(shown) >= limit ? t('evaluation.rounded') : ''
  return rounded + t(`evaluation.working.${value.measure}`, { ...exact, before: exact['before'] || '—', difference: exact['difference'] ?? '—', shown: shown ?? '' })
}

/** A part of a whole as a percentage to one decimal; a dash where there is no whole. */
export const shareText = (part: number, whole: number) => (whole ? `${((part / whole) * 100).toFixed(1)}%` : '—')
