import { describe, expect, it } from 'vitest'
import type { Item } from '@/api/types'
import { readAnswers } from '@/domain/answers'
import type { DraftAnswer, Photo } from '@/outbox/database'
import { givenOf, itemsOf, sectionsOf } from './reading'

const base: Item = {
  code: 'X',
  section: 'S',
  type: 'yn',
  label: { 'zh-CN': '项' },
  options: [],
  appliesTo: [],
  when: null,
  frequency: 'month',
  required: true,
  photoOnFail: true,
  pass: { op: 'equals', value: true },
  unit: null,
  hint: null,
  integer: false,
  max: null,
  photoCount: 0,
  photosFromElsewhere: false,
  weight: 2,
  severity: 'minor',
  workingDays: 3,
  closing: 'evidence',
  unitType: 'medical',
  basis: '',
}
const WHERE = { siteKind: 'health_centre', inspectedOn: '2026-11-24', facts: {} }
const said = (value: DraftAnswer['value'], more: Partial<DraftAnswer> = {}): DraftAnswer => ({
  value,
  note: '',
  noPhotoReason: '',
  at: '',
  ...more,
})
const photo = (item: string) => ({ id: item, item, sha256: item }) as Photo

function read(items: Item[], answers: Record<string, DraftAnswer>, photos: Photo[] = [], last = {}) {
  const reading = readAnswers(items, givenOf(answers, photos), last, WHERE)
  return itemsOf(items, answers, photos, reading)
}

describe('where an item stands', () => {
  it('lacks an answer, then a photo, then nothing', () => {
    expect(read([base], {})[0]!.lacks).toBe('answer')
    expect(read([base], { X: said(false) })[0]!.lacks).toBe('photo')
    expect(read([base], { X: said(false) }, [photo('X')])[0]!.lacks).toBeNull()
    expect(read([base], { X: said(false, { noPhotoReason: '涉及病人' }) })[0]!.lacks).toBeNull()
    expect(read([base], { X: said(true) })[0]!.lacks).toBeNull()
  })

  it('asks for a reason where a check on entry fails', () => {
    const panorama: Item = { ...base, type: 'photo', weight: 0, pass: { op: 'count', n: 3 }, photoOnFail: false }
    const stand = read([panorama], {}, [photo('X')])[0]!
    expect([stand.verdict, stand.lacks]).toEqual(['fail', 'reason'])
    expect(read([panorama], { X: said(undefined, { note: '门头施工' }) }, [photo('X')])[0]!.lacks).toBeNull()
  })

  it('says that an unknown type needs a newer app, and does not block', () => {
    const stand = read([{ ...base, type: 'signature' }], {})[0]!
    expect([stand.unknown, stand.lacks]).toEqual([true, null])
  })

  it('carries a quarterly answer of this quarter over', () => {
    const stand = read([{ ...base, frequency: 'quarter' }], {}, [], { X: { value: true, on: '2026-10-12' } })[0]!
    expect([stand.carried, stand.lacks]).toEqual([true, null])
  })

  it('follows conditions as they are answered', () => {
    const child: Item = { ...base, code: 'Y', when: { op: 'all', of: [{ op: 'equals', item: 'X', value: true }] } }
    expect(read([base, child], {}).map((stand) => stand.item.code)).toEqual(['X'])
    expect(read([base, child], { X: said(true) }).map((stand) => stand.item.code)).toEqual(['X', 'Y'])
  })

  it('counts sections', () => {
    const parts = sectionsOf(
      [
        { code: 'S', label: { 'zh-CN': '节' } },
        { code: 'EMPTY', label: { 'zh-CN': '空' } },
      ],
      read([base, { ...base, code: 'Y' }], { X: said(false) }),
    )
    expect(parts).toHaveLength(1)
    expect([parts[0]!.asked, parts[0]!.answered, parts[0]!.failing, parts[0]!.lacking]).toEqual([2, 1, 1, 2])
  })
})
