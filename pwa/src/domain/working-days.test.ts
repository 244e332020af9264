import { describe, expect, it } from 'vitest'
import { workingDaysLeft } from './working-days'

const festival = new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'])
const worked = new Set(['2026-10-10'])
const isOff = (on: string) => {
  const day = new Date(`${on}T00:00:00Z`).getUTCDay()
  return festival.has(on) || ((day === 0 || day === 6) && !worked.has(on))
}

describe('working days left', () => {
  it.each([
    ['2026-09-30', '2026-09-30', 0],
    ['2026-09-28', '2026-09-30', 2],
    ['2026-09-30', '2026-10-08', 1],
    ['2026-09-30', '2026-10-10', 3],
    ['2026-10-09', '2026-10-11', 1],
    ['2026-10-12', '2026-10-09', -2],
    ['2026-10-11', '2026-10-10', 0],
  ])('from %s to %s are %i', (today, until, left) => {
    expect(workingDaysLeft(today, until, isOff)).toBe(left)
  })
})
