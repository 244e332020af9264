import { shallowRef, watch, type Ref } from 'vue'
import { Problem } from '@/api/problem'
import { uuid7 } from '@/outbox/ids'
import { useOpened } from '../state/use-opened'
import * as api from './api'
import { newSteps } from './chain'
import type { Letter, LetterAction, LetterStep, MoveFields } from './wire'

/** One open letter: read, kept up to date, and moved by steps. */
export function useLetter(id: Ref<string>, changed: () => void) {
  const { data: letter, error, failure, busy, read } = useOpened<Letter>(id, api.letter)
  /** What others did while this page was open, where that is why a step was not taken. */
  const meanwhile = shallowRef<LetterStep[]>([])
  // The same step sent again after a lost answer must be the same step.
  let pending: { key: string; id: string } | null = null

  /** Take a step; true where the server took it. Where it did not, the form keeps its text and the letter is read anew. */
  async function take(action: LetterAction, fields: MoveFields): Promise<boolean> {
    const before = letter.value
    if (!before || busy.value) return false
    busy.value = true
    failure.value = null
    meanwhile.value = []
    const key = JSON.stringify([before.id, before.version, action, fields])
    const step = pending?.key === key ? pending : (pending = { key, id: uuid7() })
    try {
      const moved = await api.move(before.id, { ...fields, id: step.id, action, version: before.version })
      pending = null
      if (id.value === before.id) letter.value = moved
      changed()
      return true
    } catch (problem) {
      failure.value = problem
      await read()
      const isStale = problem instanceof Problem && problem.status === 409
      if (isStale && letter.value?.id === before.id) meanwhile.value = newSteps(before, letter.value)
      return false
    } finally {
      busy.value = false
    }
  }

  watch(id, () => (meanwhile.value = []))
  return { letter, error, failure, meanwhile, busy, read, take }
}
