import { expect, it } from 'vitest'
import type { Recheck, RecheckTask } from '@/api/types'
import type { OutboxItem } from '@/outbox/database'
import { fieldsOf, inOrder, lackOf, lineOf, standingOf } from './rechecks'

const task = (taskId: string, outcome: RecheckTask['outcome'] = null) => ({ taskId, outcome }) as RecheckTask
const item = (taskId: string, state: OutboxItem['state'], recheckId = 'r') =>
  ({ taskId, state, recheckId, kind: 'action' }) as OutboxItem
const recheck = (plannedOn: string, tasks: RecheckTask[]) => ({ id: 'r', plannedOn, tasks }) as Recheck

it('shows what this phone handed in until the server tells what came of it', () => {
  expect(standingOf('r', task('a'), [])).toBe('waiting')
  expect(standingOf('r', task('a'), [item('a', 'waiting')])).toBe('kept')
  expect(standingOf('r', task('a'), [item('a', 'received')])).toBe('sent')
  expect(standingOf('r', task('a'), [item('a', 'declined')])).toBe('trouble')
  expect(standingOf('r', task('a', 'returned'), [item('a', 'stuck')])).toBe('returned')
})

it('takes a result of an earlier re-check for none of this one', () => {
  expect(standingOf('r', task('a'), [item('a', 'received', 'earlier')])).toBe('waiting')
})

it('counts what was seen to and puts what has ended last', () => {
  const open = lineOf(recheck('2026-11-30', [task('a'), task('b')]), [item('a', 'waiting')])
  const ended = lineOf(recheck('2026-11-20', [task('a', 'struck_off')]), [])
  expect(open).toMatchObject({ seen: 1, all: 2, ended: false })
  expect(inOrder([ended, open])).toEqual([open, ended])
})

it('asks for a photo to strike off, and for a reason otherwise', () => {
  expect(lackOf(null, {}, 1)).toBe('verdict')
  expect(lackOf('strike_off', { note: '已整改' }, 0)).toBe('photo')
  expect(lackOf('strike_off', { note: ' ' }, 1)).toBe('note')
  expect(lackOf('strike_off', { note: '已整改' }, 1)).toBeNull()
  expect(lackOf('return', { note: '已整改' }, 1)).toBe('reason')
  expect(lackOf('not_seen', { reason: '锁门' }, 0)).toBeNull()
})

it('sends only the fields of the verdict', () => {
  const fields = { note: '已整改', reason: ' 仍有 ', dueOn: '' }
  expect(fieldsOf('strike_off', fields)).toEqual({ note: '已整改' })
  expect(fieldsOf('return', fields)).toEqual({ reason: '仍有' })
})
