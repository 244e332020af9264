import { get, officeAsk } from '../data/api'
import type { Kind } from './fields'
import type { EntryVersion } from './wire'

const PLACES: Record<Kind, string> = {
  value: 'values', honour: 'honours', rating: 'ratings', force: 'forces', complaint: 'complaints', score: 'scores',
}

export const enter = (kind: Kind, id: string, body: Record<string, unknown>) =>
  officeAsk<unknown>('PUT', `/api/evaluation/${PLACES[kind]}/${id}`, { body })
export const versions = (id: string) => get<EntryVersion[]>(`/api/evaluation/entries/${id}`)
