import type { RouteLocationRaw } from 'vue-router'
import { STANDING as STANDING_FINDINGS } from '../review/queue'
import { STANDING as STANDING_TASKS } from '../tasks/views'

/** The span that figures were counted over, and the unit where they are of one. */
export type Counted = { first: string; last: string; unit?: string }

const query = ({ first, last, unit }: Counted, more: Record<string, string>) => ({ first, last, ...(unit && { unit }), ...more })

/** The rows behind a figure: exactly those that were counted. */
export const rowsOf = {
  findings: (counted: Counted, more: Record<string, string> = {}): RouteLocationRaw => ({ name: 'review', query: query(counted, { status: STANDING_FINDINGS, ...more }) }),
  closed: (counted: Counted, more: Record<string, string> = {}): RouteLocationRaw => ({ name: 'tasks', query: query(counted, { status: 'closed', dated: 'closed', ...more }) }),
  onTime: (counted: Counted): RouteLocationRaw => rowsOf.closed(counted, { onTime: 'true' }),
  relapses: (counted: Counted): RouteLocationRaw => ({ name: 'tasks', query: query(counted, { status: STANDING_TASKS, relapse: 'true', dated: 'created' }) }),
  inspections: ({ first, last }: Counted): RouteLocationRaw => ({ name: 'inspections', query: { first, last, gotIn: 'true' } }),
}
