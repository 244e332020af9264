import { ask } from '@/api/client'
import type { components } from '@/api/schema'
import type { Me } from '@/api/types'

type Schemas = components['schemas']
export type RoundRow = Schemas['RoundRow']
export type Round = Schemas['RoundOut']
export type Standing = Schemas['MaterialRow']['standing']

export const rounds = async () => (await ask<RoundRow[]>('GET', '/api/declaration-rounds')).data
export const round = async (id: string) => (await ask<Round>('GET', `/api/declaration-rounds/${id}`)).data

/** Standings in which it is the unit's turn. */
export const OWED: readonly Standing[] = ['missing', 'late', 'returned', 'paper', 'lacking']

/** Who hands in for a unit. */
export const handsIn = (person: Pick<Me, 'role'>) => ['liaison', 'data_officer', 'unit_leader'].includes(person.role)
