import type { components } from '@/api/schema'
import { Problem, Unreachable } from '@/api/problem'
import { locale } from '@/i18n'

export type ReplyPage = components['schemas']['ReplyPageOut']
export type ReplyTask = components['schemas']['ReplyTaskOut']
export type Teller = { name: string; post: string; phone: string }
export type StepBody = Omit<components['schemas']['ReplyStep'], 'toldBy'> & { toldBy: Teller }
export type MoveBody = Omit<components['schemas']['ReplyMove'], 'toldBy'> & { toldBy: Teller }

/**
 * What this page asks with. The code stands behind the # of the address: it never leaves in an address, only in this
 * header, which proxies keep out of their logs.
 */
export function headers(): Record<string, string> {
  return {
    Authorization: `Reply-Link ${location.hash.slice(1)}`,
    'X-CSRF': '1',
    'Accept-Language': locale.value,
  }
}

/** @throws Problem for a refusal, Unreachable where no answer came back. */
async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  let response: Response
  try {
    response = await fetch(`/api/reply${path}`, {
      method,
      headers: { ...headers(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      // Whoever is signed in on this browser has nothing to do with it.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    })
  } catch (error) {
    throw new Unreachable(String(error))
  }
  if (!response.ok) throw await Problem.from(response)
  return response
}

export const readPage = async () => (await (await ask('GET', '')).json()) as ReplyPage

export const sendStep = async (taskId: string, body: StepBody) => void (await ask('POST', `/tasks/${taskId}/actions`, body))

export const sendMove = async (body: MoveBody) => void (await ask('POST', '/moves', body))

export const thumbnail = async (sha256: string) => (await ask('GET', `/photos/${sha256}/thumbnail`)).blob()
