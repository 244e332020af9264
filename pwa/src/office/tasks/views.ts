import { askedFor, type FilterSpec } from '../state/filters'
import type { Task } from '../wire'

export const LIVE = 'open,replied'
/** Tasks that stand: all but the void ones. */
export const STANDING = 'draft,open,replied,closed'

/** Origins of a task that no inspection found. */
export const ASSIGNED = ['superior', 'leader', 'office', 'complaint', 'meeting', 'ledger'] as const

export const taskFilters = {
  status: { values: [LIVE, STANDING, 'draft', 'open', 'replied', 'closed', 'void'], initial: LIVE },
  unit: {},
  severity: { values: ['minor', 'major', 'severe'] },
  site: {},
  month: {},
  origin: { values: ['inspection', ...ASSIGNED] },
  overdue: { values: ['true'] },
  relapse: { values: ['true'] },
  q: {},
  first: {},
  last: {},
  dated: { values: ['closed', 'created'] },
  item: {},
  onTime: { values: ['true'] },
  sort: { values: ['dueOn', '-dueOn', '-createdAt', 'createdAt'], initial: 'dueOn' },
} satisfies FilterSpec

/** Saved views: what the office asks every day. */
export const VIEWS = [
  { key: 'live', status: LIVE, overdue: '', relapse: '' },
  { key: 'late', status: LIVE, overdue: 'true', relapse: '' },
  { key: 'check', status: 'replied', overdue: '', relapse: '' },
  { key: 'relapse', status: LIVE, overdue: '', relapse: 'true' },
  { key: 'closed', status: 'closed', overdue: '', relapse: '' },
  { key: 'all', status: '', overdue: '', relapse: '' },
] as const

type Chosen = { status: string; overdue: string; relapse: string }

/** The saved view that these filters are, if they are one. */
export function viewOf(filters: Chosen): string | null {
  const same = VIEWS.find(
    (view) => view.status === filters.status && view.overdue === filters.overdue && view.relapse === filters.relapse,
  )
  return same?.key ?? null
}

/** The order of a list: whether `a` stands before `b`. */
export function taskOrder(sort: string): (a: Task, b: Task) => boolean {
  const name = sort.endsWith('createdAt') ? 'createdAt' : 'dueOn'
  const falling = sort.startsWith('-')
  return (a, b) => {
    const rises = a[name] === b[name] ? a.id < b.id : a[name] < b[name]
    return rises !== falling
  }
}

/** Where the ledger of a list with these filters is downloaded. */
export function ledgerUrl(filters: Record<string, string>): string {
  const query = new URLSearchParams(askedFor(filters)).toString()
  return query ? `/api/ledger.xlsx?${query}` : '/api/ledger.xlsx'
}
