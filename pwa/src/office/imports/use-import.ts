import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { Problem } from '@/api/problem'
import { me } from '../state/session'
import * as api from './api'
import type { FieldName, ImportOut, ImportRow, RowState } from './wire'

/** One import with the rows of its preview, and everything that may be done with it. */
export function useImport(id: Ref<string>, state: Ref<RowState | ''>) {
  const of = shallowRef<ImportOut | null>(null)
  const rows = shallowRef<ImportRow[]>([])
  const next = ref<number | null>(null)
  const loading = ref(true)
  const loadingMore = ref(false)
  const busy = ref(false)
  const error = shallowRef<unknown>(null)
  const failure = shallowRef<unknown>(null)
  const picturesLeft = ref(0)
  const mayEdit = computed(() => me.value?.role === 'office')
  let asked = new AbortController()

  async function load(): Promise<void> {
    asked.abort()
    const mine = (asked = new AbortController())
    error.value = null
    loading.value = rows.value.length === 0
    try {
      const [found, page] = await Promise.all([api.one(id.value), api.rows(id.value, state.value, -1, mine.signal)])
      if (mine.signal.aborted) return
      of.value = found
      rows.value = page.items
      next.value = page.next
      if (mayEdit.value && found.picturesWaiting) void receive()
    } catch (problem) {
      if (!mine.signal.aborted) error.value = problem
    } finally {
      if (!mine.signal.aborted) loading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    if (next.value === null || loadingMore.value) return
    loadingMore.value = true
    try {
      const page = await api.rows(id.value, state.value, next.value, asked.signal)
      rows.value = [...rows.value, ...page.items]
      next.value = page.next
    } catch (problem) {
      if (!asked.signal.aborted) failure.value = problem
    } finally {
      loadingMore.value = false
    }
  }

  // The server works some seconds a call, so that a closed page stops it and an opened one goes on.
  async function receive(): Promise<void> {
    if (picturesLeft.value) return
    const mine = id.value
    picturesLeft.value = of.value?.picturesWaiting ?? 0
    try {
      while (picturesLeft.value && mine === id.value) {
        const { waiting } = await api.receivePictures(mine)
        picturesLeft.value = waiting
      }
      if (mine === id.value) await load()
    } catch (problem) {
      failure.value = problem
    } finally {
      picturesLeft.value = 0
    }
  }

  async function change(work: () => Promise<ImportOut>): Promise<boolean> {
    busy.value = true
    failure.value = null
    try {
      of.value = await work()
      await load()
      return true
    } catch (problem) {
      failure.value = problem
      if (problem instanceof Problem && problem.status === 409) await load()
      return false
    } finally {
      busy.value = false
    }
  }

  async function editRow(number: number, body: { cells?: Partial<Record<FieldName, string | null>>; chosen?: boolean }): Promise<boolean> {
    failure.value = null
    try {
      const row = await api.editRow(id.value, number, body)
      rows.value = rows.value.map((other) => (other.number === number ? row : other))
      of.value = await api.one(id.value)
      return true
    } catch (problem) {
      failure.value = problem
      return false
    }
  }

  watch([id, state], () => {
    rows.value = []
    void load()
  })
  void load()
  return { of, rows, next, loading, loadingMore, busy, error, failure, picturesLeft, mayEdit, load, loadMore, change, editRow }
}
