import { computed, shallowRef } from 'vue'
import { get } from '../data/api'
import { useOutbox } from '../review/outbox'
import type { Standing } from '../wire'
import { onPulse } from './pulse'

const standing = shallowRef<Standing | null>(null)

/** The district's numbers of this month, kept up to date while a page that shows them is open. */
export function useStanding() {
  const error = shallowRef<unknown>(null)
  async function read(): Promise<void> {
    try {
      standing.value = await get<Standing>('/api/overview')
      error.value = null
    } catch (failure) {
      error.value = failure
    }
  }
  onPulse(read)
  void read()
  return { standing, error, read }
}

/** Findings that wait for a decision, without those whose decision waits out its ten seconds. */
export const waiting = computed(() => {
  if (!standing.value) return null
  return Math.max(0, standing.value.drafts - useOutbox().queue.value.length)
})
