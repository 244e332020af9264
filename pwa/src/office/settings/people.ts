import { today } from '../state/now'
import type { Unit } from '../wire'

export const ROLES = ['unit_leader', 'liaison', 'data_officer', 'inspector', 'supervisor', 'office', 'group_leader', 'civility', 'admin'] as const
export const UNIT_KINDS = ['lead', 'member', 'street', 'office', 'external', 'institution'] as const
export type RoleName = (typeof ROLES)[number]
export type PostDraft = { unitId: string; role: RoleName | ''; validFrom: string }

const OF_THE_GROUP = ['lead', 'member', 'street']
const OF_A_UNIT: string[] = ['unit_leader', 'liaison', 'data_officer']

/** A post that is still to be filled in. */
export const emptyPost = (): PostDraft => ({ unitId: '', role: '', validFrom: today() })
export const isWhole = (post: PostDraft): boolean => Boolean(post.unitId && post.role && post.validFrom)

/** Whether a unit has ended by a day (R3). */
export const hasEnded = (unit: Unit, on: string): boolean => unit.memberUntil !== null && unit.memberUntil < on

/** The units that have such a post, as the server sees it (R2, R6). */
export function unitsFor(role: RoleName | '', units: Unit[], on: string): Unit[] {
  const there = units.filter((unit) => !hasEnded(unit, on))
  if (OF_A_UNIT.includes(role)) return there.filter((unit) => OF_THE_GROUP.includes(unit.kind))
  if (role === 'office') return there.filter((unit) => unit.kind === 'office')
  if (role === 'civility') return there.filter((unit) => unit.kind === 'external')
  return there
}
