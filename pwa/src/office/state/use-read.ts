import { shallowRef } from 'vue'
import { get } from '../data/api'

/** One answer of the server that a page shows whole: read now, and again when asked. */
export function useRead<T>(path: () => string) {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)
  async function read(): Promise<void> {
    const asked = path()
    error.value = null
    try {
      const answer = await get<T>(asked)
      if (asked === path()) data.value = answer
    } catch (problem) {
      if (asked === path()) error.value = problem
    }
  }
  void read()
  return { data, error, read }
}
