import type { LocationQuery } from 'vue-router'

/** What a list can be filtered by: the name in the address, the values allowed (none: free text), the default. */
export type FilterSpec = Record<string, { values?: readonly string[]; initial?: string }>
export type Filters<S extends FilterSpec> = Record<keyof S & string, string>

/** Filters from the page's address. A value that is not allowed counts as the default, so that old links open. */
export function readFilters<S extends FilterSpec>(spec: S, query: LocationQuery): Filters<S> {
  const filters: Record<string, string> = {}
  for (const [name, { values, initial = '' }] of Object.entries(spec)) {
    const given = query[name]
    const text = Array.isArray(given) ? given[0] : given
    const allowed = typeof text === 'string' && (!values || text === '' || values.includes(text))
    filters[name] = allowed ? text.trim() : initial
  }
  return filters as Filters<S>
}

/** The address's query for filters: defaults are left out, and so is nothing else (an emptied default is kept). */
export function writeFilters<S extends FilterSpec>(spec: S, filters: Filters<S>): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, { initial = '' }] of Object.entries(spec)) {
    const value = filters[name] ?? ''
    if (value !== initial) query[name] = value
  }
  return query
}

/** The query for the server: without what is empty. */
export function askedFor(filters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

/** How many filters differ from their default, without those that only order the list. */
export function activeCount<S extends FilterSpec>(spec: S, filters: Filters<S>): number {
  return Object.keys(writeFilters(spec, filters)).filter((name) => name !== 'sort').length
}
