import createClient from 'openapi-fetch'
import { locale } from '@/i18n'
import type { paths } from './schema'
import { Problem, Unreachable } from './problem'

/** How far the server's clock is ahead of this device's, in milliseconds; null until an answer has been seen. */
export let serverAheadMs: number | null = null

const listeners = new Set<(aheadMs: number) => void>()

/** Be told what each answer says about this device's clock. */
export function onServerTime(listener: (aheadMs: number) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function noteServerTime(response: Response): void {
  const date = response.headers.get('Date')
  const at = date ? Date.parse(date) : Number.NaN
  if (Number.isNaN(at)) return
  serverAheadMs = at - Date.now()
  for (const listener of listeners) listener(serverAheadMs)
}

/** Headers that every request carries. */
export function ownHeaders(): Record<string, string> {
  return { 'X-CSRF': '1', 'Accept-Language': locale.value }
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH'
type Options = {
  query?: Record<string, unknown>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}
type Answer<T> = { status: number; data: T; headers: Headers }

const client = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? '',
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
})

/**
 * Ask the server. A file goes as it is, anything else as JSON. 304 is an answer (its `data` is undefined).
 * @throws Problem for a refusal, Unreachable where no answer came back.
 */
export async function ask<T>(method: Method, path: string, options: Options = {}): Promise<Answer<T>> {
  let result: { data?: unknown; error?: unknown; response: Response }
  try {
    const send = client[method] as unknown as (path: string, init: unknown) => Promise<typeof result>
    result = await send(path, {
      params: { query: options.query ?? {} },
      body: options.body,
      ...(options.body instanceof Blob && { bodySerializer: (file: Blob) => file }),
      headers: { ...ownHeaders(), ...options.headers },
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof SyntaxError) throw new Problem(502, 'not-json', '', '')
    throw new Unreachable(String(error))
  }
  const { response } = result
  noteServerTime(response)
  if (response.ok || response.status === 304)
    return { status: response.status, data: result.data as T, headers: response.headers }
  throw Problem.of(response.status, result.error, response.headers.get('Retry-After'))
}
