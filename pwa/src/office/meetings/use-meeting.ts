import type { Ref } from 'vue'
import { useOpened } from '../state/use-opened'
import * as api from './api'
import type { Meeting } from './wire'

/** One open meeting: read, kept up to date, and changed step by step. */
export function useMeeting(id: Ref<string>, changed: () => void) {
  const { data: meeting, error, failure, busy, read } = useOpened<Meeting>(id, api.meeting)

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

  return { meeting, error, failure, busy, read, act }
}
