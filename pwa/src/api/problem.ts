export type FieldError = { pointer: string; code: string; message: string }

/** What the server refused, in the reader's language (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem'

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
    readonly retryAfterS: number | null = null,
  ) {
    super(sentence(title, detail) || code)
  }

  static async from(response: Response, body?: unknown): Promise<Problem> {
    const parsed = body ?? (await readJson(response))
    return Problem.of(response.status, parsed, response.headers.get('Retry-After'))
  }

  static of(status: number, body: unknown, retryAfter: string | null = null): Problem {
    const given = isRecord(body) ? body : {}
    const text = (key: string) => (typeof given[key] === 'string' ? (given[key] as string) : '')
    const code = text('type').split('/').pop() || `http-${status}`
    const errors = Array.isArray(given['errors']) ? (given['errors'] as FieldError[]) : []
    const seconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null
    return new Problem(status, code, text('title'), text('detail'), errors, seconds)
  }
}

/** The request never reached the server, or its answer never reached us: nothing is known, so send again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** What is wrong, then what is safe and what to do. */
export function sentence(title: string, detail: string): string {
  if (!title || !detail) return title || detail
  const end = /[\u4e00-\u9fff]$/.test(title) ? '。' : '. '
  return /[.。！!?？]$/.test(title) ? `${title} ${detail}` : `${title}${end}${detail}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}
