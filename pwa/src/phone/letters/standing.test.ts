import { describe, expect, it } from 'vitest'
import { daysLeft, inOrder, isWaiting, moveReady } from './standing'
import type { LetterRow } from './wire'

const row = (id: string, given: Partial<LetterRow> = {}): LetterRow => ({
  id,
  kind: 'assignment',
  state: 'issued',
  number: null,
  title: '',
  unitId: 'u',
  unitName: '区卫计局',
  replyDueOn: '2026-12-02',
  agreedUntilOn: null,
  answered: 'none',
  overdue: false,
  tasks: 1,
  openTasks: 1,
  parentId: null,
  signedOn: null,
  issuedAt: null,
  createdAt: `2026-11-0${id}T09:00:00+08:00`,
  closedAt: null,
  archiveNumber: null,
  deliveredOn: null,
  sealedScan: null,
  version: 1,
  actions: ['reply', 'ask_for_time'],
  ...given,
})

describe('letters on the phone', () => {
  it('stand with what waits first, nearest limit first', () => {
    const rows = [
      row('1', { answered: 'replied' }),
      row('2', { replyDueOn: '2026-12-09' }),
      row('3'),
      row('4', { actions: [] }),
    ]
    expect(inOrder(rows).map((one) => one.id)).toEqual(['3', '2', '4', '1'])
  })

  it('wait for the leader where the leader decides', () => {
    expect(isWaiting(row('1', { kind: 'approval', actions: ['decide'] }))).toBe(true)
    expect(isWaiting(row('1', { kind: 'approval', actions: [] }))).toBe(false)
  })

  it('count working days to the agreed limit', () => {
    expect(daysLeft(row('1'), '2026-11-27', null)).toBe(3)
    expect(daysLeft(row('1', { agreedUntilOn: '2026-12-04' }), '2026-11-27', null)).toBe(5)
    expect(daysLeft(row('1'), '2026-11-27', { daysOff: ['2026-12-01'], daysWorked: ['2026-11-28'] })).toBe(3)
    expect(daysLeft(row('1', { replyDueOn: null }), '2026-11-27', null)).toBeNull()
  })

  it('ask for what a step needs', () => {
    expect(moveReady('reply', { text: '已整改' })).toBe(false)
    expect(moveReady('reply', { text: '已整改', signer: '分管领导' })).toBe(true)
    expect(moveReady('time', { reason: ' ' })).toBe(false)
    expect(moveReady('decide', {})).toBe(false)
    expect(moveReady('decide', { approved: 'no' })).toBe(true)
  })
})
