import { computed, shallowRef } from 'vue'
import { onPulse } from '../state/pulse'
import { me } from '../state/session'
import * as api from './api'
import { proposedOf } from './proposing'
import type { LetterRow, Proposals } from './wire'

const MAY_READ = ['office', 'supervisor', 'group_leader']

/** What the ladder proposes today, and the sheets that wait for the group leader's word. */
export function useProposals() {
  const proposals = shallowRef<Proposals | null>(null)
  const waiting = shallowRef<LetterRow[]>([])
  const error = shallowRef<unknown>(null)
  const mayRead = computed(() => MAY_READ.includes(me.value?.role ?? ''))

  async function read(): Promise<void> {
    if (!mayRead.value) return
    try {
      const [proposed, submitted] = await Promise.all([
        api.proposals(), api.letters({ kind: 'approval', state: 'submitted', limit: 50 }),
      ])
      proposals.value = proposed
      waiting.value = submitted.items
      error.value = null
    } catch (problem) {
      error.value = problem
    }
  }
  onPulse(read)
  void read()

  const listed = computed(() => (proposals.value ? proposedOf(proposals.value) : []))
  const circulars = computed(() => proposals.value?.circulars ?? [])
  /** How many things wait here; null before it is known. */
  const count = computed(() => (proposals.value ? listed.value.length + waiting.value.length + circulars.value.length : null))
  return { proposals, listed, waiting, circulars, count, error, mayRead, read }
}
