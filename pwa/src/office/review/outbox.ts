import { computed, ref, shallowRef, watch } from 'vue'
import { Problem } from '@/api/problem'
import { sendOnLeave, takeSteps } from '../data/api'
import { me } from '../state/session'
import type { StepOutcome } from '../wire'
import { follow, hold, marked, parseQueue, ripe, together, undoable, without, type Held } from './outgoing'

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

async function send(list: readonly Held[]): Promise<boolean> {
  put(marked(queue.value, list, true))
  try {
    const outcomes = await takeSteps(list.map(({ taskId, step }) => ({ taskId, step })))
    for (const outcome of outcomes) settle(list.find((held) => held.step.id === outcome.id)!, outcome)
  } catch (error) {
    if (error instanceof Problem && isFinal(error)) list.forEach((held) => refuse(held, error))
  }
  // Whatever has no answer yet waits again.
  const left = list.filter((held) => queue.value.some((other) => other.step.id === held.step.id))
  put(marked(queue.value, left, false))
  stuck.value = left.length > 0
  if (stuck.value) notBeforeMs = Date.now() + AGAIN_MS
  return !stuck.value
}

const isFinal = (problem: Problem) => problem.status < 500 && problem.status !== 429

function refuse(held: Held, problem: Problem): void {
  put(without(queue.value, [held]))
  refused.value = [...refused.value, { held, problem }]
}

function settle(held: Held, outcome: StepOutcome): void {
  if (outcome.taken) {
    const rest = follow(without(queue.value, [held]), held, outcome.taken.version)
    sentIds.value = new Set([...sentIds.value, held.findingId, ...rest.settled.map((one) => one.findingId)])
    put(rest.queue)
  } else if (outcome.problem) {
    const problem = Problem.of(outcome.problem.status, outcome.problem)
    if (isFinal(problem)) refuse(held, problem)
  }
}

async function drain(everything: boolean): Promise<void> {
  if (busy) return
  busy = true
  try {
    for (;;) {
      const due = everything ? queue.value.filter((held) => !held.sending) : ripe(queue.value, Date.now())
      const list = together(queue.value, due)
      if (!list.length || !(await send(list))) return
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
  const list = together([], queue.value)
  if (list.length) sendOnLeave(list.map(({ taskId, step }) => ({ taskId, step })))
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
    /** Hold what was decided together: it leaves together, unless it is taken back. */
    holdSteps: (entries: readonly Omit<Held, 'heldAtMs' | 'sending' | 'batch'>[]) => {
      tick.value = Date.now()
      const batch = entries[0]!.step.id
      put(hold(queue.value, entries.map((entry) => ({ ...entry, heldAtMs: tick.value, sending: false, batch }))))
    },
    takeBack: (): Held[] => {
      const last = undoable(queue.value)
      if (last.length) put(without(queue.value, last))
      return last
    },
    /** Send everything now: before a change of role or the end of the session. */
    flush: () => drain(true),
    dismiss: (findingId: string) => (refused.value = refused.value.filter((one) => one.held.findingId !== findingId)),
  }
}
