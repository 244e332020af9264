import { ref, shallowRef } from 'vue'
import { uuid7 } from '@/outbox/ids'

/** Saving a form: what was refused, and whether it is under way. */
export function useSaving() {
  const busy = ref(false)
  const failure = shallowRef<unknown>(null)
  let sent: { key: string; id: string } | null = null

  /** The same id for the same words, so that sending them again enters nothing twice. */
  function idFor(body: unknown): string {
    const key = JSON.stringify(body)
    if (sent?.key !== key) sent = { key, id: uuid7() }
    return sent.id
  }

  async function save(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = null
    try {
      await work()
    } catch (problem) {
      failure.value = problem
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, idFor, save }
}
