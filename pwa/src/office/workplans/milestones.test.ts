import { describe, expect, it } from 'vitest'
import { stepsByUnit } from './milestones'
import type { MilestoneStanding } from './wire'

const standing = (unitId: string, state: MilestoneStanding['state'], steps: number, done: number, dueOn: string | null) =>
  ({ unitId, state, steps, done, dueOn, indicatorCode: 'A', late: 0 }) as MilestoneStanding

describe('the milestones of a unit on the wall chart (R15)', () => {
  it('are counted over its indicators, with the nearest day of what is open', () => {
    const units = stepsByUnit([standing('1', 'under_way', 3, 1, '2026-12-01'), standing('1', 'done', 2, 2, null), standing('1', 'not_started', 1, 0, '2026-06-01')])
    expect(units.get('1')).toEqual({ state: 'under_way', steps: 6, done: 3, dueOn: '2026-06-01' })
  })

  it.each([
    ['overdue', 'done', 'overdue'],
    ['done', 'done', 'done'],
    ['not_started', 'not_started', 'not_started'],
    ['not_started', 'done', 'under_way'],
  ] as const)('%s and %s are %s', (one, other, together) => {
    expect(stepsByUnit([standing('1', one, 1, 0, null), standing('1', other, 1, 0, null)]).get('1')!.state).toBe(together)
  })
})
