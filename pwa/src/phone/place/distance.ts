import type { Position } from '@/api/types'

const EARTH_M = 6_371_008.8

/** Great-circle distance of two WGS-84 positions, in metres. */
export function distanceM(a: Position, b: Position): number {
  const rad = Math.PI / 180
  const lat = ((b.lat - a.lat) * rad) / 2
  const lon = ((b.lon - a.lon) * rad) / 2
  const h = Math.sin(lat) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(lon) ** 2
  return 2 * EARTH_M * Math.asin(Math.sqrt(h))
}

/** "80 米", "1.2 公里"; steps of ten metres, as no phone knows better. */
export function distanceParts(metres: number): { unit: 'm' | 'km'; n: string } {
  if (metres < 950) return { unit: 'm', n: String(Math.max(10, Math.round(metres / 10) * 10)) }
  return { unit: 'km', n: (metres / 1000).toFixed(metres < 9_950 ? 1 : 0) }
}

/**
 * Nearest first; without a position, by the day it is due. `at` gives a thing's position, `dueOn` its last day.
 * Stable for equal distances, so that the list does not jump.
 */
export function nearestFirst<T>(
  things: T[],
  here: Position | null,
  at: (thing: T) => Position | null | undefined,
  dueOn: (thing: T) => string,
): T[] {
  const far = (thing: T) => {
    const position = at(thing)
    return here && position ? distanceM(here, position) : Number.POSITIVE_INFINITY
  }
  const keyed = things.map((thing) => ({ thing, metres: far(thing), due: dueOn(thing) }))
  keyed.sort((a, b) => (a.metres === b.metres ? a.due.localeCompare(b.due) : a.metres - b.metres))
  return keyed.map(({ thing }) => thing)
}
