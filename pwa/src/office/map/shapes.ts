import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { Position } from '@/api/types'
import { fromGcj02, toGcj02 } from '@/domain/gcj02'
import { ring } from '../review/evidence'
import { findingsIn } from './choosing'
import { RANK } from './looks'
import type { MapGround, MapSite, PhotoPlace } from './wire'

export type Point = [lon: number, lat: number]
/** Where a WGS-84 position is drawn: the ground's own datum, here at the edge and nowhere else. */
export type Draw = (position: Position) => Point

const plain: Draw = ({ lat, lon }) => [lon, lat]

export function drawFor(datum: MapGround['datum']): Draw {
  return datum === 'gcj02' ? (position) => plain(toGcj02(position)) : plain
}

/** The WGS-84 position of a place on the ground that a person pointed at. */
export const takeFor = (datum: MapGround['datum']) => (drawn: Position): Position => (datum === 'gcj02' ? fromGcj02(drawn) : drawn)

const feature = (properties: Record<string, unknown>, geometry: Geometry): Feature => ({ type: 'Feature', properties, geometry })
const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features })

/** A point for each site, with what its sign, its cluster and its size are made of. */
export function sitePoints(sites: readonly MapSite[], draw: Draw): FeatureCollection {
  return collection(
    sites.map((site) =>
      feature(
        { id: site.id, name: site.name, sign: `${site.kind}:${site.standing}`, rank: RANK[site.standing], overdue: site.overdue },
        { type: 'Point', coordinates: draw(site.position) },
      ),
    ),
  )
}

/** A point for each site that had findings in a month. */
export function findingPoints(sites: readonly MapSite[], month: string, draw: Draw): FeatureCollection {
  return collection(
    sites
      .filter((site) => findingsIn(site, month) > 0)
      .map((site) => feature({ id: site.id, name: site.name, count: findingsIn(site, month) }, { type: 'Point', coordinates: draw(site.position) })),
  )
}

/** The chosen site's circle, and its photos with a line to it; outside the circle is another kind. */
export function photoShapes(site: MapSite | null, places: readonly PhotoPlace[], draw: Draw): FeatureCollection {
  if (!site) return collection([])
  const [lon, lat] = draw(site.position)
  const features = [feature({ kind: 'fence' }, { type: 'Polygon', coordinates: [ring(lat, lon, site.radiusM)] })]
  for (const place of places) {
    const kind = place.distanceM > site.radiusM ? 'outside' : 'inside'
    const there = draw(place.position)
    if (kind === 'outside') features.push(feature({ kind: 'line' }, { type: 'LineString', coordinates: [[lon, lat], there] }))
    features.push(feature({ kind, useId: place.useId }, { type: 'Point', coordinates: there }))
  }
  return collection(features)
}

/** What the photos of a site say together: how many stand where, and the furthest in metres. */
export function photoSum(site: MapSite, places: readonly PhotoPlace[]): { inside: number; outside: number; furthestM: number } {
  const outside = places.filter((place) => place.distanceM > site.radiusM).length
  return { inside: places.length - outside, outside, furthestM: Math.max(0, ...places.map((place) => place.distanceM)) }
}
