import { addProtocol, type LayerSpecification, type SourceSpecification } from 'maplibre-gl'
import { PMTiles, Protocol, TileType } from 'pmtiles'
import type { MapGround } from './wire'

/** Sources and layers below the sites. */
export type Ground = { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] }
type Colours = (token: string) => string

const protocol = new Protocol()
addProtocol('pmtiles', protocol.tile)

type Archive = { url: string; vector: boolean; names: string[]; minzoom: number; maxzoom: number }

/** What the archive holds; null where there is none or it cannot be read: the map is useful without. */
export async function openArchive(ground: MapGround): Promise<Archive | null> {
  if (!ground.archive) return null
  const url = new URL(ground.archive, location.href).href
  const archive = new PMTiles(url)
  try {
    const header = await archive.getHeader()
    const about = (await archive.getMetadata()) as { vector_layers?: { id: string }[] } | null
    protocol.add(archive)
    return {
      url: `pmtiles://${url}`,
      vector: header.tileType === TileType.Mvt,
      names: about?.vector_layers?.map((layer) => layer.id) ?? [],
      minzoom: header.minZoom,
      maxzoom: header.maxZoom,
    }
  } catch {
    return null
  }
}

/** The ground in the page's colours: the own archive lowest, then the tiles in their order. */
export function groundOf(ground: MapGround, archive: Archive | null, colour: Colours, dark: boolean): Ground {
  const found: Ground = { sources: {}, layers: [] }
  const dimmed = dark ? { 'raster-brightness-max': 0.62, 'raster-saturation': -0.4 } : {}
  if (archive?.vector) {
    found.sources['archive'] = { type: 'vector', url: archive.url }
    found.layers.push(...vectorLayers(archive.names, colour))
  } else if (archive) {
    found.sources['archive'] = { type: 'raster', url: archive.url, tileSize: 256 }
    found.layers.push({ id: 'archive', type: 'raster', source: 'archive', paint: dimmed })
  }
  ground.tiles.forEach((address, place) => {
    found.sources[`tiles-${place}`] = { type: 'raster', tiles: [address], tileSize: 256, maxzoom: 18 }
    found.layers.push({ id: `tiles-${place}`, type: 'raster', source: `tiles-${place}`, paint: dimmed })
  })
  return found
}

/** Water, green, buildings, roads and borders, by the layer names of Protomaps and of OpenMapTiles. */
function vectorLayers(names: string[], colour: Colours): LayerSpecification[] {
  const there = (...wanted: string[]) => wanted.filter((name) => names.includes(name))
  const fill = (name: string, tint: string, opacity: number): LayerSpecification => ({
    id: `ground-${name}`, type: 'fill', source: 'archive', 'source-layer': name, filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colour(tint), 'fill-opacity': opacity },
  })
  const line = (name: string, tint: string, width: number): LayerSpecification => ({
    id: `ground-${name}`, type: 'line', source: 'archive', 'source-layer': name,
    paint: { 'line-color': colour(tint), 'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 8, width / 4, 17, width * 3] },
  })
  return [
    ...there('landuse', 'landcover', 'park').map((name) => fill(name, '--done-soft', 0.7)),
    ...there('water').map((name) => fill(name, '--accent-soft', 1)),
    ...there('buildings', 'building').map((name) => fill(name, '--line', 0.8)),
    ...there('roads', 'transportation').map((name) => line(name, '--surface', 2)),
    ...there('boundaries', 'boundary').map((name) => line(name, '--line-strong', 1)),
  ]
}
