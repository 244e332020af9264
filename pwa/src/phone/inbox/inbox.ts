import { ref, shallowRef, watch } from 'vue'
import { ask } from '@/api/client'
import type { components } from '@/api/schema'
import { me } from '../session/session'

export type Message = components['schemas']['MessageOut']
type Inbox = components['schemas']['Inbox']

const EVERY_MS = 2 * 60_000

/** How many messages wait to be read; 0 until the server has said so. */
export const unread = ref(0)
export const messages = shallowRef<Message[]>([])
const next = ref<string | null>(null)
/** Whether the last attempt to look failed: what is shown may be old. */
export const stale = ref(false)
export const loading = ref(false)
export const hasMore = () => next.value !== null

/** Look for messages: the newest page, or the one after what is shown. */
export async function loadInbox(more = false): Promise<void> {
  if (loading.value || !me.value) return
  const person = me.value.id
  loading.value = true
  try {
    const query = more && next.value ? { cursor: next.value, limit: 30 } : { limit: 30 }
    const { data } = await ask<Inbox>('GET', '/api/messages', { query })
    if (me.value?.id !== person) return
    messages.value = more ? [...messages.value, ...data.items] : data.items
    next.value = data.next
    unread.value = data.unread
    stale.value = false
  } catch {
    stale.value = true
  } finally {
    loading.value = false
  }
}

/** Tell the server that a message has been read; without a network it is told when the message is opened again. */
export async function markRead(message: Message): Promise<void> {
  if (message.readAt) return
  try {
    await ask<void>('POST', `/api/messages/${message.id}/read`)
  } catch {
    stale.value = true
    return
  }
  const readAt = new Date().toISOString()
  messages.value = messages.value.map((one) => (one.id === message.id ? { ...one, readAt } : one))
  unread.value = Math.max(0, unread.value - 1)
}

async function countUnread(): Promise<void> {
  if (!me.value || document.visibilityState !== 'visible') return
  const person = me.value.id
  try {
    const { data } = await ask<{ unread: number }>('GET', '/api/messages/unread')
    if (me.value?.id === person) unread.value = data.unread
  } catch {
    // Nothing is lost: it is asked again.
  }
}

/** Keep the count fresh: now, when the page comes back, and every few minutes; nothing of one person stays for the next. */
export function keepCount(): void {
  watch(
    () => me.value?.id,
    () => {
      messages.value = []
      next.value = null
      unread.value = 0
      void countUnread()
    },
    { immediate: true },
  )
  document.addEventListener('visibilitychange', () => void countUnread())
  window.setInterval(() => void countUnread(), EVERY_MS)
}
