import type { Finding, Severity, TaskStep } from '../wire'
import { blocks, confirmStep, corrected, proposed, voidStep, type Correction } from './decision'

/** What is decided about many findings at once. */
export type BatchAction = 'confirm' | 'correct' | 'void'
/** Why a chosen finding is left out of it, as the end of a catalogue key. */
export type Left = 'decided' | 'onSpot' | 'running'
/** The fields that are set right for all of them; empty: each keeps its own. */
export type Change = { unitId: string; severity: Severity | ''; reason: string }

export const UNCHANGED: Change = { unitId: '', severity: '', reason: '' }

/**
 * Why one finding has to be decided for itself, or not at all; null where it goes with the others.
 * Who confirms what was closed on the spot countersigns the closing (R40): that is looked at one by one.
 */
export function leftOut(finding: Finding, action: BatchAction): Left | null {
  const needed = action === 'void' ? 'void' : 'confirm'
  if (!finding.actions.includes(needed)) return 'decided'
  if (action === 'void') return null
  if (finding.onSpot) return 'onSpot'
  return action === 'correct' && finding.taskStatus !== 'draft' ? 'running' : null
}

/** The chosen findings that an action takes along, and how many it leaves for which reason. */
export function sorted(findings: readonly Finding[], action: BatchAction): { taken: Finding[]; left: [Left, number][] } {
  const taken: Finding[] = []
  const left = new Map<Left, number>()
  for (const finding of findings) {
    const why = leftOut(finding, action)
    if (why) left.set(why, (left.get(why) ?? 0) + 1)
    else taken.push(finding)
  }
  return { taken, left: [...left] }
}

const correction = (finding: Finding, change: Change): Correction => ({
  ...proposed(finding),
  ...(change.unitId && { unitId: change.unitId }),
  ...(change.severity && { severity: change.severity }),
  reason: change.reason,
})

/** What stands in the way of a correction, as a catalogue key; null where nothing does. */
export function complaintOf(findings: readonly Finding[], change: Change, today: string): string | null {
  if (!change.unitId && !change.severity) return 'batch.block.nothing'
  return findings.map((finding) => blocks(finding, correction(finding, change), today)).find((key) => key) ?? null
}

/** One confirmation for each, with what was corrected; where nothing differs it is a plain one. */
export const confirmSteps = (findings: readonly Finding[], change: Change, nowMs: number): TaskStep[] =>
  findings.map((finding) => confirmStep(finding, correction(finding, change), nowMs))

/** One voiding for each, with the one reason. */
export const voidSteps = (findings: readonly Finding[], reason: string, nowMs: number): TaskStep[] =>
  findings.map((finding) => voidStep(finding, reason, nowMs))

/** How many of them a correction changes. */
export const changedCount = (findings: readonly Finding[], change: Change) =>
  findings.filter((finding) => corrected(finding, correction(finding, change)).length > 0).length
