import { describe, expect, it } from 'vitest'
import { besides, namesOf, periodOf, sumsOf, weekOf } from './periods'
import type { SummaryList } from './wire'

describe('the periods of summaries', () => {
  it.each([
    ['2026-11-25', '2026-W48'],
    ['2027-01-03', '2026-W53'],
    ['2025-12-29', '2026-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-01-04', '2026-W01'],
  ])('%s lies in %s', (on, week) => expect(weekOf(on)).toBe(week))

  it('goes on to the next and back to the one before', () => {
    expect(periodOf('week', besides('2026-12-28', '2027-01-03', 1))).toBe('2027-W01')
    expect(periodOf('month', besides('2026-01-01', '2026-01-31', -1))).toBe('2025-12')
    expect(namesOf('2026-W05')).toEqual({ year: '2026', number: 5 })
  })

  it('counts who handed in and who did not', () => {
    const units = ['owed', 'missing', 'returned', 'submitted', 'accepted', 'not_owed'].map((state) => ({ state }))
    expect(sumsOf({ units } as unknown as SummaryList)).toEqual({ all: 6, came: 2, waiting: 1, missing: 3 })
  })
})
