import { ref, watch } from 'vue'
import { me } from '../state/session'

/** A filter under a name that its person gave it; `query` is what stands in the page's address. */
export type NamedFilter = { name: string; query: Record<string, string> }

export const LONGEST_NAME = 20
export const MOST_NAMES = 20

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What the browser kept; whatever cannot be read is left out. */
export function parseNamed(text: string | null): NamedFilter[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.flatMap((one: unknown) => {
      if (!isRecord(one) || typeof one['name'] !== 'string' || !one['name'] || !isRecord(one['query'])) return []
      const query = Object.entries(one['query']).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      return [{ name: one['name'], query: Object.fromEntries(query) }]
    })
  } catch {
    return []
  }
}

/** The list with this filter under its name, the newest first; the same name names the new one from now on. */
export function named(list: readonly NamedFilter[], name: string, query: Record<string, string>): NamedFilter[] {
  const short = name.trim().slice(0, LONGEST_NAME)
  return [{ name: short, query }, ...unnamed(list, short)].slice(0, MOST_NAMES)
}

export function unnamed(list: readonly NamedFilter[], name: string): NamedFilter[] {
  return list.filter((one) => one.name !== name)
}

/** The name of the filter that is set now, or none. The order of the list is no part of it. */
export function nameOf(list: readonly NamedFilter[], query: Record<string, string>): string {
  const words = (from: Record<string, string>) => JSON.stringify(Object.entries(from).filter(([key]) => key !== 'sort').sort())
  return list.find((one) => words(one.query) === words(query))?.name ?? ''
}

const placeOf = (personId: string) => `xungai.office.reviewFilters.${personId}`

/** The filters that the person at this desk has named; another person at the same desk has others. */
export function useNamedFilters() {
  const list = ref<NamedFilter[]>([])
  watch(() => me.value?.id, (id) => (list.value = id ? parseNamed(localStorage.getItem(placeOf(id))) : []), { immediate: true })

  function put(next: NamedFilter[]): void {
    list.value = next
    try {
      if (me.value) localStorage.setItem(placeOf(me.value.id), JSON.stringify(next))
    } catch {
      // Private mode or a full disk: the name lasts as long as the page.
    }
  }

  return {
    list,
    keep: (name: string, query: Record<string, string>) => put(named(list.value, name, query)),
    drop: (name: string) => put(unnamed(list.value, name)),
  }
}
