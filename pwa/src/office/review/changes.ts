import type { Finding } from '../wire'

/** What of a finding matters to a decision, in the order in which it is told. */
const WATCHED = ['status', 'taskStatus', 'unitName', 'severity', 'dueOn', 'link', 'rung'] as const
export type Watched = (typeof WATCHED)[number]
export type Change = { field: Watched; from: string; to: string }

/** What another person changed between the finding that was decided on and the one that is there now. */
export function whatChanged(before: Finding, now: Finding): Change[] {
  return WATCHED.filter((field) => before[field] !== now[field]).map((field) => ({
    field,
    from: String(before[field]),
    to: String(now[field]),
  }))
}
