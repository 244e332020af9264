import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem } from '@/api/problem'
import { NotFound } from './not-found'
import { me } from '../state/session'
import * as api from './api'
import type { Checklist, Document, Draft, Version } from './wire'

const SAVING_MS = 1200

/** One checklist at the desk: its versions, and the draft that is saved while it is written. */
export function useChecklist(code: Ref<string>) {
  const of = shallowRef<Checklist | null>(null)
  const current = shallowRef<Version | null>(null)
  const draft = shallowRef<Draft | null>(null)
  /** What is on the screen: the draft as it is being written, else the version in force. */
  const document = shallowRef<Document | null>(null)
  const error = shallowRef<unknown>(null)
  const failure = shallowRef<unknown>(null)
  const state = ref<'saved' | 'waiting' | 'saving' | 'conflict' | 'failed'>('saved')
  const undos = shallowRef<Document[]>([])
  const mayEdit = computed(() => me.value?.role === 'office')
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    error.value = null
    try {
      const found = (await api.checklists()).find((one) => one.code === code.value)
      if (!found) throw new NotFound()
      const mark = found.versions.find((one) => one.isCurrent) ?? found.versions[0]
      current.value = mark ? await api.version(mark.id) : null
      draft.value = found.draft ? await api.draft(code.value) : null
      of.value = found
      document.value = draft.value?.document ?? current.value
      state.value = 'saved'
      undos.value = []
    } catch (problem) {
      error.value = problem
    }
  }

  /** Begin a draft of the next version with what is in force. */
  async function begin(): Promise<void> {
    const base = newest()
    if (!base) return
    failure.value = null
    try {
      const { id, ...content } = await api.version(base.id)
      // Written on only once it has been read back: what is typed before that would be overwritten by the answer.
      await api.saveDraft(code.value, { version: 0, baseVersionId: id, document: content })
    } catch (problem) {
      failure.value = problem
      return
    }
    await load()
  }

  const newest = () => of.value?.versions[0]

  /** Change the document; it is saved a moment later. `step`: can be taken back by itself. */
  function change(next: Document, step = false): void {
    if (!draft.value || !document.value) return
    if (step) undos.value = [...undos.value.slice(-49), document.value]
    document.value = next
    failure.value = null
    if (state.value === 'conflict') return
    state.value = 'waiting'
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SAVING_MS)
  }

  function undo(): void {
    const last = undos.value.at(-1)
    if (!last) return
    undos.value = undos.value.slice(0, -1)
    change(last)
  }

  async function save(): Promise<boolean> {
    clearTimeout(timer)
    if (!draft.value || !document.value || state.value === 'saved') return true
    if (state.value === 'saving' || state.value === 'conflict') return false
    const sent = document.value
    state.value = 'saving'
    const done = await keep({ version: draft.value.version, baseVersionId: draft.value.baseVersionId, document: sent })
    if (!done) return false
    if (document.value === sent) state.value = 'saved'
    else change(document.value)
    return document.value === sent
  }

  async function keep(body: { version: number; baseVersionId: string | null; document: Document }): Promise<boolean> {
    failure.value = null
    try {
      draft.value = await api.saveDraft(code.value, body)
      return true
    } catch (problem) {
      failure.value = problem
      state.value = problem instanceof Problem && problem.status === 409 ? 'conflict' : 'failed'
      return false
    }
  }

  async function drop(): Promise<boolean> {
    clearTimeout(timer)
    try {
      if (draft.value) await api.dropDraft(code.value, draft.value.version)
      return true
    } catch (problem) {
      failure.value = problem
      return false
    }
  }

  const beforeLeaving = (event: BeforeUnloadEvent) => state.value !== 'saved' && event.preventDefault()
  window.addEventListener('beforeunload', beforeLeaving)
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', beforeLeaving)
    void save()
  })
  watch(code, load, { immediate: true })
  return { of, current, draft, document, error, failure, state, undos, mayEdit, load, begin, change, undo, save, drop }
}

export type OpenChecklist = ReturnType<typeof useChecklist>
