import { ref, shallowRef } from 'vue'
import { sameId } from '@/outbox/ids'

/** Sending something once at a time: whether it is under way, and why it failed. */
export function useSending() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  const idFor = sameId()

  /** Do it unless something is under way; true where the server did it. */
  async function send(what: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    failure.value = null
    try {
      await what()
      return true
    } catch (problem) {
      failure.value = problem
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, failure, idFor, send }
}
