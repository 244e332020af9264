import type { MilestoneStanding } from './wire'

export type UnitSteps = Pick<MilestoneStanding, 'state' | 'steps' | 'done' | 'dueOn'>

/** The worse first: one cell of a unit says the worst of its indicators, and is done only where all are. */
function worse(one: UnitSteps['state'], other: UnitSteps['state']): UnitSteps['state'] {
  if (one === 'overdue' || other === 'overdue') return 'overdue'
  return one === other ? one : 'under_way'
}

/** The milestones of each unit over all its indicators. */
export function stepsByUnit(found: readonly MilestoneStanding[]): Map<string, UnitSteps> {
  const units = new Map<string, UnitSteps>()
  for (const { unitId, state, steps, done, dueOn } of found) {
    const so = units.get(unitId)
    const next = [so?.dueOn, dueOn].filter((day) => Boolean(day)).sort()[0] ?? null
    units.set(unitId, so ? { state: worse(so.state, state), steps: so.steps + steps, done: so.done + done, dueOn: next } : { state, steps, done, dueOn })
  }
  return units
}
