import { onMounted, ref, shallowRef } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import { setSetting, setting } from '@/outbox/database'
import { askPassword, outboxStatus } from '@/outbox/status'
import { me } from '../session/session'

/** An answer of the server that is kept on this device: what was read last is shown at once, then read anew. */
export function useKeptRead<T>(name: string, fetch: () => Promise<T>) {
  const key = `kept:${me.value?.id ?? ''}:${name}`
  const data = shallowRef<T | null>(null)
  const failed = ref(false)

  function put(next: T): void {
    data.value = next
    void setSetting(key, next)
  }

  async function read(): Promise<void> {
    failed.value = false
    try {
      put(await fetch())
      outboxStatus.reachable = true
    } catch (error) {
      failed.value = true
      if (error instanceof Unreachable) outboxStatus.reachable = false
      else if (error instanceof Problem && error.status === 401) askPassword()
    }
  }

  onMounted(async () => {
    const kept = await setting<T>(key)
    if (kept && !data.value) data.value = kept
    await read()
  })
  return { data, failed, read, put }
}
