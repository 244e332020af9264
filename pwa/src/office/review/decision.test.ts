import { describe, expect, it } from 'vitest'
import type { Finding } from '../wire'
import { whatChanged } from './changes'
import { blocks, confirmStep, corrected, proposed, voidStep } from './decision'

const finding = {
  id: 'f', taskId: 't', taskVersion: 3, unitId: 'u1', unitName: '区卫计局', severity: 'major', dueOn: '2026-11-27',
  status: 'draft', taskStatus: 'draft', link: 'new', rung: 'none',
} as Finding
const today = '2026-11-24'

describe('a confirmation', () => {
  it('of what the rules propose carries nothing but the finding and the version that was seen', () => {
    const step = confirmStep(finding, proposed(finding), Date.parse('2026-11-24T02:00:00Z'))
    expect(step).toEqual({ id: step.id, at: '2026-11-24T10:00:00+08:00', version: 3, findingId: 'f', action: 'confirm' })
  })

  it('with corrections carries only what was corrected, and why', () => {
    const step = confirmStep(finding, { ...proposed(finding), unitId: 'u2', reason: ' 由街道管理 ' }, 0)
    expect(step).toMatchObject({ unitId: 'u2', reason: '由街道管理' })
    expect(step).not.toHaveProperty('severity')
    expect(step).not.toHaveProperty('dueOn')
  })

  it('has an id of its own each time', () => {
    expect(confirmStep(finding, proposed(finding), 0).id).not.toBe(confirmStep(finding, proposed(finding), 0).id)
  })
})

describe('what stands in the way of confirming', () => {
  it('is nothing where nothing was changed, even when the proposed date has passed', () => {
    const late = { ...finding, dueOn: '2026-11-01' }
    expect(blocks(late, proposed(late), today)).toBeNull()
  })

  it('is a missing reason, a missing unit, no date, or a date that has passed', () => {
    const with_ = (change: object) => blocks(finding, { ...proposed(finding), ...change }, today)
    expect(with_({ severity: 'minor' })).toBe('review.block.reason')
    expect(with_({ severity: 'minor', reason: '轻微' })).toBeNull()
    expect(with_({ unitId: '', reason: 'x' })).toBe('review.block.unit')
    expect(with_({ dueOn: '', reason: 'x' })).toBe('review.block.date')
    expect(with_({ dueOn: '2026-11-23', reason: 'x' })).toBe('review.block.past')
    expect(with_({ dueOn: today, reason: 'x' })).toBeNull()
  })

  it('names the fields that differ', () => {
    expect(corrected(finding, { ...proposed(finding), dueOn: today, severity: 'severe' })).toEqual(['severity', 'dueOn'])
  })
})

describe('voiding', () => {
  it('voids this one finding, with its reason', () => {
    expect(voidStep(finding, ' 重复记录 ', 0)).toMatchObject({ action: 'void', findingId: 'f', reason: '重复记录', version: 3 })
  })
})

describe('what another person changed', () => {
  it('is told field by field, and nothing else is', () => {
    const now = { ...finding, severity: 'severe', taskStatus: 'open', note: 'x', taskVersion: 4 } as Finding
    expect(whatChanged(finding, now)).toEqual([
      { field: 'taskStatus', from: 'draft', to: 'open' },
      { field: 'severity', from: 'major', to: 'severe' },
    ])
  })
})
