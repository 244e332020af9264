import { describe, expect, it } from 'vitest'
import { bodyOf, emptyDraft, isReady, isTellable, namesOf, nextStates, type EventDraft } from './draft'
import type { NegativeItem } from './wire'

const item = (changes: Partial<NegativeItem> = {}): NegativeItem => ({
  code: 'G15', area: 'G', areaName: '', text: '', penaltyText: '', condition: 'event', mayHappen: true, mayLast: false, clauses: [], ...changes,
})
const draft = (changes: Partial<EventDraft> = {}): EventDraft => ({
  ...emptyDraft(), itemCode: 'G15', happenedOn: '2026-08-01', description: ' 事故 ', source: '通报', evidence: '原件', ...changes,
})

describe('an event in the form', () => {
  it('is told once its day and its figures are there', () => {
    expect(isTellable(draft(), null)).toBe(false)
    expect(isTellable(draft(), item())).toBe(true)
    expect(isTellable(draft({ happenedOn: '' }), item())).toBe(false)
    expect(isTellable(draft({ lasts: true }), item())).toBe(false)
    expect(isTellable(draft(), item({ condition: 'count' }))).toBe(false)
    expect(isTellable(draft({ persons: '甲、乙' }), item({ condition: 'count' }))).toBe(true)
    for (const [value, told] of [['84.99', true], ['', false], ['abc', false], ['-1', false]] as const) expect(isTellable(draft({ value }), item({ condition: 'score' }))).toBe(told)
  })
  it('asks one ranking for a fraction and two with groups for the last places', () => {
    const one = { group: '' as const, rank: '20', size: '30' }
    const none = { group: '' as const, rank: '', size: '' }
    expect(isTellable(draft({ rankings: [one, none] }), item({ condition: 'rank' }))).toBe(true)
    expect(isTellable(draft({ rankings: [{ ...one, size: '19' }, none] }), item({ condition: 'rank' }))).toBe(false)
    expect(isTellable(draft({ rankings: [one, one] }), item({ condition: 'rank_last' }))).toBe(false)
    expect(isTellable(draft({ rankings: [{ ...one, group: 'urban' }, { ...one, group: 'urban' }] }), item({ condition: 'rank_last' }))).toBe(true)
  })
  it('is ready with words, a name for what is established, a reason for what is corrected', () => {
    expect(isReady(draft(), item(), false)).toBe(true)
    expect(isReady(draft({ evidence: ' ' }), item(), false)).toBe(false)
    expect(isReady(draft({ state: 'established' }), item(), false)).toBe(false)
    expect(isReady(draft({ state: 'established', establishedBy: '市文明办' }), item(), false)).toBe(true)
    expect(isReady(draft(), item(), true)).toBe(false)
  })
  it('sends only what its item asks', () => {
    expect(bodyOf(draft({ persons: '甲', value: '3', untilOn: '2026-01-01' }), item(), 2)).toMatchObject({ persons: [], value: null, rankings: [], untilOn: null, description: '事故', version: 2 })
    expect(bodyOf(draft({ lasts: true, fromOn: '2026-01-01' }), item(), null)).toMatchObject({ happenedOn: null, fromOn: '2026-01-01', untilOn: null })
  })
  it('names each person once', () => expect(namesOf('甲、乙\n甲，丙 ')).toEqual(['甲', '乙', '丙']))
  it('is never established straight from a lead', () => {
    expect(nextStates('lead')).not.toContain('established')
    expect(nextStates('verified')).toContain('established')
  })
})
