import { expect, it } from 'vitest'
import { expectedDueOn } from './expected-due'

const calendar = { daysOff: ['2027-01-01'], daysWorked: ['2027-01-03'] }

it.each([
  ['2026-11-24', 1, '2026-11-25'],
  ['2026-11-27', 1, '2026-11-30'],
  ['2026-12-31', 1, '2027-01-03'],
  ['2026-12-31', 2, '2027-01-04'],
  ['2026-11-24', 0, null],
])('from %s, %d working days later is %s', (from, days, due) => expect(expectedDueOn(from, days, calendar)).toBe(due))
