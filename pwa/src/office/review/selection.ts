import { computed, shallowRef, type Ref } from 'vue'

type Row = { id: string }

/** Put a row into a set of ids, or take it out. */
export function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

/** The ids from one row to another, both included, whichever stands first. */
export function between(rows: readonly Row[], from: string | null, to: string): string[] {
  const ids = rows.map((row) => row.id)
  const end = ids.indexOf(to)
  const begin = from === null ? end : ids.indexOf(from)
  if (end < 0) return []
  return ids.slice(Math.min(begin < 0 ? end : begin, end), Math.max(begin, end) + 1)
}

/** Rows chosen to be decided together. What leaves the list leaves the choice. */
export function useSelection<T extends Row>(rows: Ref<readonly T[]>) {
  const ids = shallowRef<ReadonlySet<string>>(new Set())
  let anchor: string | null = null
  const chosen = computed(() => rows.value.filter((row) => ids.value.has(row.id)))

  function toggle(id: string): void {
    anchor = id
    ids.value = toggled(ids.value, id)
  }

  function extend(from: string | null, to: string): void {
    anchor ??= from
    ids.value = new Set([...ids.value, ...between(rows.value, anchor, to)])
  }

  function all(): void {
    ids.value = new Set(rows.value.map((row) => row.id))
  }

  function clear(): void {
    anchor = null
    ids.value = new Set()
  }

  return { chosen, toggle, extend, all, clear, has: (id: string) => ids.value.has(id) }
}
export type Selection<T extends Row> = ReturnType<typeof useSelection<T>>
