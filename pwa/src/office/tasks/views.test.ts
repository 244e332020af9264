import { describe, expect, it } from 'vitest'
import { readFilters } from '../state/filters'
import { ledgerUrl, LIVE, taskFilters } from './views'

describe('the address of the ledger', () => {
  it('asks for what the list shows, and for nothing that is empty', () => {
    const filters = readFilters(taskFilters, { overdue: 'true', q: '禁烟 & 标识' })
    const url = new URL(ledgerUrl(filters), 'https://xungai.test')
    expect(url.pathname).toBe('/api/ledger.xlsx')
    expect(Object.fromEntries(url.searchParams)).toEqual({ status: LIVE, overdue: 'true', q: '禁烟 & 标识', sort: 'dueOn' })
  })

  it('is bare where everything is wanted', () => {
    expect(ledgerUrl({ status: '', q: '' })).toBe('/api/ledger.xlsx')
  })
})
