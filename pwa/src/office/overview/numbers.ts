import type { RouteLocationRaw } from 'vue-router'
import type { Standing } from '../wire'
import { STANDING } from '../tasks/views'

export type StandingNumber = {
  key: string
  value: string
  params: Record<string, number>
  tone: 'plain' | 'late' | 'look'
  to: RouteLocationRaw
}

/** The five numbers that answer "how do we stand", each with the way to its rows. */
export function numbersOf(standing: Standing): StandingNumber[] {
  const { planned, done, month } = standing
  const percent = planned > 0 ? `${Math.floor((done / planned) * 100)}%` : '—'
  const tasks = (query: Record<string, string>) => ({ name: 'tasks', query })
  return [
    { key: 'coverage', value: percent, params: { done, planned }, tone: 'plain', to: { name: 'inspections', query: { month, gotIn: 'true' } } },
    { key: 'open', value: String(standing.open), params: { findings: standing.findings }, tone: 'plain', to: tasks({ status: 'open' }) },
    { key: 'overdue', value: String(standing.overdue), params: {}, tone: standing.overdue ? 'late' : 'plain', to: tasks({ overdue: 'true' }) },
    { key: 'replied', value: String(standing.replied), params: {}, tone: standing.replied ? 'look' : 'plain', to: tasks({ status: 'replied' }) },
    { key: 'relapses', value: String(standing.relapses), params: {}, tone: standing.relapses ? 'look' : 'plain', to: tasks({ status: STANDING, relapse: 'true' }) },
  ]
}

/** Where each thing of today is done. */
export function placeOf(kind: string): RouteLocationRaw {
  switch (kind) {
    case 'review':
      return { name: 'review' }
    case 'recheck':
      return { name: 'tasks', query: { status: 'replied' } }
    case 'overdue':
      return { name: 'tasks', query: { overdue: 'true' } }
    default:
      return { name: 'tasks' }
  }
}
