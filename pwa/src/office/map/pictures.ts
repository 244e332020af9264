import type { Map as GlMap } from 'maplibre-gl'
import { COLOUR, KINDS, outlineOf, SIGNS, STANDINGS } from './looks'
import type { Standing } from './wire'

const SIZE = 26
const PLACES = KINDS.flatMap((kind) => STANDINGS.map((standing) => ({ kind, standing })))

function draw(kind: string, standing: Standing, colour: (token: string) => string, ratio: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(SIZE * ratio)
  const pen = canvas.getContext('2d')!
  const scale = canvas.width / 28
  pen.setTransform(scale, 0, 0, scale, 2 * scale, 2 * scale)
  pen.lineJoin = pen.lineCap = 'round'
  pen.strokeStyle = colour('--surface')
  pen.fillStyle = colour(COLOUR[standing])
  const outline = new Path2D(outlineOf(kind))
  pen.lineWidth = 3
  pen.stroke(outline)
  pen.fill(outline)
  pen.lineWidth = 2.4
  pen.stroke(new Path2D(SIGNS[standing]))
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

/** The picture of a sign's name (`kind:standing`) in the page's colours of now; null for what is none. */
export function pictureOf(name: string, colour: (token: string) => string) {
  const [kind = '', standing = ''] = name.split(':')
  if (!(standing in SIGNS)) return null
  const pixelRatio = Math.max(1, Math.min(3, window.devicePixelRatio))
  return { image: draw(kind, standing as Standing, colour, pixelRatio), options: { pixelRatio } }
}

/** Draw the signs of all known kinds; those of others are asked for when they are missed. */
export function putPictures(map: GlMap, colour: (token: string) => string): void {
  for (const { kind, standing } of PLACES) {
    const name = `${kind}:${standing}`
    const { image, options } = pictureOf(name, colour)!
    if (map.hasImage(name)) map.removeImage(name)
    map.addImage(name, image, options)
  }
}
