/**
 * Keep the screen on while work is under way: a phone that goes to sleep stops sending.
 * A browser that has no such lock, or refuses it (battery saver), does the work all the same.
 */
export async function awake<T>(work: () => Promise<T>): Promise<T> {
  let lock: WakeLockSentinel | null = null
  let over = false
  const take = async () => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    const taken = await navigator.wakeLock.request('screen').catch(() => null)
    if (over) await taken?.release()
    else lock = taken
  }
  // The browser takes the lock away whenever the page is hidden.
  const again = () => void take()
  document.addEventListener('visibilitychange', again)
  try {
    // Not waited for: nothing is held up where the browser is slow to say yes.
    void take()
    return await work()
  } finally {
    over = true
    document.removeEventListener('visibilitychange', again)
    await (lock as WakeLockSentinel | null)?.release().catch(() => {})
  }
}
