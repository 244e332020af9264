import { computed, onScopeDispose, ref } from 'vue'
import { connection, dataSaver, letGo, wayOf, type DataSaver, type Way } from '@/outbox/data-saver'
import { drain } from '@/outbox/engine'
import { useLive } from '@/ui/live'
import { shanghaiInstant } from '@/ui/time'

/** What was chosen about Wi-Fi, and what the line is now as far as the browser tells; kept up to date. */
export function useSaver() {
  const saver = useLive<DataSaver>(dataSaver, { on: false, letGoAt: null })
  const way = ref<Way>(wayOf(connection()?.type))
  const look = () => (way.value = wayOf(connection()?.type))
  connection()?.addEventListener('change', look)
  onScopeDispose(() => connection()?.removeEventListener('change', look))
  return { saver, way, rule: computed(() => ({ saver: saver.value, way: way.value })) }
}

/** What waits for Wi-Fi goes now, by whatever line there is. */
export async function sendHeldNow(): Promise<void> {
  await letGo(shanghaiInstant(Date.now()))
  await drain(true)
}
