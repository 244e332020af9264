import { describe, expect, it } from 'vitest'
import { draftOf, isPlanReady, newStep, planBody } from './plan'
import type { Plan } from './wire'

const filled = () => {
  const draft = draftOf(null, '2026-03-01')
  draft.deployment = '党组会议部署'
  draft.persons = { 'III-61': '张科长', 'III-31': ' ' }
  draft.steps = [{ ...newStep('III-61'), content: ' 核对 ', dueOn: '2026-06-01' }]
  return draft
}

describe('a plan of the year', () => {
  it('is ready with a deployment and dated steps, and a reason where it corrects one', () => {
    expect(isPlanReady(draftOf(null, '2026-03-01'), false)).toBe(false)
    expect(isPlanReady(filled(), false)).toBe(true)
    expect(isPlanReady(filled(), true)).toBe(false)
    expect(isPlanReady({ ...filled(), correction: '增加节点' }, true)).toBe(true)
    expect(isPlanReady({ ...filled(), steps: [newStep('III-61')] }, false)).toBe(false)
  })

  it('travels without what nobody filled in', () => {
    const body = planBody(filled(), 2026)
    expect(body.persons).toEqual([{ indicatorCode: 'III-61', name: '张科长' }])
    expect(body.milestones[0]).toMatchObject({ content: '核对', dueOn: '2026-06-01' })
  })

  it('keeps the ids of its steps from version to version', () => {
    const body = planBody(filled(), 2026)
    const plan = { ...body, milestones: body.milestones } as unknown as Plan
    expect(draftOf(plan, '2026-04-01').steps[0]!.id).toBe(body.milestones[0]!.id)
  })
})
