import type { Ref } from 'vue'
import { uuid7 } from '@/outbox/ids'
import { shanghaiInstant } from '@/ui/time'
import * as api from '../data/api'
import { useOpened } from '../state/use-opened'
import type { ActionName, TaskDetail, TaskStep } from '../wire'

/** One open task: read, kept up to date, and moved by steps. */
export function useTask(id: Ref<string>, changed: () => void) {
  const { data: task, error, failure, busy, read } = useOpened<TaskDetail>(id, api.task)
  // The same step sent again after a lost answer must be the same step.
  let pending: { key: string; id: string } | null = null

  /** Take a step; true where the server took it. Where it did not, the form keeps its text and the task is read anew. */
  async function take(action: ActionName, fields: Partial<TaskStep>): Promise<boolean> {
    if (!task.value || busy.value) return false
    busy.value = true
    failure.value = null
    const key = JSON.stringify([task.value.id, task.value.version, action, fields])
    const step = pending?.key === key ? pending : (pending = { key, id: uuid7() })
    try {
      await api.takeStep(task.value.id, {
        ...fields, id: step.id, at: shanghaiInstant(Date.now()), action, version: task.value.version,
      })
      pending = null
      changed()
      return true
    } catch (problem) {
      failure.value = problem
      return false
    } finally {
      await read()
      busy.value = false
    }
  }

  return { task, error, failure, busy, read, take }
}
