import { computed, ref, shallowRef, watch } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import { sendOnLeave, takeStep } from '../data/api'
import { me } from '../state/session'
import { follow, hold, parseQueue, ripe, sendingNow, undoable, waitingAgain, without, type Held } from './outgoing'

const AGAIN_MS = 3000

/** A decision that the server did not take, and why. */
export type Refused = { held: Held; problem: Problem }

const queue = shallowRef<Held[]>([])
const refused = shallowRef<Refused[]>([])
const sentIds = shallowRef<ReadonlySet<string>>(new Set())
const tick = ref(Date.now())
const stuck = ref(false)
let owner: string | null = null
let busy = false
let notBeforeMs = 0

const placeOf = (personId: string) => `xungai.office.held.${personId}`

// What was held when a page died belongs to the person who decided it, and to nobody else.
watch(me, (person) => {
  if (person?.id === owner) return
  owner = person?.id ?? null
  queue.value = owner ? parseQueue(localStorage.getItem(placeOf(owner))) : []
}, { immediate: true })

function put(next: Held[]): void {
  queue.value = next
  if (owner) localStorage.setItem(placeOf(owner), JSON.stringify(next))
}

async function send(held: Held): Promise<boolean> {
  put(sendingNow(queue.value, held.step.id))
  try {
    const taken = await takeStep(held.taskId, held.step)
    const rest = follow(without(queue.value, held.step.id), held, taken.version)
    sentIds.value = new Set([...sentIds.value, held.findingId, ...rest.settled.map((one) => one.findingId)])
    put(rest.queue)
    stuck.value = false
    return true
  } catch (error) {
    if (error instanceof Problem && error.status < 500 && error.status !== 429) {
      put(without(queue.value, held.step.id))
      refused.value = [...refused.value, { held, problem: error }]
      return true
    }
    stuck.value = error instanceof Unreachable || error instanceof Problem
    notBeforeMs = Date.now() + AGAIN_MS
    put(waitingAgain(queue.value, held.step.id))
    return false
  }
}

async function drain(everything: boolean): Promise<void> {
  if (busy) return
  busy = true
  try {
    for (;;) {
      const next = everything ? queue.value.find((held) => !held.sending) : ripe(queue.value, Date.now())[0]
      if (!next || !(await send(next))) return
    }
  } finally {
    busy = false
  }
}

setInterval(() => {
  if (queue.value.length === 0) return
  tick.value = Date.now()
  if (owner && tick.value >= notBeforeMs) void drain(false)
}, 250)

window.addEventListener('pagehide', () => {
  for (const held of queue.value) sendOnLeave(held.taskId, held.step)
})

/** The decisions that wait out their ten seconds, shared by all pages of the office. */
export function useOutbox() {
  return {
    queue,
    refused,
    sentIds,
    tick,
    stuck,
    heldIds: computed(() => new Set(queue.value.map((held) => held.findingId))),
    latest: computed(() => undoable(queue.value)),
    holdStep: (entry: Omit<Held, 'heldAtMs' | 'sending'>) => {
      tick.value = Date.now()
      put(hold(queue.value, { ...entry, heldAtMs: Date.now(), sending: false }))
    },
    takeBack: (): Held | null => {
      const last = undoable(queue.value)
      if (last) put(without(queue.value, last.step.id))
      return last
    },
    /** Send everything now: before a change of role or the end of the session. */
    flush: () => drain(true),
    dismiss: (findingId: string) => (refused.value = refused.value.filter((one) => one.held.findingId !== findingId)),
  }
}
