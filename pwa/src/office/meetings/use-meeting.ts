import { ref, shallowRef, watch, type Ref } from 'vue'
import { onPulse } from '../state/pulse'
import * as api from './api'
import type { Meeting } from './wire'

/** One open meeting: read, kept up to date, and changed step by step. */
export function useMeeting(id: Ref<string>, changed: () => void) {
  const meeting = shallowRef<Meeting | null>(null)
  const error = shallowRef<unknown>(null)
  const failure = shallowRef<unknown>(null)
  const busy = ref(false)

  async function read(): Promise<void> {
    const wanted = id.value
    try {
      const found = await api.meeting(wanted)
      if (wanted !== id.value) return
      meeting.value = found
      error.value = null
    } catch (problem) {
      if (wanted === id.value && !meeting.value) error.value = problem
    }
  }

  /** Do something that answers with the meeting; true where the server did it. */
  async function act(what: (now: Meeting) => Promise<Meeting>): Promise<boolean> {
    const before = meeting.value
    if (!before || busy.value) return false
    busy.value = true
    failure.value = null
    try {
      const answer = await what(before)
      if (id.value === before.id) meeting.value = answer
      changed()
      return true
    } catch (problem) {
      failure.value = problem
      await read()
      return false
    } finally {
      busy.value = false
    }
  }

  watch(id, () => {
    meeting.value = null
    error.value = null
    failure.value = null
    void read()
  }, { immediate: true })
  onPulse(read)
  return { meeting, error, failure, busy, read, act }
}
