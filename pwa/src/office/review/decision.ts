import { uuid7 } from '@/outbox/ids'
import { shanghaiInstant } from '@/ui/time'
import type { Finding, Severity, TaskStep } from '../wire'

/** What the reviewer sets right before confirming. */
export type Correction = {
  unitId: string
  severity: Severity
  dueOn: string
  reason: string
  /** What the inspector closed on the spot is to be put right all the same (R40). */
  refusesOnSpot: boolean
}

export const proposed = (finding: Finding): Correction => ({
  unitId: finding.unitId,
  severity: finding.severity,
  dueOn: finding.dueOn,
  reason: '',
  refusesOnSpot: false,
})

/** The fields in which a correction differs from what the rules propose. */
export function corrected(finding: Finding, correction: Correction): (keyof Correction)[] {
  return (['unitId', 'severity', 'dueOn'] as const).filter((field) => correction[field] !== finding[field])
}

/** What stands in the way of confirming, as a catalogue key; null where nothing does. A correction needs its reason (R41). */
export function blocks(finding: Finding, correction: Correction, today: string): string | null {
  const changed = corrected(finding, correction)
  if (!correction.unitId) return 'review.block.unit'
  if (!/^\d{4}-\d{2}-\d{2}$/.test(correction.dueOn)) return 'review.block.date'
  if (changed.includes('dueOn') && correction.dueOn < today) return 'review.block.past'
  if (changed.length > 0 && !correction.reason.trim()) return 'review.block.reason'
  if (correction.refusesOnSpot && !correction.reason.trim()) return 'review.block.onSpot'
  return null
}

const stepOn = (finding: Finding, nowMs: number) => ({
  id: uuid7(nowMs),
  at: shanghaiInstant(nowMs),
  version: finding.taskVersion,
  findingId: finding.id,
})

/** The confirmation, with only what was corrected. */
export function confirmStep(finding: Finding, correction: Correction, nowMs: number): TaskStep {
  const step: TaskStep = { ...stepOn(finding, nowMs), action: 'confirm' }
  const changed = corrected(finding, correction)
  if (changed.includes('unitId')) step.unitId = correction.unitId
  if (changed.includes('severity')) step.severity = correction.severity
  if (changed.includes('dueOn')) step.dueOn = correction.dueOn
  if (correction.refusesOnSpot) step.onSpot = 'refuse'
  if (changed.length > 0 || correction.refusesOnSpot) step.reason = correction.reason.trim()
  return step
}

/** The voiding of this one finding. */
export function voidStep(finding: Finding, reason: string, nowMs: number): TaskStep {
  return { ...stepOn(finding, nowMs), action: 'void', reason: reason.trim() }
}
