import type { AssignmentProposal, Proposals, Proposed } from './wire'

/** Every letter that is proposed today, the highest rung first: what has waited longest is read first. */
export function proposedOf(proposals: Proposals): Proposed[] {
  return [
    ...proposals.reports.map((of) => ({ kind: 'approval' as const, key: `approval:${of.letterId}`, of })),
    ...proposals.supervisions.map((of) => ({ kind: 'supervision' as const, key: `supervision:${of.letterId}`, of })),
    ...proposals.assignments.map((of) => ({ kind: 'assignment' as const, key: `assignment:${of.unitId}`, of })),
  ]
}

const LONGEST = 60

/** What a 交办函 could be named after, "关于…的交办函": the one site, or the first of several. Official language: Chinese. */
export function subjectOf(tasks: AssignmentProposal['tasks']): string {
  const sites = [...new Set(tasks.map((task) => task.siteName))]
  const subject = sites.length > 1 ? `整改${sites[0]}等${sites.length}个点位存在问题` : `整改${sites[0] ?? ''}存在问题`
  return subject.slice(0, LONGEST)
}
