import { shallowRef, watch, type Ref } from 'vue'
import { onPulse } from './pulse'
import { useSending } from './use-sending'

/** One thing that lies open beside its list: read, kept up to date, and read anew where another one is opened. */
export function useOpened<T>(id: Ref<string>, fetch: (id: string) => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<unknown>(null)
  const { busy, failure, send } = useSending()

  async function read(): Promise<void> {
    const wanted = id.value
    try {
      const found = await fetch(wanted)
      if (wanted !== id.value) return
      data.value = found
      error.value = null
    } catch (problem) {
      if (wanted === id.value && !data.value) error.value = problem
    }
  }

  watch(id, () => {
    data.value = null
    error.value = null
    failure.value = null
    void read()
  }, { immediate: true })
  onPulse(read)
  return { data, error, failure, busy, read, send }
}
