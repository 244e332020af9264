import { computed, ref } from 'vue'
import { outboxStatus } from '@/outbox/status'

const connected = ref(typeof navigator === 'undefined' ? true : navigator.onLine)
if (typeof window !== 'undefined') {
  window.addEventListener('online', () => (connected.value = true))
  window.addEventListener('offline', () => (connected.value = false))
}

/** The server can be reached, as far as the last attempt says. */
export const online = computed(() => connected.value && outboxStatus.reachable)
