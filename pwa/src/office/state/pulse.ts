import { onScopeDispose, ref } from 'vue'
import { Unreachable } from '@/api/problem'
import { pulse } from '../data/api'

const EVERY_MS = 3000

/** Whether the last question to the server came back. */
export const reachable = ref(true)

type Listener = () => void | Promise<void>
const listeners = new Set<Listener>()
let last: number | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let running = false

/** Be told, while this component lives, that something in the district has changed. */
export function onPulse(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

async function beat(): Promise<void> {
  try {
    const { seq } = await pulse()
    reachable.value = true
    if (last !== null && seq !== last) await Promise.allSettled([...listeners].map((listener) => listener()))
    last = seq
  } catch (error) {
    if (error instanceof Unreachable) reachable.value = false
  }
}

async function loop(): Promise<void> {
  if (!document.hidden) await beat()
  if (running) timer = setTimeout(() => void loop(), EVERY_MS)
}

function wake(): void {
  if (document.hidden || !running) return
  clearTimeout(timer)
  void loop()
}

/** Ask every three seconds whether there is news, while the page is looked at. */
export function startPulse(): void {
  if (running) return
  running = true
  document.addEventListener('visibilitychange', wake)
  void loop()
}

/** Stop asking: nobody is signed in. */
export function stopPulse(): void {
  running = false
  last = null
  clearTimeout(timer)
  document.removeEventListener('visibilitychange', wake)
}
