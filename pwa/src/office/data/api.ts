import { ask, ownHeaders } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Finding, Me, Page, PhotoReview, PhotoReviewIn, Role, Site, StepOnTask, StepsTaken, StepTaken, Task, TaskDetail, TaskStep, Unit } from '../wire'

export type Query = Record<string, string | number | boolean | undefined>
type Options = Parameters<typeof ask>[2]

let signInAgain: (() => Promise<void>) | null = null

/** How to wait for a person whose session has ended; the shell sets it. */
export function onSessionEnd(wait: () => Promise<void>): void {
  signInAgain = wait
}

/** Ask the server; where the session has ended, ask again once the person has signed in again in place. */
export async function officeAsk<T>(method: Parameters<typeof ask>[0], path: string, options: Options = {}): Promise<T> {
  try {
    return (await ask<T>(method, path, options)).data
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401 || !signInAgain) throw error
    await signInAgain()
    return (await ask<T>(method, path, options)).data
  }
}

export const get = <T>(path: string, query: Query = {}, signal?: AbortSignal) =>
  officeAsk<T>('GET', path, { query, signal })
export const putFile = <T = void>(path: string, file: File, type: string, query: Query = {}) =>
  officeAsk<T>('PUT', path, { query, body: file, headers: { 'Content-Type': type } })

export const findings = (query: Query, signal?: AbortSignal) => get<Page<Finding>>('/api/findings', query, signal)
export const finding = (id: string) => get<Finding>(`/api/findings/${id}`)
export const tasks = (query: Query, signal?: AbortSignal) => get<Page<Task>>('/api/tasks', query, signal)
export const task = (id: string) => get<TaskDetail>(`/api/tasks/${id}`)
export const takeStep = (taskId: string, step: TaskStep) =>
  officeAsk<StepTaken>('POST', `/api/tasks/${taskId}/actions`, { body: step })
export const takeSteps = async (steps: readonly StepOnTask[]) =>
  (await officeAsk<StepsTaken>('POST', '/api/steps', { body: { steps } })).outcomes
export const reviewPhoto = (useId: string, review: PhotoReviewIn) =>
  officeAsk<PhotoReview>('POST', `/api/photos/uses/${useId}/reviews`, { body: review })
export const units = () => get<Unit[]>('/api/units')
export const sites = () => get<Site[]>('/api/sites')
export const pulse = () => get<{ seq: number }>('/api/pulse')

export const whoAmI = async () => (await ask<Me>('GET', '/api/session')).data
export const signIn = async (login: string, password: string) =>
  (await ask<Me>('POST', '/api/session', { body: { login, password, device: navigator.userAgent.slice(0, 120), phone: false } })).data
export const signOut = () => ask<void>('DELETE', '/api/session')
export const chooseRole = (role: Role) => officeAsk<Me>('PATCH', '/api/session', { body: { role } })
export const changePassword = (current: string, next: string) =>
  ask<unknown>('POST', '/api/session/password', { body: { current, new: next } })

/** Send steps while the page is being left: nobody will read the answer, and the same ids may be sent again. */
export function sendOnLeave(steps: readonly StepOnTask[]): void {
  void fetch('/api/steps', {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { ...ownHeaders(), 'Content-Type': 'application/json' },
    body: JSON.stringify({ steps }),
  }).catch(() => undefined)
}

/** Where a photo's bytes are read: `thumbnail` ≤ 320 px, `screen` ≤ 1600 px, `original` as received. */
export const photoUrl = (sha256: string, kind: 'thumbnail' | 'screen' | 'original' | 'declaration' | 'stamped') =>
  `/api/photos/${sha256}/${kind}`
