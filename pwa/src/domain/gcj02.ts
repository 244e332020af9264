import type { Position } from '@/api/types'

const A = 6378245
const EE = 0.006693421622965943

/** WGS-84 to GCJ-02, for Chinese maps and navigation apps only; nothing in GCJ-02 is ever stored. */
export function toGcj02({ lat, lon }: Position): Position {
  const x = lon - 105
  const y = lat - 35
  const rad = (lat / 180) * Math.PI
  const magic = 1 - EE * Math.sin(rad) ** 2
  const dLat = (shiftLat(x, y) * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI)
  const dLon = (shiftLon(x, y) * 180) / ((A / Math.sqrt(magic)) * Math.cos(rad) * Math.PI)
  return { lat: lat + dLat, lon: lon + dLon }
}

const wave = (a: number, b: number, c: number, x: number, p: number, q: number) =>
  ((a * Math.sin(p * x) + b * Math.sin(q * x)) * 2) / 3 + c

function ripple(x: number): number {
  return wave(20, 20, 0, x, 6 * Math.PI, 2 * Math.PI)
}

function shiftLat(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return base + ripple(x) + wave(20, 40, 0, y, Math.PI, Math.PI / 3) + wave(160, 320, 0, y, Math.PI / 12, Math.PI / 30)
}

function shiftLon(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return base + ripple(x) + wave(20, 40, 0, x, Math.PI, Math.PI / 3) + wave(150, 300, 0, x, Math.PI / 12, Math.PI / 30)
}

/** The WGS-84 position that such a ground draws at a place, approached step by step; right to a centimetre. */
export function fromGcj02(drawn: Position): Position {
  let guess = drawn
  for (let turn = 0; turn < 5; turn++) {
    const there = toGcj02(guess)
    guess = { lat: guess.lat - (there.lat - drawn.lat), lon: guess.lon - (there.lon - drawn.lon) }
  }
  return guess
}
