import { expect, test } from 'vitest'
import type { Unit } from '../wire'
import { isWhole, unitsFor } from './people'

const unit = (kind: string, memberUntil: string | null = null): Unit =>
  ({ id: kind, code: kind, name: kind, kind, memberFrom: '2017-01-01', memberUntil, postsMissing: [], former: [], successorId: null }) as Unit
const UNITS = [unit('member'), unit('office'), unit('external'), unit('street', '2025-12-31')]
const kinds = (role: Parameters<typeof unitsFor>[0]) => unitsFor(role, UNITS, '2026-01-01').map((one) => one.kind)

test('a post is offered where it exists, and never in a unit that has ended', () => {
  expect(kinds('liaison')).toEqual(['member'])
  expect(kinds('office')).toEqual(['office'])
  expect(kinds('civility')).toEqual(['external'])
  expect(kinds('inspector')).toEqual(['member', 'office', 'external'])
})

test('a post without unit, role or day is not whole', () => {
  expect(isWhole({ unitId: 'a', role: 'liaison', validFrom: '2026-01-01' })).toBe(true)
  expect(isWhole({ unitId: 'a', role: '', validFrom: '2026-01-01' })).toBe(false)
})
