import { describe, expect, it } from 'vitest'
import { daysText, percent, percentText, seriesOf, sumsOf } from './rates'
import type { MonthFigures, Statistics } from './wire'

const month = (over: Partial<MonthFigures>): MonthFigures => ({
  month: '2026-11', inspections: 1, findings: 5, closed: 3, closedOnTime: 2, relapses: 0, ...over,
})

describe('figures', () => {
  it('never says all where one is missing, and nothing where there is nothing', () => {
    expect(percent(199, 200)).toBe(99)
    expect(percent(200, 200)).toBe(100)
    expect(percentText(0, 0)).toBe('—')
  })

  it('writes days as they are', () => {
    expect([daysText(3), daysText(2.5), daysText(null)]).toEqual(['3', '2.5', '—'])
  })

  it('sums the months and keeps a month without a strike-off without a rate', () => {
    const months = [month({}), month({ month: '2026-12', closed: 0, closedOnTime: 0 })]
    expect(sumsOf({ months } as Statistics)).toEqual({ inspections: 2, findings: 10, closed: 3, closedOnTime: 2, relapses: 0 })
    expect(seriesOf(months).onTime).toEqual([66, null])
  })
})
