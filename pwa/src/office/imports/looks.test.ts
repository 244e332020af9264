import { describe, expect, it } from 'vitest'
import { byWeight, FIELDS } from './looks'
import type { RowFault } from './wire'

const fault = (code: string, level: RowFault['level']): RowFault => ({ field: null, cell: null, code, level, message: code })

describe('what is said about a row', () => {
  it('begins with what keeps it from being taken', () => {
    const told = byWeight([fault('note', 'note'), fault('doubt', 'doubt'), fault('wrong', 'error'), fault('out', 'left_out')])
    expect(told.map((one) => one.code)).toEqual(['wrong', 'doubt', 'out', 'note'])
  })

  it('names each field once', () => {
    expect(new Set(FIELDS).size).toBe(FIELDS.length)
  })
})
