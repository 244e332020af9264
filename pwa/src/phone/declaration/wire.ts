import { ask } from '@/api/client'
import type { components } from '@/api/schema'
import type { Me } from '@/api/types'
import { sender } from '@/outbox/ids'

type Schemas = components['schemas']
export type RoundRow = Schemas['RoundRow']
export type Round = Schemas['RoundOut']
export type Material = Schemas['MaterialOut']
export type Edition = Schemas['EditionOut']
export type PictureKind = Schemas['PictureOut']['kind']
export type EditionBody = Schemas['EditionIn']
export type Standing = Schemas['MaterialRow']['standing']

export const rounds = async () => (await ask<RoundRow[]>('GET', '/api/declaration-rounds')).data
export const round = async (id: string) => (await ask<Round>('GET', `/api/declaration-rounds/${id}`)).data

export const material = async (id: string) => (await ask<Material>('GET', `/api/declaration-materials/${id}`)).data
export const pictureUrl = (material: string, sha256: string) => `/api/declaration-materials/${material}/pictures/${sha256}`
export const materialSender = (material: string) =>
  sender<EditionBody>((id, body) => ask('PUT', `/api/declaration-materials/${material}/editions/${id}`, { body }))

/** Standings in which it is the unit's turn. */
export const OWED: readonly Standing[] = ['missing', 'late', 'returned', 'paper', 'lacking']

/** Who hands in for a unit. */
export const handsIn = (person: Pick<Me, 'role'>) => ['liaison', 'data_officer', 'unit_leader'].includes(person.role)
