import { describe, expect, it } from 'vitest'
import { boxOf, ring } from './evidence'
import { afterLeaving, ahead, neighbour } from './queue'
import { held, sideScale, turned, WHOLE, zoomAt } from './viewport'

describe('zooming', () => {
  it('keeps the point under the pointer where it is', () => {
    const view = zoomAt(zoomAt(WHOLE, 2, 100, 50), 1.5, 100, 50)
    // The photo's point under (100, 50) was (100, 50) at scale 1.
    expect((100 - view.x) / view.scale).toBeCloseTo(100)
    expect((50 - view.y) / view.scale).toBeCloseTo(50)
  })

  it('never goes below the whole photo, nor without end', () => {
    expect(zoomAt(WHOLE, 0.1, 5, 5)).toEqual(WHOLE)
    expect(zoomAt(WHOLE, 1e9, 0, 0).scale).toBe(12)
  })

  it('keeps a part of the photo on the stage', () => {
    const far = held({ ...WHOLE, scale: 2, x: 1e6, y: -1e6 }, 800, 600)
    expect(far.x).toBe(480)
    expect(far.y).toBe(-360)
    expect(held({ ...WHOLE, x: 50 }, 800, 600).x).toBe(0)
  })
})

describe('turning', () => {
  it('shows the whole photo again', () => {
    expect(turned({ scale: 3, x: 9, y: 9, turn: 90 }, 1)).toEqual({ ...WHOLE, turn: 180 })
  })

  it('shrinks a photo on its side until it fits', () => {
    const stage = { width: 800, height: 400 }
    expect(sideScale(0, { width: 400, height: 200 }, stage)).toBe(1)
    expect(sideScale(90, { width: 400, height: 200 }, stage)).toBe(0.5)
    expect(sideScale(-270, { width: 200, height: 400 }, stage)).toBe(2)
    expect(sideScale(90, { width: 0, height: 0 }, stage)).toBe(1)
  })
})

describe('moving through the queue', () => {
  const rows = ['a', 'b', 'c'].map((id) => ({ id }))

  it('stands on the row below when one leaves, at the end on the one above', () => {
    expect(afterLeaving(rows, 'b')?.id).toBe('c')
    expect(afterLeaving(rows, 'c')?.id).toBe('b')
    expect(afterLeaving([{ id: 'a' }], 'a')).toBeNull()
    expect(afterLeaving(rows, 'x')?.id).toBe('a')
  })

  it('stops at the ends', () => {
    expect(neighbour(rows, 'c', 1)?.id).toBe('c')
    expect(neighbour(rows, 'a', -1)?.id).toBe('a')
    expect(neighbour(rows, null, 1)?.id).toBe('a')
    expect(neighbour([], 'a', 1)).toBeNull()
  })

  it('looks ahead without going past the end', () => {
    expect(ahead(rows, 'b', 2).map((row) => row.id)).toEqual(['c'])
  })
})

describe('the circle round a site', () => {
  it('is closed and has its radius in every direction', () => {
    const points = ring(27.87, 113.11, 300)
    expect(points[0]).toEqual(points[64])
    const [west, south, east, north] = boxOf(points)
    const metresHigh = ((north - south) / 2) * 111_195
    const metresWide = ((east - west) / 2) * 111_195 * Math.cos((27.87 * Math.PI) / 180)
    expect(metresHigh).toBeCloseTo(300, 0)
    expect(metresWide).toBeCloseTo(300, 0)
  })
})
