import { uuid7 } from '@/outbox/ids'
import type { Plan, PlanBody } from './wire'

export type Step = { id: string; indicatorCode: string; content: string; dueOn: string; demand: string }
export type PlanDraft = {
  deployedBy: 'meeting' | 'notice'
  deployedOn: string
  deployment: string
  persons: Record<string, string>
  steps: Step[]
  correction: string
}

export const newStep = (indicatorCode: string): Step => ({ id: uuid7(), indicatorCode, content: '', dueOn: '', demand: '' })

/** What the form begins with: the plan that is there, with its steps under their own ids, or nothing. */
export function draftOf(plan: Plan | null, today: string): PlanDraft {
  if (!plan) return { deployedBy: 'meeting', deployedOn: today, deployment: '', persons: {}, steps: [], correction: '' }
  return {
    deployedBy: plan.deployedBy,
    deployedOn: plan.deployedOn,
    deployment: plan.deployment,
    persons: Object.fromEntries(plan.persons.map((one) => [one.indicatorCode, one.name])),
    steps: plan.milestones.map(({ id, indicatorCode, content, dueOn, demand }) => ({ id, indicatorCode, content, dueOn, demand })),
    correction: '',
  }
}

/** Whether it can be handed in: a deployment, dated steps, and a reason where it corrects an earlier one. */
export const isPlanReady = (draft: PlanDraft, corrects: boolean) =>
  draft.deployment.trim() !== '' && draft.deployedOn !== '' && draft.steps.length > 0 &&
  draft.steps.every((step) => step.content.trim() && step.dueOn && step.indicatorCode) && (!corrects || draft.correction.trim() !== '')

export const planBody = (draft: PlanDraft, year: number): PlanBody => ({
  year,
  deployedBy: draft.deployedBy,
  deployedOn: draft.deployedOn,
  deployment: draft.deployment.trim(),
  persons: Object.entries(draft.persons).filter(([, name]) => name.trim()).map(([indicatorCode, name]) => ({ indicatorCode, name: name.trim() })),
  milestones: draft.steps.map((step) => ({ ...step, content: step.content.trim(), demand: step.demand.trim() })),
  correction: draft.correction.trim(),
})
