import type { FilterSpec, Filters } from '../state/filters'
import { KINDS, RANK, STANDINGS } from './looks'
import type { MapSite } from './wire'

/** What stands in the page's address: which sites, which layer, which month. */
export const mapFilters = {
  kind: { values: KINDS },
  unit: {},
  standing: { values: STANDINGS },
  layer: { values: ['sites', 'findings'], initial: 'sites' },
  month: {},
} satisfies FilterSpec

export type MapFilters = Filters<typeof mapFilters>

/** The sites that the filters ask for, the worst first; of the findings' layer those with the most in its month. */
export function chosenSites(sites: readonly MapSite[], filters: MapFilters, month: string): MapSite[] {
  const chosen = sites.filter(
    (site) =>
      (!filters.kind || site.kind === filters.kind) &&
      (!filters.unit || site.unitId === filters.unit) &&
      (!filters.standing || site.standing === filters.standing),
  )
  const weight = filters.layer === 'findings' ? (site: MapSite) => findingsIn(site, month) : (site: MapSite) => RANK[site.standing] * 10_000 + site.overdue * 100 + site.open
  return chosen.sort((a, b) => weight(b) - weight(a) || (a.code < b.code ? -1 : 1))
}

export const findingsIn = (site: MapSite, month: string): number => site.findings[month] ?? 0

/** The month of the address where it is one of the twelve, else the last. */
export function monthOf(asked: string, months: readonly string[]): string {
  return months.includes(asked) ? asked : (months.at(-1) ?? '')
}

/** The units that have a site on the map, by name. */
export function unitsOf(sites: readonly MapSite[]): { value: string; label: string }[] {
  const names = new Map(sites.map((site) => [site.unitId, site.unitName]))
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label, 'zh-CN'))
}
