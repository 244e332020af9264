import type { components } from '@/api/schema'

/** One stroke over an upright picture: x and y in turn, in shares of its width and height. */
export type Mark = components['schemas']['Mark']
export type Shape = Mark['shape']
export type Size = { width: number; height: number }

/** What the server takes at most. */
export const MOST_MARKS = 40
const MOST_POINTS = 200
/** Nearer points, in shares of the picture, are one. */
const NEAR = 0.004
const HEAD = 0.22
const HEAD_ANGLE = 0.45

const share = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000

/** A stroke begins where the finger is put down. */
export const beginMark = (shape: Shape, x: number, y: number): Mark => {
  const at = [share(x), share(y)]
  return { shape, points: [...at, ...at] }
}

/** The same stroke after the finger moved: two corners follow it, a pen leaves its way. */
export function extendMark(mark: Mark, x: number, y: number): Mark {
  const to = [share(x), share(y)]
  if (mark.shape !== 'pen') return { ...mark, points: [...mark.points.slice(0, 2), ...to] }
  const [lastX, lastY] = mark.points.slice(-2)
  if (Math.hypot(to[0]! - lastX!, to[1]! - lastY!) < NEAR) return mark
  return { ...mark, points: thinned([...mark.points, ...to]) }
}

/** Long ways keep every other point, and their end. */
function thinned(points: number[]): number[] {
  if (points.length <= 2 * MOST_POINTS) return points
  const kept: number[] = []
  for (let at = 0; at < points.length; at += 2)
    if (at % 4 === 0 || at === points.length - 2) kept.push(points[at]!, points[at + 1]!)
  return kept
}

/** A tap is no stroke. */
export function isDrawn(mark: Mark): boolean {
  const [x, y] = mark.points
  return mark.points.some((value, at) => Math.abs(value - (at % 2 ? y! : x!)) >= 0.01)
}

/** The stroke as an SVG path in a picture of this size. */
export function pathOf(mark: Mark, size: Size): string {
  const at = (place: number): [number, number] => [
    mark.points[2 * place]! * size.width,
    mark.points[2 * place + 1]! * size.height,
  ]
  if (mark.shape === 'circle') return ellipse(at(0), at(1))
  if (mark.shape === 'arrow') return arrow(at(0), at(1))
  const ways = Array.from({ length: mark.points.length / 2 }, (_, place) => at(place).map(short).join(' '))
  return `M${ways.join('L')}`
}

const short = (value: number) => Math.round(value * 10) / 10

function ellipse([x1, y1]: [number, number], [x2, y2]: [number, number]): string {
  const [rx, ry] = [Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 2].map(short)
  const [left, right, middle] = [Math.min(x1, x2), Math.max(x1, x2), (y1 + y2) / 2].map(short)
  return `M${left} ${middle}A${rx} ${ry} 0 1 1 ${right} ${middle}A${rx} ${ry} 0 1 1 ${left} ${middle}Z`
}

function arrow([x1, y1]: [number, number], [x2, y2]: [number, number]): string {
  const angle = Math.atan2(y2 - y1, x2 - x1)
  const head = HEAD * Math.hypot(x2 - x1, y2 - y1)
  const wing = (turn: number) =>
    [x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn)].map(short).join(' ')
  const [from, to] = [[x1, y1], [x2, y2]].map((point) => point.map(short).join(' '))
  return `M${from}L${to}M${wing(HEAD_ANGLE)}L${to}L${wing(-HEAD_ANGLE)}`
}
