import { describe, expect, it } from 'vitest'
import { answersOf, askable, droppedAt, emptyDocument, inserted, moved, movedSection, newItem, nextCode, nextSection, placeOf, reruled, retyped, rewritten, without, words } from './document'
import type { Document } from './wire'

function checklist(): Document {
  const document = { ...emptyDocument('WC', '垃圾收集点检查表'), siteKinds: ['hospital'] }
  document.sections.push({ code: 'WC-B', label: words('环境') })
  document.items = ['WC-A01', 'WC-A02', 'WC-B01'].map((code) => newItem(code, code.slice(0, 4)))
  return document
}
const codes = (document: Document) => document.items.map((item) => `${item.section}:${item.code}`)

describe('the document of a checklist', () => {
  it('gives codes that were never used', () => {
    expect(nextCode('WC-A', ['WC-A01', 'WC-A03'])).toBe('WC-A02')
    expect(nextSection(checklist())).toBe('WC-C')
  })

  it('keeps the items of a section together wherever one is put', () => {
    const document = inserted(checklist(), newItem('WC-A03', 'WC-A'), 'WC-B01')
    expect(codes(document)).toEqual(['WC-A:WC-A01', 'WC-A:WC-A02', 'WC-A:WC-A03', 'WC-B:WC-B01'])
    expect(codes(droppedAt(document, 'WC-A01', 'WC-B', 'WC-B01'))).toEqual(['WC-A:WC-A02', 'WC-A:WC-A03', 'WC-B:WC-A01', 'WC-B:WC-B01'])
  })

  it('moves an item over the edge of its section, and a code stays with its question', () => {
    expect(codes(moved(checklist(), 'WC-A02', -1))).toEqual(['WC-A:WC-A02', 'WC-A:WC-A01', 'WC-B:WC-B01'])
    expect(codes(moved(checklist(), 'WC-A02', 1))).toEqual(['WC-A:WC-A01', 'WC-B:WC-A02', 'WC-B:WC-B01'])
    expect(codes(moved(checklist(), 'WC-A01', -1))).toEqual(codes(checklist()))
    expect(codes(movedSection(checklist(), 'WC-B', -1))).toEqual(['WC-B:WC-B01', 'WC-A:WC-A01', 'WC-A:WC-A02'])
    expect(codes(without(checklist(), 'WC-A01'))).toEqual(['WC-A:WC-A02', 'WC-B:WC-B01'])
  })

  it('changes a type together with what hangs on it', () => {
    const number = retyped(newItem('WC-A01', 'WC-A'), 'num')
    expect(number).toMatchObject({ type: 'num', integer: true, pass: { op: 'atLeast', n: 1 } })
    expect(retyped({ ...number, unit: words('个'), max: 3 }, 'text')).toMatchObject({ unit: null, max: null, weight: 0, workingDays: 0, closing: 'none', pass: { op: 'record' } })
    expect(reruled(retyped(number, 'text'), 'record').photoOnFail).toBe(false)
  })

  it('lets the English text repeat the Chinese one until it says something of its own', () => {
    expect(rewritten(words('是否整洁'), '是否干净')).toEqual(words('是否干净'))
    expect(rewritten({ 'zh-CN': '是否整洁', en: 'Tidy?' }, '是否干净')).toEqual({ 'zh-CN': '是否干净', en: 'Tidy?' })
  })

  it('offers earlier items for a condition and finds the place of a fault', () => {
    expect(askable(checklist(), 'WC-B01').map((item) => item.code)).toEqual(['WC-A01', 'WC-A02'])
    expect(answersOf(retyped(newItem('X', 'Y'), 'num'))).toBeNull()
    expect(placeOf('/items/2/when', checklist())).toBe('WC-B01')
    expect(placeOf('/sections/1/label/en', checklist())).toBe('WC-B')
    expect(placeOf('/name/en', checklist())).toBe('')
  })
})
