import { ref } from 'vue'
import { serverAheadMs } from '@/api/client'
import { shanghaiDate } from '@/ui/time'

const correctedNow = () => Date.now() + (serverAheadMs ?? 0)

/** The server's time in milliseconds, a minute exact: for ages on the screen. */
export const minuteNow = ref(correctedNow())
setInterval(() => (minuteNow.value = correctedNow()), 20_000)

/** Today's date in Shanghai by the server's clock. */
export const today = () => shanghaiDate(correctedNow())
