import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { activeCount, readFilters, writeFilters, type Filters, type FilterSpec } from './filters'

/** A list's filters, kept in the page's address: a link or a reload shows the same list. */
export function useFilters<S extends FilterSpec>(spec: S) {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => readFilters(spec, route.query))
  const active = computed(() => activeCount(spec, filters.value))

  function set(change: Partial<Filters<S>>): void {
    const query = writeFilters(spec, { ...filters.value, ...change })
    void router.replace({ name: route.name ?? undefined, params: route.params, query })
  }

  function reset(change: Partial<Filters<S>> = {}): void {
    const initial = readFilters(spec, {})
    const sort = filters.value['sort']
    set({ ...initial, ...(sort === undefined ? {} : { sort }), ...change } as Partial<Filters<S>>)
  }

  return { filters, active, set, reset }
}
