import { describe, expect, it } from 'vitest'
import { bodyOf, firstFields, isWritten, numbersOf } from './words'
import type { Duty } from './wire'

const duty = {
  period: { kind: 'month', period: '2026-11' },
  state: 'owed',
  versions: [],
  prefill: { done: '讲座', problems: '', nextSteps: '', highlights: '', progress: [{ indicatorCode: 'III-61', name: '', text: '核对' }] },
} as unknown as Duty

describe('a summary', () => {
  it('begins from the weeklies, and from the version before where there is one', () => {
    expect(firstFields(duty)).toEqual({ done: '讲座', 'progress:III-61': '核对' })
    const before = { ...duty.prefill, done: '已报', progress: [] }
    expect(firstFields({ ...duty, versions: [before] } as unknown as Duty)).toEqual({ done: '已报' })
  })

  it('is handed in without what nobody wrote', () => {
    const fields = { done: ' 讲座 ', problems: ' ', 'progress:III-61': '核对', 'progress:III-31': '' }
    expect(bodyOf(duty, fields, false)).toEqual({
      kind: 'month', period: '2026-11', correction: '', nil: false, done: '讲座', problems: '', nextSteps: '', highlights: '', enteredFrom: '',
      progress: [{ indicatorCode: 'III-61', text: '核对' }],
    })
  })

  it('has no words where there is nothing to report', () => {
    expect(bodyOf(duty, { done: '讲座' }, true)).toMatchObject({ period: '2026-11', nil: true, done: '', progress: [] })
    expect(isWritten({ correction: '更正', done: ' ' })).toBe(false)
  })

  it('names its week or month', () => {
    expect(numbersOf('2026-W05')).toEqual({ year: '2026', number: 5 })
    expect(numbersOf('2026-11')).toEqual({ year: '2026', number: 11 })
  })
})
