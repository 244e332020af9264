import { ref } from 'vue'
import { get } from '../data/api'
import { onPulse } from './pulse'

/** How many of one's own messages wait to be read; null before it is known. */
export const unreadCount = ref<number | null>(null)

export async function countUnread(): Promise<void> {
  const answer = await get<{ unread: number }>('/api/messages/unread').catch(() => null)
  if (answer) unreadCount.value = answer.unread
}

/** Keep the count while the shell lives: whatever delivers a message is an audited change, and moves the pulse. */
export function useUnread(): void {
  unreadCount.value = null
  void countUnread()
  onPulse(countUnread)
}
