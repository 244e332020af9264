import { describe, expect, it } from 'vitest'
import { chosenSites, mapFilters, monthOf, unitsOf } from './choosing'
import { readFilters } from '../state/filters'
import { drawFor, findingPoints, photoShapes, photoSum, sitePoints } from './shapes'
import type { MapSite, PhotoPlace } from './wire'

const site = (over: Partial<MapSite>): MapSite => ({
  id: 'a', code: 'YL-01', name: '甲', kind: 'hospital', unitId: 'u1', unitName: '区卫计局', streetName: '街道', institution: '', address: '',
  position: { lat: 27.87, lon: 113.11 }, radiusM: 100, keeperPost: '', keeperPhone: '', standing: 'none', open: 0, overdue: 0, replied: 0,
  findings: {}, lastInspectedOn: null, nextVisitOn: null, recheckOn: null, ...over,
})
const photo = (distanceM: number): PhotoPlace => ({
  useId: String(distanceM), sha256: '', purpose: 'inspection_item', taskId: null, findingId: null, takenAt: null,
  position: { lat: 27.88, lon: 113.11 }, accuracyM: null, distanceM,
})
const asked = (query: Record<string, string>) => readFilters(mapFilters, query)
const wgs = drawFor('wgs84')

describe('the list of the map', () => {
  const sites = [
    site({ id: 'calm' }),
    site({ id: 'open', standing: 'open', open: 3, code: 'YL-02' }),
    site({ id: 'late', standing: 'late', open: 1, overdue: 1, code: 'YL-03', kind: 'science_room', unitId: 'u2', unitName: '街道', findings: { '2026-10': 1 } }),
    site({ id: 'more', code: 'YL-04', findings: { '2026-10': 4 } }),
  ]
  const ids = (query: Record<string, string>, month = '2026-11') => chosenSites(sites, asked(query), month).map((one) => one.id)

  it('has the worst first, and in the layer of findings those with the most', () => {
    expect(ids({})).toEqual(['late', 'open', 'calm', 'more'])
    expect(ids({ layer: 'findings' }, '2026-10')).toEqual(['more', 'late', 'calm', 'open'])
  })

  it('shows what is asked for, and everything where the address asks for nothing known', () => {
    expect(ids({ kind: 'science_room' })).toEqual(['late'])
    expect(ids({ unit: 'u1', standing: 'open' })).toEqual(['open'])
    expect(ids({ kind: 'castle', standing: 'x', layer: 'x' })).toHaveLength(4)
  })

  it('takes the last month where the address has none of the twelve', () => {
    expect(monthOf('2026-10', ['2026-10', '2026-11'])).toBe('2026-10')
    expect(monthOf('1999-01', ['2026-10', '2026-11'])).toBe('2026-11')
    expect(monthOf('', [])).toBe('')
  })

  it('names each unit once', () => {
    expect(unitsOf(sites).map((unit) => unit.value).sort()).toEqual(['u1', 'u2'])
  })
})

describe('what is drawn', () => {
  it('stands at WGS-84 on a ground in WGS-84 and shifted by some hundred metres on one in GCJ-02', () => {
    const position = { lat: 27.8741, lon: 113.1187 }
    expect(wgs(position)).toEqual([113.1187, 27.8741])
    const [lon, lat] = drawFor('gcj02')(position)
    const metres = Math.hypot((lat - position.lat) * 111_000, (lon - position.lon) * 98_000)
    expect(metres).toBeGreaterThan(300)
    expect(metres).toBeLessThan(800)
  })

  it('carries the sign and the rank of each site', () => {
    const [point] = sitePoints([site({ standing: 'late', overdue: 2 })], wgs).features
    expect(point!.properties).toMatchObject({ sign: 'hospital:late', rank: 3, overdue: 2 })
  })

  it('leaves out a site without findings in the month', () => {
    const sites = [site({}), site({ id: 'b', findings: { '2026-11': 2 } })]
    expect(findingPoints(sites, '2026-11', wgs).features.map((one) => one.properties!['count'])).toEqual([2])
    expect(findingPoints(sites, '2026-10', wgs).features).toEqual([])
  })

  it('draws a line to each photo outside the circle and sums them up', () => {
    const places = [photo(40), photo(100), photo(1300)]
    const kinds = photoShapes(site({}), places, wgs).features.map((one) => one.properties!['kind'])
    expect(kinds).toEqual(['fence', 'inside', 'inside', 'line', 'outside'])
    expect(photoSum(site({}), places)).toEqual({ inside: 2, outside: 1, furthestM: 1300 })
    expect(photoSum(site({}), [])).toEqual({ inside: 0, outside: 0, furthestM: 0 })
    expect(photoShapes(null, places, wgs).features).toEqual([])
  })
})
