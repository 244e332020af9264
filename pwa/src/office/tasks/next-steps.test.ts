import { describe, expect, it } from 'vitest'
import type { ActionName } from '../wire'
import { statusKey, stepsOf } from './next-steps'

const OFFICE: ActionName[] = ['correct', 'void', 'extend', 'strike_off']
const task = (status: 'open' | 'replied', more: object = {}) => ({
  status, actions: OFFICE, extensionUntil: null, returnProposed: false, awaitsActivity: false, ...more,
})

describe('the steps of a task at the desk', () => {
  it('never invite to strike off what nobody has replied to', () => {
    const steps = stepsOf(task('open'))
    expect(steps.main).toBeNull()
    expect(steps.quiet).toEqual(['strike_off', 'void'])
    expect(steps.all).toEqual(['extend', 'correct', 'strike_off', 'void'])
  })

  it('lead with what comes next', () => {
    expect(stepsOf(task('open', { extensionUntil: '2026-12-01' })).main).toBe('extend')
    expect(stepsOf(task('open', { actions: ['confirm', ...OFFICE] })).main).toBe('confirm')
    expect(stepsOf(task('replied', { actions: ['return', ...OFFICE] })).main).toBe('strike_off')
    expect(stepsOf(task('replied', { actions: ['return', ...OFFICE], returnProposed: true })).main).toBe('return')
  })

  it('leave what waits for the next activity alone', () => {
    const steps = stepsOf(task('replied', { actions: ['return', ...OFFICE], awaitsActivity: true }))
    expect([steps.main, steps.quiet]).toEqual([null, ['strike_off', 'void']])
  })

  it('offer nothing that the server does not allow', () => {
    expect(stepsOf(task('replied', { actions: [] }))).toEqual({ main: null, all: [], quiet: [] })
    expect(stepsOf(task('replied', { actions: ['void'] })).main).toBeNull()
  })
})

describe('the words for where a task stands', () => {
  it('tell a planned re-check and a next activity from a plain reply', () => {
    expect(statusKey({ status: 'replied', recheck: null, awaitsActivity: false })).toBe('task.replied')
    expect(statusKey({ status: 'replied', recheck: {} as never, awaitsActivity: false })).toBe('task.recheck')
    expect(statusKey({ status: 'replied', recheck: null, awaitsActivity: true })).toBe('task.awaitsActivity')
  })
})
