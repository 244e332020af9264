import { beforeAll, expect, it } from 'vitest'
import { addCatalogue } from '@/i18n'
import texts from '@/i18n/phone.zh-CN.json'
import type { PhotoState } from '@/outbox/photo-state'
import type { ItemState } from '@/outbox/item-state'
import { endedText, endingOf, exceptionsText, summaryOf } from './summary'

beforeAll(() => addCatalogue(texts, async () => ({})))

const item = (state: ItemState) => ({ id: 'a', state })
const photos = (...states: PhotoState[]) => states.map((state) => ({ ownerId: 'a', state }))

it('says "all delivered" only where the server has every photo and took every step', () => {
  expect(endedText(summaryOf([item('received')], photos('received', 'received')))).toBe('全部已送达')
  expect(endedText(summaryOf([item('received')], photos('received', 'refused')))).toBe(
    '已送达；1 张照片未被采用，见下',
  )
  expect(endedText(summaryOf([item('received')], photos('refused', 'waived', 'waived')))).toBe(
    '已送达；1 张照片未被采用，2 张照片经办公室同意免传，见下',
  )
  expect(endedText(summaryOf([item('declined')], []))).toBe('已送达；1 项办理未被采纳，见下')
})

it('never calls delivered what waits for a person', () => {
  expect(endedText(summaryOf([item('stuck')], []))).not.toContain('已送达')
})

it('counts only photos of what was handed in', () => {
  expect(summaryOf([item('received')], [{ ownerId: 'draft', state: 'refused' }]).refusedPhotos).toBe(0)
  expect(exceptionsText(summaryOf([item('received')], photos('received')))).toBe('')
})

it.each([
  ['waiting', [], 'owed'],
  ['received', ['sending'], 'owed'],
  ['received', ['received'], 'delivered'],
  ['received', ['received', 'waived'], 'attention'],
  ['received', ['refused'], 'attention'],
  ['declined', ['received'], 'attention'],
  ['stuck', ['kept'], 'stuck'],
] as [ItemState, PhotoState[], string][])('%s with photos %j is %s', (state, states, ending) => {
  expect(endingOf(item(state), photos(...states))).toBe(ending)
})
