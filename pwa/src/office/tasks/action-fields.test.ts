import { describe, expect, it } from 'vitest'
import type { TaskDetail } from '../wire'
import { isOffDay, toggled, weeksOf } from '../settings/calendar-days'
import { fieldsOf, isReady, startOf, stepFields } from './action-fields'

const task = { status: 'replied', unitId: 'u1', severity: 'major', dueOn: '2026-11-20', afterPhotos: ['a', 'b'], closing: 'evidence',
  persons: { overseer: '张局', implementer: '李联', resolver: '钱科长', named: ['resolver'], gaps: [] } } as unknown as TaskDetail
const today = '2026-11-24'

describe('the form of a step', () => {
  it('begins with the task as it stands; a return never with a date that has passed', () => {
    expect(startOf('correct', task, today).dueOn).toBe('2026-11-20')
    expect(startOf('return', task, today)).toEqual({ unitId: 'u1', severity: 'major', dueOn: today, until: '', words: '', photos: ['a', 'b'], signer: '', originalOn: today, nextActivity: false, overseer: '', implementer: '', resolver: '钱科长' })
  })

  it('asks for nothing when a further sighting is countersigned', () => {
    expect(fieldsOf('confirm', task)).toEqual([])
    expect(fieldsOf('confirm', { ...task, status: 'draft' })).toContain('dueOn')
  })

  it('cannot be sent without what its step needs', () => {
    const start = startOf('return', task, today)
    expect(isReady('return', start, task)).toBe(false)
    expect(isReady('return', { ...start, words: '四楼仍缺' }, task)).toBe(true)
    expect(isReady('extend', { ...start, words: 'x', until: '2026-11-20' }, task)).toBe(false)
    expect(isReady('extend', { ...start, words: 'x', until: '2026-11-27' }, task)).toBe(true)
    expect(isReady('strike_off', { ...start, photos: [] }, task)).toBe(false)
    expect(isReady('strike_off', start, task)).toBe(true)
    expect(isReady('correct', { ...startOf('correct', task, today), words: 'x' }, task)).toBe(false)
  })

  it('sets how a task is verified, and names who stands on it', () => {
    const start = { ...startOf('correct', task, today), words: '总结事后无法补写' }
    expect(isReady('correct', { ...start, nextActivity: true }, task)).toBe(true)
    expect(stepFields('correct', { ...start, nextActivity: true }, task)).toEqual({ closing: 'next_activity', reason: '总结事后无法补写' })
    expect(isReady('name_persons', start, task)).toBe(false)
    expect(stepFields('name_persons', { ...start, overseer: ' 赵副局长 ', resolver: '' }, task)).toEqual({ overseer: '赵副局长', resolver: '' })
  })

  it('enters a reply that came on paper with who signed it and its scan, and not as an after-photo', () => {
    const start = startOf('reply', task, today)
    expect(start.photos).toEqual([])
    const filled = { ...start, words: '已张贴标识', signer: '分管领导', photos: ['scan'] }
    expect(isReady('reply', { ...filled, photos: [] }, task)).toBe(false)
    expect(isReady('reply', { ...filled, signer: ' ' }, task)).toBe(false)
    expect(isReady('reply', filled, task)).toBe(true)
    expect(stepFields('reply', filled, task)).toEqual({ text: '已张贴标识', signer: '分管领导', originalOn: today, photos: ['scan'] })
  })

  it('sends each field under the name that its step has for it', () => {
    const draft = { ...startOf('return', task, today), words: ' 理由 ', until: '2026-12-01', unitId: 'u2' }
    expect(stepFields('extend', draft, task)).toEqual({ reason: '理由', until: '2026-12-01' })
    expect(stepFields('return', draft, task)).toEqual({ reason: '理由', dueOn: today })
    expect(stepFields('void', draft, task)).toEqual({ reason: '理由' })
    expect(stepFields('strike_off', draft, task)).toEqual({ note: '理由', photos: ['a', 'b'] })
    expect(stepFields('strike_off', { ...draft, words: '' }, task)).toEqual({ photos: ['a', 'b'] })
    expect(stepFields('correct', draft, task)).toEqual({ reason: '理由', unitId: 'u2', dueOn: today })
    expect(stepFields('confirm', draft, task)).toEqual({})
  })
})

describe('a day of the working calendar', () => {
  const year = { daysOff: ['2026-10-01'], daysWorked: ['2026-10-10'] }

  it('is off at weekends and on festivals, and worked where the notice says so', () => {
    expect([isOffDay(year, '2026-10-01'), isOffDay(year, '2026-10-10'), isOffDay(year, '2026-10-11'), isOffDay(year, '2026-10-12')]).toEqual([true, false, true, false])
  })

  it('turned over twice is as it was', () => {
    for (const on of ['2026-10-01', '2026-10-10', '2026-10-11', '2026-10-12']) {
      expect(isOffDay(toggled(year, on), on)).toBe(!isOffDay(year, on))
      expect(toggled(toggled(year, on), on)).toEqual(year)
    }
  })

  it('stands in a month that begins on Monday', () => {
    const weeks = weeksOf(2026, 11)
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01'])
    expect(weeks.flat().filter(Boolean)).toHaveLength(30)
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })
})
