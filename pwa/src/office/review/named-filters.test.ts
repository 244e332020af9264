import { describe, expect, it } from 'vitest'
import { LONGEST_NAME, MOST_NAMES, named, nameOf, parseNamed, unnamed } from './named-filters'

describe('filters under a name', () => {
  const severe = named([], '区卫计局重大', { unit: 'u1', severity: 'severe' })

  it('are read back as they were kept', () => {
    expect(parseNamed(JSON.stringify(severe))).toEqual(severe)
  })

  it('are none where nothing or nonsense was kept', () => {
    for (const text of [null, '', '{', '{}', '[1, null, {"name": "", "query": {}}, {"name": "a"}]']) expect(parseNamed(text)).toEqual([])
    expect(parseNamed('[{"name":"a","query":{"unit":1,"q":"b"}}]')).toEqual([{ name: 'a', query: { q: 'b' } }])
  })

  it('are told by what they ask for, whatever the order', () => {
    expect(nameOf(severe, { severity: 'severe', unit: 'u1', sort: 'receivedAt' })).toBe('区卫计局重大')
    expect(nameOf(severe, { unit: 'u1' })).toBe('')
    expect(nameOf(severe, {})).toBe('')
  })

  it('have one name each: the newest holds', () => {
    const again = named(severe, ' 区卫计局重大 ', { unit: 'u2' })
    expect(again).toEqual([{ name: '区卫计局重大', query: { unit: 'u2' } }])
    expect(unnamed(again, '区卫计局重大')).toEqual([])
  })

  it('stay few and short', () => {
    let list = severe
    for (let n = 0; n < MOST_NAMES; n += 1) list = named(list, `第${n}个`.padEnd(30, '长'), {})
    expect(list).toHaveLength(MOST_NAMES)
    expect(list[0]!.name).toHaveLength(LONGEST_NAME)
    expect(nameOf(list, { unit: 'u1', severity: 'severe' })).toBe('')
  })
})
