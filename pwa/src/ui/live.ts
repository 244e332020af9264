import { liveQuery } from 'dexie'
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'

/** The answer of a database query, kept up to date whoever writes, in this tab or another. */
export function useLive<T>(
  query: () => Promise<T> | T,
  initial: T,
  depends: () => unknown = () => null,
): ShallowRef<T> {
  const answer = shallowRef(initial) as ShallowRef<T>
  let stop = () => {}
  const start = () => {
    stop()
    const subscription = liveQuery(query).subscribe({
      next: (value) => (answer.value = value),
      // A lost connection comes back with the next write; what is on screen stays.
      error: () => window.setTimeout(start, 1000),
    })
    stop = () => subscription.unsubscribe()
  }
  watch(depends, start, { immediate: true })
  onScopeDispose(() => stop())
  return answer
}
