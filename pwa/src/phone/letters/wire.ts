import { ask } from '@/api/client'
import type { components } from '@/api/schema'
import { uuid7 } from '@/outbox/ids'

type Wire = components['schemas']
export type Letter = Wire['LetterOut']
export type LetterRow = Wire['LetterRow']
export type MoveFields = Partial<Pick<Wire['LetterMove'], 'text' | 'measures' | 'signer' | 'reason' | 'approved'>>
export type Move = MoveFields & { id: string; action: Wire['LetterMove']['action']; version: number }

export const letters = async (query: Record<string, string | number>) =>
  (await ask<{ items: LetterRow[]; next: string | null }>('GET', '/api/letters', { query: { ...query, limit: 200 } })).data
    .items
export const letter = async (id: string) => (await ask<Letter>('GET', `/api/letters/${id}`)).data
const postMove = async (id: string, body: Move) =>
  (await ask<Letter>('POST', `/api/letters/${id}/moves`, { body })).data

/** Sends steps on one letter. The same step sent again after a lost answer is the same step. */
export function mover(letterId: string) {
  let pending: { key: string; body: Move } | null = null
  return async (action: Move['action'], version: number, fields: MoveFields): Promise<Letter> => {
    const key = JSON.stringify([action, fields])
    const { body } = pending?.key === key ? pending : (pending = { key, body: { ...fields, id: uuid7(), action, version } })
    try {
      const moved = await postMove(letterId, body)
      pending = null
      return moved
    } catch (error) {
      // What the server has read and refused is not sent again as it was.
      if (error instanceof Error && error.name === 'Problem') pending = null
      throw error
    }
  }
}
