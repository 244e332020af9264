import type { Position } from '@/api/types'

const MARGIN = 0.004

/** West, south, east, north of some positions in degrees, with a margin; the middle of the country where there are none. */
export function boundsOf(positions: (Position | null | undefined)[]): [number, number, number, number] {
  const known = positions.filter((position) => position !== null && position !== undefined)
  if (!known.length) return [105, 27, 120, 38]
  const lons = known.map((position) => position.lon)
  const lats = known.map((position) => position.lat)
  return [
    Math.min(...lons) - MARGIN,
    Math.min(...lats) - MARGIN,
    Math.max(...lons) + MARGIN,
    Math.max(...lats) + MARGIN,
  ]
}
