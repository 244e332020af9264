import { describe, expect, it } from 'vitest'
import { bodyOf, draftOf, fieldsOf, isReady, type Draft } from './fields'
import { shareText } from './looks'

const value: Draft = { measure: 'insured_institutions', state: 'published', level: 'city', source: '统计公报', publishedOn: '2026-03-01', 'figures.designated': '19', 'figures.all': ' 20 ' }
const figures = ['designated', 'all']

describe('the form of an entry', () => {
  it('asks a published value its figures and an unpublished one nothing', () => {
    const names = fieldsOf('value', figures, value).map((field) => field.name)
    expect(names).toEqual(['measure', 'state', 'publishedOn', 'figures.designated', 'figures.all'])
    expect(fieldsOf('value', figures, { ...value, state: 'not_published' }).map((field) => field.name)).toEqual(['measure', 'state'])
  })
  it('asks the opinion of the province only where there are three levels', () => {
    expect(fieldsOf('value', ['own'], { ...value, measure: 'income' }).some((field) => field.name === 'opinion')).toBe(true)
    expect(fieldsOf('value', figures, value).some((field) => field.name === 'opinion')).toBe(false)
  })
  it('is ready with figures that are numbers, a source, and a reason where it corrects', () => {
    const ready = (changes: Draft, correcting = false) => isReady(fieldsOf('value', figures, value), { ...value, ...changes }, correcting)
    expect(ready({})).toBe(true)
    for (const text of ['', '-1', '1e3', '1,000', 'abc']) expect(ready({ 'figures.all': text })).toBe(false)
    expect(ready({ source: ' ' })).toBe(false)
    expect(ready({}, true)).toBe(false)
    expect(ready({ reason: '更正' }, true)).toBe(true)
  })
  it('sends figures as they were typed and nothing that is not asked', () => {
    const body = bodyOf(fieldsOf('value', figures, value), value, 2026, null)
    expect(body).toMatchObject({ year: 2026, level: 'city', measure: 'insured_institutions', figures: { designated: '19', all: '20' }, version: null })
    const gone = { ...value, state: 'not_published' }
    expect(bodyOf(fieldsOf('value', figures, gone), gone, 2026, 2)).toMatchObject({ figures: {}, version: 2 })
  })
  it('sends empty days and choices as none, names as a list, ticks as they are', () => {
    const force: Draft = { level: 'district', source: '文件', names: '甲、乙\n丙', fromOn: '2026-01-01', untilOn: '', vehicle: '', funds: '', statesPeople: true, statesVehicle: false, statesFunds: false }
    expect(bodyOf(fieldsOf('force', [], force), force, 2026, null)).toMatchObject({ names: ['甲', '乙', '丙'], untilOn: null, statesPeople: true, statesFunds: false })
  })
  it('asks a unit of a unit’s score only', () => {
    expect(fieldsOf('score', [], { subject: 'unit' }).some((field) => field.name === 'unitId')).toBe(true)
    expect(fieldsOf('score', [], { subject: 'group' }).some((field) => field.name === 'unitId')).toBe(false)
  })
  it('begins a correction with what is there', () => {
    expect(draftOf({ figures: { all: '20' }, opinion: null, approved: true, names: ['甲', '乙'], reason: '旧' })).toEqual({ 'figures.all': '20', opinion: '', approved: true, names: '甲、乙', reason: '' })
  })
})

it('tells a share, and none of nothing', () => {
  expect(shareText(1, 3)).toBe('33.3%')
  expect(shareText(0, 0)).toBe('—')
})
