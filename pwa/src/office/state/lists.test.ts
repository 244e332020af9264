import { describe, expect, it } from 'vitest'
import { viewOf, VIEWS } from '../tasks/views'
import { activeCount, askedFor, readFilters, writeFilters } from './filters'
import { letIn, mergeHead } from './merge'
import { monthAfter, recentMonths } from './months'

const spec = { status: { values: ['draft', 'confirmed'], initial: 'draft' }, q: {}, sort: { initial: '-at' } }

describe('filters in the address', () => {
  it('read back as they were written', () => {
    const filters = { status: 'confirmed', q: '禁烟 标识', sort: 'at' }
    expect(readFilters(spec, writeFilters(spec, filters))).toEqual(filters)
  })

  it('leave defaults out, and keep a default that was emptied', () => {
    expect(writeFilters(spec, readFilters(spec, {}))).toEqual({})
    expect(writeFilters(spec, { status: '', q: '', sort: '-at' })).toEqual({ status: '' })
    expect(readFilters(spec, { status: '' }).status).toBe('')
  })

  it('take a value that is not allowed for the default, so that an old link opens', () => {
    expect(readFilters(spec, { status: 'nonsense', q: ['a', 'b'] })).toEqual({ status: 'draft', q: 'a', sort: '-at' })
  })

  it('count what narrows the list, not what orders it', () => {
    expect(activeCount(spec, { status: 'draft', q: '', sort: 'at' })).toBe(0)
    expect(activeCount(spec, { status: '', q: 'x', sort: 'at' })).toBe(2)
  })

  it('ask the server for nothing that is empty', () => {
    expect(askedFor({ status: 'draft', q: '' })).toEqual({ status: 'draft' })
  })
})

describe('news in a list that is being read', () => {
  type Row = { id: string; at: number; text?: string }
  const row = (at: number, text?: string): Row => ({ id: `r${at}`, at, text })
  const before = (a: Row, b: Row) => a.at > b.at

  it('updates rows where they stand and holds new ones back', () => {
    const merged = mergeHead([row(3), row(2), row(1)], [row(4), row(3, 'new'), row(2), row(1)], () => true)
    expect(merged.items).toEqual([row(3, 'new'), row(2), row(1)])
    expect(merged.arrived).toEqual([row(4)])
  })

  it('drops what the head should hold and does not, but not what is stood on', () => {
    const head = [row(3)]
    expect(mergeHead([row(3), row(2)], head, () => true).items).toEqual([row(3)])
    expect(mergeHead([row(3), row(2)], head, () => true, new Set(['r2'])).items).toEqual([row(3), row(2)])
  })

  it('says nothing about rows behind the head', () => {
    const merged = mergeHead([row(3), row(2), row(1)], [row(3)], (one) => one.at > 3)
    expect(merged.items).toHaveLength(3)
  })

  it('lets arrivals in where the order wants them, each once', () => {
    expect(letIn([row(3), row(1)], [row(4), row(2), row(3)], before).map((one) => one.at)).toEqual([4, 3, 2, 1])
  })
})

describe('saved views', () => {
  it('are each recognised from their filters', () => {
    for (const view of VIEWS) expect(viewOf(view)).toBe(view.key)
    expect(viewOf({ status: 'void', overdue: '', relapse: '' })).toBeNull()
  })
})

describe('the months that can be chosen', () => {
  it('go back over the turn of the year', () => {
    expect(recentMonths(3, '2026-01-15')).toEqual(['2026-01', '2025-12', '2025-11'])
  })

  it('turn the year, both ways', () => {
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-05', 1)]).toEqual(['2027-01', '2025-12', '2026-06'])
    expect(monthAfter('2026-02', -3)).toBe('2025-11')
    expect(monthAfter('2026-12', -11)).toBe('2026-01')
  })
})
