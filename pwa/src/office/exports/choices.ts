import type { PackageIn } from './wire'

export type Choice = { month: string; unit: string; site: string }

/** What is chosen, as the lists and their exports ask for it. */
export function exportUrl(kind: 'csv' | 'geojson', { month, unit, site }: Choice): string {
  const query = new URLSearchParams(Object.entries({ month, unit, site }).filter(([, value]) => value)).toString()
  return `/api/findings.${kind}${query ? `?${query}` : ''}`
}

/** The same for a package of photos; what is not chosen is left out. */
export function packageOf({ month, unit, site }: Choice): Partial<PackageIn> {
  return { ...(month && { month }), ...(unit && { unitId: unit }), ...(site && { siteId: site }) }
}

/** Bytes as a person reads them: "1.4 GB". */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log(bytes) / Math.log(1024)) : 0)
  const value = bytes / 1024 ** power
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`
}
