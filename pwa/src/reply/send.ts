import { ref } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import { closed, endSend, photosOf, plain, reachable, refresh, sends, takeBack } from './desk'
import { put, type Send } from './kept'
import { sendMove, sendStep, type MoveBody, type StepBody } from './wire'

const WAITS_MS = [3_000, 10_000, 30_000, 60_000]

export const sending = ref(false)
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined
let again = false

/** Send all that was handed in: the words first, their photos after. What cannot be sent now is tried again. */
export async function sendAll(): Promise<void> {
  if (sending.value) {
    again = true
    return
  }
  clearTimeout(timer)
  sending.value = true
  let owed = false
  try {
    for (const send of [...sends.values()].sort((a, b) => a.madeAt - b.madeAt)) owed = !(await sendOne(send)) || owed
  } finally {
    sending.value = false
  }
  failures = owed ? failures + 1 : 0
  if (again) {
    again = false
    return sendAll()
  }
  if (owed && !closed.value) timer = setTimeout(() => void sendAll(), WAITS_MS[Math.min(failures, WAITS_MS.length) - 1])
}

/** Whether a thing is done with: received with all its photos, or come back to be mended. */
async function sendOne(send: Send): Promise<boolean> {
  if (!send.taken) {
    try {
      if (send.form.startsWith('letter-')) await sendMove(send.body as MoveBody)
      else await sendStep(send.subject, send.body as StepBody)
    } catch (error) {
      return failed(send, error)
    }
    reachable.value = true
    const taken = sends.get(send.id)!
    taken.taken = true
    await put('sends', plain(taken))
    void refresh()
  }
  if (!(await sendPhotos(send))) return false
  await endSend(send)
  await refresh()
  return true
}

async function failed(send: Send, error: unknown): Promise<boolean> {
  if (error instanceof Unreachable) reachable.value = false
  if (!(error instanceof Problem)) return false
  if (error.status >= 500 || [408, 423, 425, 429].includes(error.status)) return false
  if (error.code === 'reply-link-closed') {
    closed.value = error
    return false
  }
  const places = error.errors.map((one) => one.message).join('；')
  await takeBack(send, places ? `${error.message} ${places}` : error.message)
  await refresh()
  return true
}

async function sendPhotos(send: Send): Promise<boolean> {
  for (const photo of photosOf(send.draftId).filter((one) => !one.sent && !one.refusal)) {
    // Not needed before the first photo goes out, so not fetched for the first screen.
    const { upload } = await import('./upload')
    const end = await upload(photo)
    if (end === 'later') return false
    photo.sent = end === 'received'
    await put('photos', plain(photo))
  }
  // A refused picture stays in sight, with its reason, until somebody takes it away.
  return !photosOf(send.draftId).some((one) => one.refusal)
}
