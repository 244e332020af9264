import { describe, expect, it } from 'vitest'
import { changesOf, grouped, valueOf, type Rule } from './rules'

const rule = (over: Partial<Rule>): Rule => ({
  name: 'digest_hour', group: 'messages', kind: 'number', value: 16, default: 16, low: 0, high: 23, rule: 'R39', ...over,
})

describe('settings', () => {
  it('stand in their groups in the order given', () => {
    const rules = [rule({ group: 'a' }), rule({ group: 'b' }), rule({ group: 'a', name: 'x' })]
    expect(grouped(rules).map(([name, members]) => [name, members.length])).toEqual([['a', 2], ['b', 1]])
  })

  it('sends whole numbers as numbers and anything else as it was typed', () => {
    expect([valueOf(rule({}), '15'), valueOf(rule({}), '1.5'), valueOf(rule({}), '')]).toEqual([15, '1.5', ''])
    expect(valueOf(rule({ kind: 'text', value: 'a' }), '15')).toBe('15')
    expect(valueOf(rule({ kind: 'flag', value: false }), true)).toBe(true)
  })

  it('changes only what differs', () => {
    expect(changesOf([rule({}), rule({ name: 'x', value: 3 })], { digest_hour: 16, x: 4 })).toEqual({ x: 4 })
  })
})
