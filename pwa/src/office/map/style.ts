import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { Ground } from './ground'
import { COLOUR, RANK, STANDINGS } from './looks'

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
type Colours = (token: string) => string

/** The whole style in the page's own colours; the ground may be nothing at all. */
export function styleOf(ground: Ground, colour: Colours): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    ...ground.sources,
    sites: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 34, clusterMaxZoom: 15, clusterProperties: { rank: ['max', ['get', 'rank']], overdue: ['+', ['get', 'overdue']] } },
    findings: { type: 'geojson', data: EMPTY, cluster: true, clusterRadius: 30, clusterMaxZoom: 15, clusterProperties: { count: ['+', ['get', 'count']] } },
    photos: { type: 'geojson', data: EMPTY },
  }
  return {
    version: 8,
    sources,
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('--surface-2') } },
      ...ground.layers,
      ...fenceLayers(colour),
      ...siteLayers(colour),
      ...findingLayers(colour),
      photoPoints(colour),
    ],
  }
}

/** Letters in a halo of the ground's colour: they are drawn from the machine's own fonts. */
const letters = (colour: Colours) => ({ 'text-color': colour('--text'), 'text-halo-color': colour('--surface'), 'text-halo-width': 1.5 })

function siteLayers(colour: Colours): LayerSpecification[] {
  const byRank = STANDINGS.flatMap((one) => [RANK[one], colour(COLOUR[one])])
  return [
    {
      id: 'clusters', source: 'sites', type: 'circle', filter: ['has', 'point_count'],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['get', 'point_count'], 2, 17, 50, 30],
        'circle-color': ['match', ['get', 'rank'], ...byRank, colour('--text-3')] as never,
        'circle-stroke-color': colour('--surface'), 'circle-stroke-width': 2,
      },
    },
    {
      id: 'cluster-counts', source: 'sites', type: 'symbol', filter: ['has', 'point_count'],
      layout: {
        'text-field': ['case', ['>', ['get', 'overdue'], 0], ['concat', ['get', 'point_count'], '\n!', ['get', 'overdue']], ['to-string', ['get', 'point_count']]],
        'text-size': 13, 'text-line-height': 1, 'text-allow-overlap': true,
      },
      paint: { 'text-color': colour('--surface') },
    },
    {
      id: 'signs', source: 'sites', type: 'symbol', filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': ['get', 'sign'], 'icon-allow-overlap': true, 'symbol-sort-key': ['get', 'rank'],
        'text-field': ['get', 'name'], 'text-size': 12, 'text-anchor': 'top', 'text-offset': [0, 1.1], 'text-optional': true,
      },
      paint: letters(colour),
    },
  ]
}

function findingLayers(colour: Colours): LayerSpecification[] {
  return [
    {
      id: 'finding-discs', source: 'findings', type: 'circle',
      paint: {
        'circle-radius': ['+', 9, ['*', 4, ['sqrt', ['get', 'count']]]], 'circle-color': colour('--look'), 'circle-opacity': 0.82,
        'circle-stroke-color': colour('--surface'), 'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'finding-counts', source: 'findings', type: 'symbol',
      layout: { 'text-field': ['to-string', ['get', 'count']], 'text-size': 13, 'text-allow-overlap': true },
      paint: { 'text-color': colour('--surface') },
    },
  ]
}

const of = (...kinds: string[]) => ['in', ['get', 'kind'], ['literal', kinds]] as never

function fenceLayers(colour: Colours): LayerSpecification[] {
  return [
    { id: 'fence', source: 'photos', type: 'fill', filter: of('fence'), paint: { 'fill-color': colour('--accent'), 'fill-opacity': 0.14 } },
    { id: 'fence-edge', source: 'photos', type: 'line', filter: of('fence'), paint: { 'line-color': colour('--accent'), 'line-width': 1.5 } },
    { id: 'photo-lines', source: 'photos', type: 'line', filter: of('line'), paint: { 'line-color': colour('--late'), 'line-width': 1.5, 'line-dasharray': [3, 2] } },
  ]
}

/** Over the sites' signs, which would hide what was taken at the door. Outside the circle they are larger, too. */
function photoPoints(colour: Colours): LayerSpecification {
  return {
    id: 'photo-points', source: 'photos', type: 'circle', filter: of('inside', 'outside'),
    paint: {
      'circle-radius': ['match', ['get', 'kind'], 'outside', 6, 4],
      'circle-color': ['match', ['get', 'kind'], 'outside', colour('--late'), colour('--look-line')],
      'circle-stroke-color': colour('--surface'), 'circle-stroke-width': 1.5,
    },
  }
}
