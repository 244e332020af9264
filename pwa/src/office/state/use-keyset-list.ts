import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { Page } from '../wire'
import { letIn, mergeHead } from './merge'
import { onPulse } from './pulse'

type Row = { id: string }
type Query = Record<string, string>
type Options<T> = {
  query: Ref<Query>
  fetch: (query: Record<string, string | number>, signal?: AbortSignal) => Promise<Page<T>>
  before: (a: T, b: T) => boolean
  keep?: () => ReadonlySet<string>
}
const PAGE = 50
const MOST = 200

/** A long list read page by page, which takes up news quietly: rows change in place, new ones wait as `arrived`. */
export function useKeysetList<T extends Row>({ query, fetch, before, keep }: Options<T>) {
  const items = shallowRef<T[]>([])
  const arrived = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const loading = ref(true)
  const loadingMore = ref(false)
  const error = shallowRef<unknown>(null)
  let asked = new AbortController()

  async function load(): Promise<void> {
    asked.abort()
    const mine = (asked = new AbortController())
    loading.value = true
    error.value = null
    try {
      const page = await fetch({ ...query.value, limit: PAGE }, mine.signal)
      if (mine.signal.aborted) return
      items.value = page.items
      arrived.value = []
      next.value = page.next
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      if (!mine.signal.aborted) loading.value = false
    }
  }

  async function loadMore(): Promise<void> {
    if (!next.value || loadingMore.value || loading.value) return
    const mine = asked
    loadingMore.value = true
    try {
      const page = await fetch({ ...query.value, limit: PAGE, cursor: next.value }, mine.signal)
      if (mine.signal.aborted) return
      const known = new Set(items.value.map((row) => row.id))
      items.value = [...items.value, ...page.items.filter((row) => !known.has(row.id))]
      next.value = page.next
    } catch (failure) {
      if (!mine.signal.aborted) error.value = failure
    } finally {
      loadingMore.value = false
    }
  }

  async function refresh(): Promise<void> {
    if (loading.value) return
    const mine = asked
    const limit = Math.min(MOST, Math.max(PAGE, items.value.length))
    const page = await fetch({ ...query.value, limit }, mine.signal).catch(() => null)
    if (!page || mine.signal.aborted) return
    const last = page.next ? page.items[page.items.length - 1] : undefined
    const covers = (row: T) => !last || before(row, last)
    const merged = mergeHead(items.value, page.items, covers, keep?.())
    items.value = merged.items
    // Behind the last row that was loaded there is nothing to announce: "more" will bring it.
    const end = merged.items[merged.items.length - 1]
    const isNews = (row: T) => !next.value || !end || before(row, end)
    arrived.value = merged.arrived.filter(isNews)
    if (items.value.length === 0) showArrived()
    error.value = null
  }

  function showArrived(): void {
    items.value = letIn(items.value, arrived.value, before)
    arrived.value = []
  }

  function replace(row: T): void {
    items.value = items.value.map((other) => (other.id === row.id ? row : other))
  }

  watch(query, (now, was) => JSON.stringify(now) !== JSON.stringify(was) && void load())
  onPulse(refresh)
  void load()

  const empty = computed(() => !loading.value && !error.value && items.value.length === 0)
  return { items, arrived, next, loading, loadingMore, error, empty, load, loadMore, refresh, showArrived, replace }
}
