import { expect, test } from 'vitest'
import { fromGcj02, toGcj02 } from '@/domain/gcj02'
import { retold, rowsOf, type SheetTable } from './sites'

const TABLE: SheetTable = { name: '表', titles: ['序号', '名称', '纬度'], fields: [null, 'name', 'lat'], numbers: [2, 5], rows: [['1', ' 甲 ', '27.8'], ['2', '', '']] }

test('rows keep their numbers in the file and nothing that is empty', () => {
  expect(rowsOf(TABLE, TABLE.fields)).toEqual([{ number: 2, cells: { name: '甲', lat: '27.8' } }, { number: 5, cells: {} }])
})

test('a field stands in one column', () => {
  expect(retold(['name', null, 'lat'], 1, 'name')).toEqual([null, 'name', 'lat'])
  expect(retold(['name', null, 'lat'], 0, null)).toEqual([null, null, 'lat'])
})

test('a place on a shifted ground is taken back to where it is', () => {
  const there = { lat: 27.8741, lon: 113.1187 }
  const back = fromGcj02(toGcj02(there))
  expect(Math.abs(back.lat - there.lat) + Math.abs(back.lon - there.lon)).toBeLessThan(1e-7)
})
