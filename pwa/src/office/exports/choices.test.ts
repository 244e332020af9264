import { describe, expect, it } from 'vitest'
import { exportUrl, packageOf, sizeText } from './choices'

const nothing = { month: '', unit: '', site: '' }

describe('exports', () => {
  it('ask for what is chosen and for nothing else', () => {
    expect(exportUrl('csv', nothing)).toBe('/api/findings.csv')
    expect(exportUrl('geojson', { ...nothing, month: '2026-11', unit: 'u' })).toBe('/api/findings.geojson?month=2026-11&unit=u')
    expect(packageOf(nothing)).toEqual({})
    expect(packageOf({ month: '2026-11', unit: 'u', site: 's' })).toEqual({ month: '2026-11', unitId: 'u', siteId: 's' })
  })

  it.each([[0, '0 B'], [900, '900 B'], [1536, '1.5 KB'], [200 * 1024 ** 2, '200 MB'], [5.5 * 1024 ** 3, '5.5 GB']])('reads %d bytes as %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text)
  })
})
