import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Item, Value } from '@/api/types'
import { isAnswered, type Last, lacksProof, readAnswers } from './answers'
import { applies, needsNewerApp, shownItems } from './conditions'
import { daysBefore, isDate, monthsBefore } from './dates'
import { fractionOf } from './fractions'
import { type Given, judge } from './passRules'

const file = new URL('../../../schemas/data/checklists/YL.json', import.meta.url)
const clinic: Item[] = JSON.parse(readFileSync(file, 'utf8')).items
const itemOf = (code: string) => clinic.find((item) => item.code === code) as Item
const where = { siteKind: 'health_centre', inspectedOn: '2026-11-24', facts: {} }
const FINE: Record<string, Value> = { num: 100, one: 'yes', date: '2026-11-23', text: '', photo: null }

function allAnswered(changes: Record<string, Value | undefined> = {}): Map<string, Given> {
  const answers = new Map<string, Given>()
  for (const item of clinic) {
    if (item.type === 'auto' || !applies(item, where.siteKind)) continue
    const value = item.code in changes ? changes[item.code] : (FINE[item.type] ?? (item.type === 'photo' || item.type === 'text' ? null : true))
    if (value !== undefined) answers.set(item.code, { value, photoCount: item.type === 'photo' ? 3 : 0 })
  }
  return answers
}
const read = (changes: Record<string, Value | undefined>, last: Record<string, Last> = {}) =>
  readAnswers(clinic, allAnswered(changes), last, where)
const failing = (reading: ReturnType<typeof read>) => [...reading.verdicts].filter(([, verdict]) => verdict === 'fail').map(([code]) => code)

describe('reading a whole inspection', () => {
  it('finds nothing wrong with a good one', () => {
    const reading = read({})
    expect([reading.shown.size, reading.missing, reading.faults.size, failing(reading)]).toEqual([38, [], 0, []])
  })

  it('says what is missing, what is refused and what fails', () => {
    const reading = read({ 'YL-A01': -1, 'YL-B01': false, 'YL-B02': undefined, 'YL-C01': null, 'YL-A06': '2026-11-25' })
    expect(reading.missing).toEqual(['YL-B02', 'YL-C01'])
    expect([...reading.faults].map(([code, fault]) => [code, fault.code])).toEqual([
      ['YL-A01', 'negative-number'],
      ['YL-A06', 'date-after-inspection'],
    ])
    expect(failing(reading)).toEqual(['YL-B01'])
  })

  it('hides what has no board to ask about, whatever was answered before', () => {
    const reading = read({ 'YL-A03': 0 }, { 'YL-A04': { value: 1, on: '2026-02-01' } })
    expect([...reading.shown].filter((code) => /A0[45678]/.test(code))).toEqual([])
    expect(reading.carried.size).toBe(0)
  })

  it('lets a quarterly answer stand until the quarter ends', () => {
    const standing = read({ 'YL-D01': undefined }, { 'YL-D01': { value: false, on: '2026-10-01' } })
    expect([standing.missing, [...standing.carried], standing.verdicts.get('YL-D01')]).toEqual([[], ['YL-D01'], 'fail'])
    expect(read({ 'YL-D01': undefined }, { 'YL-D01': { value: false, on: '2026-09-30' } }).missing).toEqual(['YL-D01'])
    const again = read({ 'YL-D01': true }, { 'YL-D01': { value: false, on: '2026-10-01' } })
    expect([again.carried.size, again.verdicts.get('YL-D01')]).toEqual([0, 'pass'])
  })

  it('R85 asks for a photo or a reason where an answer fails', () => {
    expect(lacksProof(itemOf('YL-B01'), 'fail', 0, ' ')).toBe(true)
    expect(lacksProof(itemOf('YL-B01'), 'fail', 1, '')).toBe(false)
    expect(lacksProof(itemOf('YL-B01'), 'fail', 0, '相机损坏')).toBe(false)
    expect(lacksProof(itemOf('YL-B01'), 'pass', 0, '')).toBe(false)
    expect(lacksProof(itemOf('YL-B06'), 'fail', 0, '')).toBe(false)
    expect(lacksProof(itemOf('YL-H01'), 'fail', 2, '')).toBe(true)
  })

  it('takes photos and texts without a value as answered', () => {
    expect(['photo', 'text', 'yn', 'num'].map((type) => isAnswered({ type }, { value: null, photoCount: 0 }))).toEqual([true, true, false, false])
    expect(isAnswered({ type: 'text' }, undefined)).toBe(false)
  })
})

describe('what a later release brings', () => {
  const rule = (pass: Item['pass'], changes: Partial<Item> = {}) => ({ ...itemOf('YL-A01'), pass, ...changes })
  const later = [
    rule({ op: 'moonPhase' }),
    rule({ op: 'toString' }),
    rule({ op: 'byKind', rules: { hospital: { op: 'moonPhase' } } }),
    rule({ op: 'atLeast', n: 2 }, { type: 'sound' }),
    rule({ op: 'atLeast', n: 2 }, { when: { op: 'none', of: [] } }),
    rule({ op: 'atLeast', n: 2 }, { when: { op: 'all', of: [{ op: 'near', item: 'YL-A01' }] } }),
  ]

  it.each(later)('needs a newer app: $type $pass $when', (item) => {
    expect(needsNewerApp(item)).toBe(true)
  })

  it('is not judged, and is shown', () => {
    const answers = new Map([['YL-A01', { value: 1, photoCount: 0 }]])
    for (const item of later.slice(0, 3)) expect(judge(item, answers, { ...where, siteKind: 'hospital' })).toBe('unjudged')
    expect(shownItems(later.slice(4), 'hospital', new Map()).size).toBe(1)
  })
})

describe('numbers and dates', () => {
  it('are taken as they are written', () => {
    expect(fractionOf(0.1)).toEqual([1n, 10n])
    expect(fractionOf(1e-7)).toEqual([1n, 10n ** 7n])
    expect(fractionOf(1.5e21)).toEqual([1500000000000000000000n, 1n])
    expect(fractionOf(-2.25)).toEqual([-225n, 100n])
    expect([fractionOf(Number.NaN), fractionOf('3'), fractionOf(true), fractionOf(null)]).toEqual([null, null, null, null])
  })

  it('know the calendar', () => {
    expect(['2028-02-29', '2026-02-29', '2100-02-29', '2026-04-31', '2026-00-10', '2026-1-1'].map(isDate)).toEqual([true, false, false, false, false, false])
    expect(daysBefore('2026-03-01', 2)).toBe('2026-02-27')
    expect(monthsBefore('2026-01-31', 2)).toBe('2025-11-30')
  })
})
