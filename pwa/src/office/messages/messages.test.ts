import { describe, expect, it } from 'vitest'
import { placeOfLink } from './links'
import { readState } from './reading'

const AT = '2026-12-01T16:00:00+08:00'

describe('how far a feedback has come', () => {
  it('is told from delivery and reading', () => {
    expect(readState({ capacity: 'unit_leader', deliveredAt: null, readAt: null })).toBe('waiting')
    expect(readState({ capacity: 'unit_leader', deliveredAt: AT, readAt: null })).toBe('unread')
    expect(readState({ capacity: 'data_officer', deliveredAt: AT, readAt: AT })).toBe('read')
  })

  it('on paper is handed over, and nobody of the office reads it for the unit', () => {
    expect(readState({ capacity: 'paper', deliveredAt: null, readAt: AT })).toBe('toHand')
    expect(readState({ capacity: 'paper', deliveredAt: AT, readAt: null })).toBe('handed')
  })
})

describe('where a message leads', () => {
  it('opens the thing itself', () => {
    expect(placeOfLink('/letters/x')).toMatchObject({ name: 'letters', params: { id: 'x' } })
    expect(placeOfLink('/tasks/y')).toEqual({ name: 'tasks', params: { id: 'y' } })
    expect(placeOfLink('/tasks')).toEqual({ name: 'tasks', params: {} })
  })

  it('leads nowhere from the inbox to itself, nor to what is not a page of the desk', () => {
    expect(placeOfLink('/inbox')).toBeNull()
    expect(placeOfLink('https://example.com/letters')).toBeNull()
    expect(placeOfLink('')).toBeNull()
  })
})
