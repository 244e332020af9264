import type { Feature, FeatureCollection, Geometry } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import type { Fix, Site } from '../wire'
import { ring } from './evidence'

const feature = (kind: string, geometry: Geometry): Feature => ({ type: 'Feature', properties: { kind }, geometry })

/** The site with its circle, the fix with its accuracy, and the line between them. */
export function shapes(site: Site, fix: Fix | null): FeatureCollection {
  const at: [number, number] = [site.position.lon, site.position.lat]
  const features = [
    feature('fence', { type: 'Polygon', coordinates: [ring(at[1], at[0], site.radiusM)] }),
    feature('site', { type: 'Point', coordinates: at }),
  ]
  if (fix) {
    const there: [number, number] = [fix.lon, fix.lat]
    if (fix.accuracyM) features.push(feature('accuracy', { type: 'Polygon', coordinates: [ring(fix.lat, fix.lon, fix.accuracyM)] }))
    features.push(feature('line', { type: 'LineString', coordinates: [at, there] }))
    features.push(feature('fix', { type: 'Point', coordinates: there }))
  }
  return { type: 'FeatureCollection', features }
}

/** Plain ground in the page's own colours: useful without any map server. */
export function mapStyle(tokens: CSSStyleDeclaration): StyleSpecification {
  const colour = (name: string) => tokens.getPropertyValue(name).trim()
  const only = (kind: string) => ['==', ['get', 'kind'], kind] as ['==', ['get', string], string]
  const layer = { source: 'shapes' } as const
  return {
    version: 8,
    sources: { shapes: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colour('--surface-2') } },
      { ...layer, id: 'fence', type: 'fill', filter: only('fence'), paint: { 'fill-color': colour('--accent'), 'fill-opacity': 0.14 } },
      { ...layer, id: 'fence-edge', type: 'line', filter: only('fence'), paint: { 'line-color': colour('--accent'), 'line-width': 1.5 } },
      { ...layer, id: 'accuracy', type: 'fill', filter: only('accuracy'), paint: { 'fill-color': colour('--look-line'), 'fill-opacity': 0.22 } },
      { ...layer, id: 'line', type: 'line', filter: only('line'), paint: { 'line-color': colour('--text-3'), 'line-width': 1.5, 'line-dasharray': [3, 2] } },
      {
        ...layer, id: 'site', type: 'circle', filter: only('site'),
        paint: { 'circle-radius': 5, 'circle-color': colour('--surface'), 'circle-stroke-color': colour('--accent'), 'circle-stroke-width': 3 },
      },
      {
        ...layer, id: 'fix', type: 'circle', filter: only('fix'),
        paint: { 'circle-radius': 5, 'circle-color': colour('--look-line'), 'circle-stroke-color': colour('--surface'), 'circle-stroke-width': 2 },
      },
    ],
  }
}
