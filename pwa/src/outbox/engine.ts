import { connection, dataSaver, wayOf } from './data-saver'
import { db } from './database'
import { drainOnce } from './drain'
import { owesNow } from './owing'
import { outboxStatus } from './status'
import { tidy } from './tidy'

const TICK_MS = 5_000
const HIDDEN_MS = 60_000
const LOCK = 'xungai-outbox'

let person: string | null = null
let afterPass: () => void = () => {}
let started = false
let lastPassMs = 0

/** Drain for this person from now on: at once, when the network or the page comes back, and by a timer. */
export function startOutbox(personId: string): void {
  person = personId
  if (!started) {
    started = true
    window.addEventListener('online', () => void drain(true))
    connection()?.addEventListener('change', () => void drain())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void drain()
    })
    window.setInterval(tick, TICK_MS)
  }
  void drain(true)
}

/** Be told after each pass that had something to send: what the server knows has changed. */
export function onPass(listener: () => void): void {
  afterPass = listener
}

function tick(): void {
  if (document.visibilityState === 'visible' || Date.now() - lastPassMs > HIDDEN_MS) void drain()
}

export function stopOutbox(): void {
  person = null
}

/**
 * Send what is due; `force` does not wait for the back-off. One pass at a time on this device, whatever the
 * number of tabs: a pass under way in another tab is left to it.
 */
export async function drain(force = false): Promise<void> {
  const personId = person
  if (!personId || !navigator.onLine || outboxStatus.draining) return
  if (!force && outboxStatus.needsPassword) return
  if (!(await owes(personId))) return
  await alone(async () => {
    outboxStatus.draining = true
    lastPassMs = Date.now()
    try {
      await drainOnce({ personId, force })
      await tidy(personId)
    } finally {
      outboxStatus.draining = false
      afterPass()
    }
  })
}

async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work()
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work()
  })
}

/** Something of this person's has not ended yet, and does not wait for Wi-Fi. */
async function owes(personId: string): Promise<boolean> {
  const items = await db.outbox.where('personId').equals(personId).toArray()
  const photos = await db.photos.where('personId').equals(personId).toArray()
  return owesNow(items, photos, { saver: await dataSaver(), way: wayOf(connection()?.type) })
}
