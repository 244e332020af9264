import { expect, it } from 'vitest'
import type { Matrix } from '../matrix/wire'
import type { Statistics } from '../statistics/wire'
import { dutiesOf, numbersOf } from './standing'

const month = { month: '2026-11', inspections: 2, findings: 5, closed: 4, closedOnTime: 3, relapses: 1 }
const statistics = {
  months: [month, month],
  units: [{ unitId: 'u', open: 6, overdue: 2 }, { unitId: 'other', open: 9, overdue: 9 }],
  spread: { medianDays: 3, p90Days: 8 },
} as unknown as Statistics

it('tells what a unit owes now and how it did, and opens the rows behind each count', () => {
  const numbers = numbersOf('u', statistics)
  expect(numbers.map((one) => [one.key, one.value, one.late])).toEqual([
    ['owing', '6', false], ['overdue', '2', true], ['closed', '8', false], ['onTime', '75%', false], ['median', '3', false], ['relapses', '2', true],
  ])
  expect(numbers[1]?.to).toEqual({ name: 'tasks', query: { unit: 'u', overdue: 'true' } })
})

it('a unit that owes nothing is not late', () => {
  expect(numbersOf('new', { ...statistics, months: [] })[1]).toMatchObject({ value: '0', late: false })
})

it('names the indicators of a unit once, what it answers for before what it supports', () => {
  const indicator = (code: string, owners: object[], more: object[] = []) => ({ code, owners, requirements: more.map((one) => ({ owners: [one] })) })
  const own = (part: string) => ({ unitId: 'u', part, compiles: false })
  const matrix = {
    indicators: [indicator('a', [own('supporting')]), indicator('b', [own('supporting')], [own('responsible')]), indicator('c', [{ unitId: 'other', part: 'responsible' }])],
  } as unknown as Matrix
  expect(dutiesOf('u', matrix).map((one) => [one.indicator.code, one.part])).toEqual([['b', 'responsible'], ['a', 'supporting']])
})
