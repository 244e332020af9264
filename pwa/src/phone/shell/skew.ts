import { ref } from 'vue'
import { onServerTime } from '@/api/client'

/** How far the server's clock is ahead of this phone's, in seconds, by the last answer. */
export const serverAheadS = ref(0)

onServerTime((aheadMs) => (serverAheadS.value = Math.round(aheadMs / 1000)))
