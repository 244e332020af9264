import { describe, expect, it } from 'vitest'
import type { Finding } from '../wire'
import { changedCount, complaintOf, confirmSteps, leftOut, sorted, UNCHANGED, voidSteps } from './batch'
import { between, toggled } from './selection'

const finding = (over: Partial<Finding> = {}): Finding =>
  ({
    id: 'f1', taskId: 't1', taskVersion: 3, taskStatus: 'draft', status: 'draft', unitId: 'u1', severity: 'minor',
    dueOn: '2026-12-24', onSpot: false, actions: ['confirm', 'void'], ...over,
  }) as Finding

describe('what goes into a batch', () => {
  it('leaves out what was decided, and what this person may not decide', () => {
    expect(leftOut(finding({ actions: [] }), 'confirm')).toBe('decided')
    expect(leftOut(finding({ actions: ['confirm'] }), 'void')).toBe('decided')
    expect(leftOut(finding(), 'void')).toBeNull()
  })

  it('R40 leaves what was closed on the spot to be countersigned one by one', () => {
    expect(leftOut(finding({ onSpot: true }), 'confirm')).toBe('onSpot')
    expect(leftOut(finding({ onSpot: true }), 'correct')).toBe('onSpot')
    expect(leftOut(finding({ onSpot: true }), 'void')).toBeNull()
  })

  it('corrects no unit of a task that runs already', () => {
    expect(leftOut(finding({ taskStatus: 'open' }), 'correct')).toBe('running')
    expect(leftOut(finding({ taskStatus: 'open' }), 'confirm')).toBeNull()
  })

  it('tells how many are left for which reason', () => {
    const all = [finding(), finding({ id: 'f2', onSpot: true }), finding({ id: 'f3', onSpot: true })]
    const { taken, left } = sorted(all, 'confirm')
    expect(taken.map((one) => one.id)).toEqual(['f1'])
    expect(left).toEqual([['onSpot', 2]])
  })
})

describe('the steps of a batch', () => {
  it('carry what differs, the reason, and the version of each', () => {
    const change = { unitId: 'u2', severity: '' as const, reason: ' 归街道 ' }
    const [first, second] = confirmSteps([finding(), finding({ id: 'f2', unitId: 'u2', taskVersion: 5 })], change, 0)
    expect(first).toMatchObject({ action: 'confirm', unitId: 'u2', reason: '归街道', version: 3, findingId: 'f1' })
    expect(second).toMatchObject({ version: 5 })
    expect(second).not.toHaveProperty('unitId')
    expect(first!.id).not.toBe(second!.id)
  })

  it('void each finding by itself with the one reason', () => {
    expect(voidSteps([finding(), finding({ id: 'f2' })], '重复记录', 0).map((step) => [step.findingId, step.reason])).toEqual([
      ['f1', '重复记录'], ['f2', '重复记录'],
    ])
  })

  it('are not sent without a change or without its reason', () => {
    expect(complaintOf([finding()], UNCHANGED, '2026-11-25')).toBe('batch.block.nothing')
    expect(complaintOf([finding()], { ...UNCHANGED, severity: 'severe' }, '2026-11-25')).toBe('review.block.reason')
    expect(complaintOf([finding()], { unitId: '', severity: 'severe', reason: '影响安全' }, '2026-11-25')).toBeNull()
    expect(changedCount([finding(), finding({ severity: 'severe' })], { ...UNCHANGED, severity: 'severe' })).toBe(1)
  })
})

describe('choosing rows', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }))

  it('puts one in and takes it out again', () => {
    expect([...toggled(new Set(['a']), 'b')]).toEqual(['a', 'b'])
    expect([...toggled(new Set(['a']), 'a')]).toEqual([])
  })

  it('reaches from one row to another, up or down', () => {
    expect(between(rows, 'b', 'd')).toEqual(['b', 'c', 'd'])
    expect(between(rows, 'd', 'c')).toEqual(['c', 'd'])
    expect(between(rows, null, 'c')).toEqual(['c'])
    expect(between(rows, 'gone', 'c')).toEqual(['c'])
    expect(between(rows, 'a', 'gone')).toEqual([])
  })
})
