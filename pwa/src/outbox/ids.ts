/** A new UUIDv7: sorts by the time it was made, minted here so that nothing waits for the network. */
export function uuid7(nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let ms = nowMs
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256
    ms = Math.floor(ms / 256)
  }
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Gives the same id for the same words, so that sending them again after a lost answer enters nothing twice. */
export function sameId(): (body: unknown) => string {
  let sent: { key: string; id: string } | null = null
  return (body) => {
    const key = JSON.stringify(body)
    if (sent?.key !== key) sent = { key, id: uuid7() }
    return sent.id
  }
}

/** Sends under an id of its own; the same words again are the same thing. */
export function sender<T>(send: (id: string, body: T) => Promise<unknown>): (body: T) => Promise<void> {
  const idFor = sameId()
  return async (body) => void (await send(idFor(body), body))
}

/** SHA-256 of bytes in lower-case hexadecimal. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
