import { describe, expect, it } from 'vitest'
import { distanceM, distanceParts, nearestFirst } from './distance'
import { toGcj02 } from '@/domain/gcj02'

type Place = { name: string; position: { lat: number; lon: number } | undefined; dueOn: string }
const place = (name: string, lat: number, dueOn = '2026-11-30'): Place => ({ name, position: { lat, lon: 113 }, dueOn })
const sorted = (places: Place[], here: { lat: number; lon: number } | null) =>
  nearestFirst(
    places,
    here,
    (one) => one.position,
    (one) => one.dueOn,
  ).map((one) => one.name)

describe('the order of the list', () => {
  it('is nearest first', () => {
    expect(sorted([place('far', 28), place('near', 27.81), place('middle', 27.9)], { lat: 27.8, lon: 113 })).toEqual([
      'near',
      'middle',
      'far',
    ])
  })

  it('is by due date where the position is not known', () => {
    expect(sorted([place('late', 27, '2026-11-30'), place('soon', 28, '2026-11-10')], null)).toEqual(['soon', 'late'])
  })

  it('puts what has no position last, and does not jump', () => {
    const nowhere = { name: 'nowhere', position: undefined, dueOn: '2026-11-01' }
    expect(sorted([nowhere, place('a', 27.9), place('b', 27.9)], { lat: 27.8, lon: 113 })).toEqual([
      'a',
      'b',
      'nowhere',
    ])
  })
})

describe('distances', () => {
  it('are metres on the globe', () =>
    expect(distanceM({ lat: 27, lon: 113 }, { lat: 28, lon: 113 })).toBeCloseTo(111_195, -1))

  it.each([
    [3, '10', 'm'],
    [84, '80', 'm'],
    [1240, '1.2', 'km'],
    [12_400, '12', 'km'],
  ])('%d m reads %s %s', (metres, n, unit) => expect(distanceParts(metres)).toEqual({ n, unit }))

  it('shift by some hundred metres for a Chinese map', () => {
    const site = { lat: 27.83, lon: 113.13 }
    const shift = distanceM(site, toGcj02(site))
    expect(shift).toBeGreaterThan(200)
    expect(shift).toBeLessThan(800)
  })
})
