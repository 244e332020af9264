import type { Me } from '@/api/types'

/** Inspectors plan their month; units and leaders begin with their tasks. */
export function tabsFor(me: Pick<Me, 'role'>): string[] {
  return inspects(me) ? ['month', 'tasks', 'outbox', 'mine'] : ['tasks', 'outbox', 'mine']
}

export function inspects(me: Pick<Me, 'role'>): boolean {
  return me.role === 'inspector' || me.role === 'supervisor' || me.role === 'office' || me.role === 'admin'
}

/** Leaders see their unit's standing; they change nothing here. */
export function onlyReads(me: Pick<Me, 'role'>): boolean {
  return me.role === 'unit_leader' || me.role === 'group_leader' || me.role === 'civility'
}
