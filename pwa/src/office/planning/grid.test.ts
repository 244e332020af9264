import { describe, expect, it } from 'vitest'
import { dayOf, peopleRows, replaced, rowsOf, shortName, stateOf, step, tripsOf, turn } from './grid'
import type { MonthPlan, PlanDay, PlannedVisit } from './wire'

const visit = (changes: Partial<PlannedVisit> = {}): PlannedVisit => ({
  id: 'v1', version: 1, siteId: 's1', templateCode: 'KY', round: 1, dueOn: '2026-12-08', madeOn: null, noAccess: false, assignees: ['a', 'b'],
  assigneeNames: ['甲', '乙'], status: 'planned', cancelReason: null, reasons: [], mayChange: true, ...changes,
})
const days: PlanDay[] = ['04', '05', '06', '07', '08'].map((day) => ({ on: `2026-12-${day}`, works: day !== '05' && day !== '06' }))
const site = (id: string) => ({ id, name: id, streetName: '', kind: 'science_room' })

describe('the grid', () => {
  it('puts the checklists of one trip on one chip, and nothing else', () => {
    const trips = tripsOf([visit(), visit({ id: 'v2', templateCode: 'KH' }), visit({ id: 'v3', assignees: ['c'] }), visit({ id: 'v4', status: 'cancelled' })], '2026-12-01')
    expect(trips.map((trip) => trip.visits.map((one) => one.id))).toEqual([['v1', 'v2'], ['v3'], ['v4']])
  })
  it('calls a visit late on the day after its own', () => {
    expect([stateOf(visit(), '2026-12-08'), stateOf(visit(), '2026-12-09'), stateOf(visit({ status: 'done' }), '2026-12-09')]).toEqual(['planned', 'late', 'done'])
    expect(stateOf(visit({ status: 'done', noAccess: true }), '2026-12-09'), 'a locked door is no visit made').toBe('no_access')
  })
  it('stands on the day on which it was made, where that is in the month', () => {
    expect([visit(), visit({ madeOn: '2026-12-03' }), visit({ madeOn: '2027-01-04' })].map(dayOf)).toEqual(['2026-12-08', '2026-12-03', '2026-12-08'])
  })
  it('has a row for each site with a visit, or for all', () => {
    const plan = { sites: [site('s1'), site('s2')], visits: [visit()] } as unknown as MonthPlan
    expect(rowsOf(plan, '2026-12-01', false).map((row) => row.id)).toEqual(['s1'])
    expect(rowsOf(plan, '2026-12-01', true).map((row) => row.cells.size)).toEqual([1, 0])
  })
  it('has a row for each person, and a team on both', () => {
    const plan = { sites: [site('s1')], inspectors: [{ id: 'c', name: '丙' }, { id: 'a', name: '甲' }], visits: [visit()] } as unknown as MonthPlan
    const rows = peopleRows(plan, '2026-12-01')
    expect(rows.map((row) => [row.title, row.cells.size])).toEqual([['丙', 0], ['甲', 1], ['乙', 1]])
    const trip = tripsOf([visit()], '2026-12-01')[0]!
    expect(turn(rows, trip, 'a', 'a', -1), 'the one who goes along already is passed over').toBe('c')
    expect(turn(rows, trip, 'a', 'a', 1)).toBe('a')
  })
  it('puts one of the team in the place of another, and nobody twice', () => {
    expect(replaced(['a', 'b'], 'a', 'c')).toEqual(['c', 'b'])
    expect(replaced(['a', 'b'], 'a', 'b')).toBeNull()
    expect(replaced(['a', 'b'], 'a', 'a')).toEqual(['a', 'b'])
  })
  it('steps over days off, and not into the past or out of the month', () => {
    expect(step(days, '2026-12-04', 1, '2026-12-01')).toBe('2026-12-07')
    expect(step(days, '2026-12-07', -1, '2026-12-01')).toBe('2026-12-04')
    expect(step(days, '2026-12-07', -1, '2026-12-05')).toBe('2026-12-07')
    expect(step(days, '2026-12-08', 1, '2026-12-01')).toBe('2026-12-08')
  })
  it('shortens a name to what fits', () => {
    expect(['王小明', '督查员一', 'Ann Lee Wu'].map(shortName)).toEqual(['王小明', '员一', 'ALW'])
  })
})
