import type { Me } from '@/api/types'
import { me } from '../session/session'
import { useKeptRead } from './kept-read'
import { letters } from './wire'

/** Who has letters on the phone: units that receive them, and the group leader who decides. */
export function hasLetters(person: Pick<Me, 'role'>): boolean {
  return ['liaison', 'data_officer', 'unit_leader', 'group_leader'].includes(person.role)
}

/** The letters of this person's unit; for the group leader the sheets that ask for a decision. */
export const useLetters = () =>
  useKeptRead('letters', () => letters(me.value?.role === 'group_leader' ? { kind: 'approval' } : {}))
