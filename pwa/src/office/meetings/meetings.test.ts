import { describe, expect, it } from 'vitest'
import { bodyOf, emptyPlan, isPlanReady, linesOf, usualTitle } from './plan'
import { emptyArrangement, isRecordReady, namesOf, recordBody, type RecordDraft } from './record'

const plan = emptyPlan({
  title: ' 调度会 ', startsAt: '2026-11-27T15:00', place: '三楼', chair: '张某', agenda: ' 一 \n\n二', unitIds: ['u1'],
})

describe('a plan', () => {
  it('sends lines as lists and the time as Shanghai time', () => {
    const body = bodyOf(plan, '张某')
    expect(body).toMatchObject({ title: '调度会', startsAt: '2026-11-27T15:00:00+08:00', agenda: ['一', '二'], delegation: '', delegatedOn: null })
    expect('version' in body).toBe(false)
    expect(bodyOf(plan, '张某', 3).version).toBe(3)
  })
  it('asks for a delegation where somebody else is in the chair', () => {
    expect(isPlanReady(plan, '张某')).toBe(true)
    expect(isPlanReady(plan, '李某')).toBe(false)
    const delegated = { ...plan, delegation: '组长批示', delegatedOn: '2026-11-20' }
    expect(isPlanReady(delegated, '李某')).toBe(true)
    expect(bodyOf(delegated, '张某').delegation).toBe('')
  })
  it('names the quarter of a day', () => {
    expect(usualTitle('2026-03-31')).toBe('2026年第一季度工作调度会')
    expect(usualTitle('2026-10-01')).toBe('2026年第四季度工作调度会')
  })
  it('drops empty lines', () => expect(linesOf(' \n a\n')).toEqual(['a']))
})

const record = (changes: Partial<RecordDraft> = {}): RecordDraft => ({
  units: [{ unitId: 'u1', unitName: '区卫计局', state: 'present', names: '陈某、李某', standInFor: ' 王某 ', reason: '旧', progress: ' 好 ' }],
  arrangements: [], observers: '区文明办 肖某、罗某', recorder: '', remarks: '', ...changes,
})

describe('a record', () => {
  it('takes names apart and keeps of a unit what fits its state', () => {
    expect(namesOf('陈某, 李某；王某')).toEqual(['陈某', '李某', '王某'])
    expect(recordBody(record(), 2).units[0]).toMatchObject({ names: ['陈某', '李某'], standInFor: '王某', reason: '', progress: '好' })
    const away = record()
    away.units[0]!.state = 'excused'
    expect(recordBody(away, 2).units[0]).toMatchObject({ standInFor: '', reason: '旧' })
  })
  it('reads an observer as a body and its people', () => {
    expect(recordBody(record(), 2).observers).toEqual([{ body: '区文明办', names: ['肖某', '罗某'] }])
  })
  it('leaves out an arrangement that nobody began and waits for one that is begun', () => {
    const begun = { ...emptyArrangement('a1'), heading: '事项' }
    expect(recordBody(record({ arrangements: [emptyArrangement('a0')] }), 2).arrangements).toEqual([])
    expect(isRecordReady(record({ arrangements: [emptyArrangement('a0')] }))).toBe(true)
    expect(isRecordReady(record({ arrangements: [begun] }))).toBe(false)
    const whole = { ...begun, unitId: 'u1', content: '内容', dueOn: '2026-12-01' }
    expect(isRecordReady(record({ arrangements: [whole] }))).toBe(true)
  })
})
