import { beforeAll, expect, it } from 'vitest'
import { addCatalogue } from '@/i18n'
import texts from '@/i18n/phone.zh-CN.json'
import type { PhotoState } from '@/outbox/photo-state'
import type { ItemState } from '@/outbox/item-state'
import { endedText, endingOf, exceptionsText, overdueOf, summaryOf } from './summary'

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

it('reminds of what the server has not had in full for more than a day, and of nothing else', () => {
  const handedIn = (state: ItemState) => ({ ...item(state), createdAt: '2026-11-24T09:00:00+08:00' })
  const at = (instant: string) => Date.parse(instant)
  const [soon, late] = [at('2026-11-25T08:59:00+08:00'), at('2026-11-25T09:01:00+08:00')]
  expect(overdueOf([handedIn('waiting')], [], soon)).toBe(0)
  expect(overdueOf([handedIn('waiting')], [], late)).toBe(1)
  expect(overdueOf([handedIn('received')], photos('kept'), late)).toBe(1)
  expect(overdueOf([handedIn('stuck')], [], late)).toBe(1)
  expect(overdueOf([handedIn('received')], photos('received', 'waived'), late)).toBe(0)
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
