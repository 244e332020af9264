import { ask } from './client'
import type { components } from './schema'
import type {
  ActionBody,
  ActionReceipt,
  InspectionBody,
  InspectionReceipt,
  InspectionState,
  Me,
  PhonePack,
  Recheck,
  RecheckBody,
  TaskDetail,
} from './types'

type InspectionIn = components['schemas']['InspectionIn']

export const signIn = async (login: string, password: string, device: string, phone: boolean) =>
  (await ask<Me>('POST', '/api/session', { body: { login, password, device, phone } })).data

export const whoAmI = async () => (await ask<Me>('GET', '/api/session')).data

export const signOut = () => ask<void>('DELETE', '/api/session')

export const changePassword = (current: string, next: string) =>
  ask<unknown>('POST', '/api/session/password', { body: { current, new: next } })

/** A month's pack; null where the one under `etag` is still good. */
export async function phonePack(
  month: string,
  etag: string | null,
): Promise<{ pack: PhonePack; etag: string | null } | null> {
  const headers: Record<string, string> = etag ? { 'If-None-Match': etag } : {}
  const answer = await ask<PhonePack>('GET', '/api/phone', { query: { month }, headers })
  return answer.status === 304 || !answer.data ? null : { pack: answer.data, etag: answer.headers.get('ETag') }
}

const authored = (author: string, deviceTime: string) => ({ 'X-Author': author, 'X-Device-Time': deviceTime })

export const putInspection = async (id: string, body: InspectionBody, author: string, deviceTime: string) =>
  (
    await ask<InspectionReceipt>('PUT', `/api/inspections/${id}`, {
      body: body satisfies InspectionIn,
      headers: authored(author, deviceTime),
    })
  ).data

export const inspectionState = async (id: string) => (await ask<InspectionState>('GET', `/api/inspections/${id}`)).data

export const postAction = async (taskId: string, body: ActionBody, author: string, deviceTime: string) =>
  (await ask<ActionReceipt>('POST', `/api/tasks/${taskId}/actions`, { body, headers: authored(author, deviceTime) }))
    .data

export const putRecheck = async (id: string, body: RecheckBody, author: string, deviceTime: string) =>
  (await ask<Recheck>('PUT', `/api/rechecks/${id}`, { body, headers: authored(author, deviceTime) })).data

export const taskDetail = async (id: string) => (await ask<TaskDetail>('GET', `/api/tasks/${id}`)).data

export const knownPhotos = async (hashes: string[]) =>
  (await ask<{ known: string[]; wanted: string[] }>('POST', '/api/photos/known', { body: { hashes } })).data
