import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Item, Rule, Value } from '@/api/types'
import { faultOf } from './answers'
import { isDue, needsNewerApp, shownItems } from './conditions'
import { type Given, judge } from './passRules'

type Values = Record<string, Value>
type Vectors = {
  judge: {
    item?: string
    rule?: Rule
    siteKind: string
    inspectedOn: string
    value: Value
    photoCount?: number
    facts?: Record<string, unknown>
    others?: Values
    expected: string
  }[]
  system: { item: string; others: Values; inspectedOn: string }[]
  shown: { template: string; siteKind: string; answers: Values; shown: string[]; hidden: string[] }[]
  due: { frequency: Item['frequency']; inspectedOn: string; last: string | null; expected: boolean }[]
  faults: { item: string; value: Value; inspectedOn: string; others: Values; expected: string | null }[]
}

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../../schemas/${path}`, import.meta.url), 'utf8'))
const vectors: Vectors = read('pass_vectors.json')
const templates = Object.fromEntries(
  ['YL', 'KY', 'KH'].map((code) => [code, read(`data/checklists/${code}.json`).items as Item[]]),
)
const items = new Map(Object.values(templates).flat().map((item) => [item.code, item]))
const given = (values: Values = {}) => new Map<string, Given>(Object.entries(values).map(([code, value]) => [code, { value, photoCount: 0 }]))
const itemOf = (code: string) => items.get(code) as Item

describe('the vectors that the server runs too', () => {
  it.each(vectors.judge)('$item $rule $siteKind $inspectedOn $value $others is $expected', (vector) => {
    const item = vector.rule ? { code: 'X', pass: vector.rule } : itemOf(vector.item ?? '')
    const answers = given(vector.others).set(item.code, { value: vector.value, photoCount: vector.photoCount ?? 0 })
    const where = { siteKind: vector.siteKind, inspectedOn: vector.inspectedOn, facts: vector.facts ?? {} }
    expect(judge(item, answers, where)).toBe(vector.expected)
  })

  it.each(vectors.system)('what the system decides is not judged here: $item', (vector) => {
    const where = { siteKind: 'science_room', inspectedOn: vector.inspectedOn, facts: {} }
    expect(judge(itemOf(vector.item), given(vector.others), where)).toBe('unjudged')
  })

  it.each(vectors.shown)('$template at a $siteKind with $answers', (vector) => {
    const shown = shownItems(templates[vector.template] ?? [], vector.siteKind, given(vector.answers))
    expect(vector.shown.filter((code) => !shown.has(code))).toEqual([])
    expect(vector.hidden.filter((code) => shown.has(code))).toEqual([])
  })

  it.each(vectors.due)('$frequency on $inspectedOn after $last is due: $expected', (vector) => {
    expect(isDue(vector.frequency, vector.inspectedOn, vector.last ?? undefined)).toBe(vector.expected)
  })

  it.each(vectors.faults)('R85 $item $others is refused: $expected', (vector) => {
    expect(faultOf(itemOf(vector.item), vector.value, given(vector.others), vector.inspectedOn)?.code ?? null).toBe(vector.expected)
  })

  it('this app knows every item of the templates', () => {
    expect([...items.values()].filter(needsNewerApp)).toEqual([])
    expect(items.size).toBe(107)
  })
})
