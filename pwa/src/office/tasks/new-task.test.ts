import { describe, expect, it } from 'vitest'
import { bodyOf, bringsLetter, emptyTask, isReady, ORIGINS } from './new-task'

const draft = { ...emptyTask(), problem: ' 垃圾桶破损 ', unitId: 'u1', sourceName: '市创文办' }

describe('the form of a new task', () => {
  it('is ready with a task, its unit, and who gave it where it comes from outside', () => {
    expect(isReady(emptyTask())).toBe(false)
    expect(isReady(draft)).toBe(true)
    expect(isReady({ ...draft, sourceName: ' ' })).toBe(false)
    expect(isReady({ ...draft, origin: 'leader', sourceName: '' })).toBe(true)
    expect(isReady({ ...draft, problem: '  ' })).toBe(false)
  })

  it('sends nothing that was left empty, and no unit beside itself', () => {
    expect(bodyOf({ ...draft, watcherIds: ['u1', 'u2'] }, 'id')).toEqual({
      id: 'id', origin: 'superior', severity: 'minor', problem: '垃圾桶破损', unitId: 'u1', sourceName: '市创文办', photos: [], watcherIds: ['u2'],
    })
    expect(bodyOf({ ...draft, nextActivity: true }, 'id').closing).toBe('next_activity')
  })

  it('says of every origin but a complaint that a letter follows', () => {
    expect(ORIGINS.filter((origin) => !bringsLetter(origin))).toEqual(['complaint'])
  })
})
