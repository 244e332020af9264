import { describe, expect, it } from 'vitest'
import type { TaskStep } from '../wire'
import { follow, hold, HOLD_MS, parseQueue, ripe, secondsLeft, sendingNow, undoable, waitingAgain, without, type Held } from './outgoing'

const step = (id: string, over: Partial<TaskStep> = {}): TaskStep => ({ id, at: '2026-11-24T10:00:00+08:00', action: 'confirm', version: 1, ...over })
const held = (id: string, over: Partial<Held> = {}): Held => ({
  findingId: `finding-${id}`, taskId: `task-${id}`, label: id, step: step(id), heldAtMs: 0, sending: false, ...over,
})

describe('a decision that is held', () => {
  it('leaves after ten seconds and not before, in the order in which it was made', () => {
    const queue = [held('a'), held('b', { heldAtMs: 1 })]
    expect(ripe(queue, HOLD_MS - 1)).toEqual([])
    expect(ripe(queue, HOLD_MS).map((one) => one.label)).toEqual(['a'])
    expect(ripe(queue, HOLD_MS + 1).map((one) => one.label)).toEqual(['a', 'b'])
  })

  it('counts its seconds down to nought and no further', () => {
    expect(secondsLeft(held('a'), 0)).toBe(10)
    expect(secondsLeft(held('a'), 9001)).toBe(1)
    expect(secondsLeft(held('a'), 60_000)).toBe(0)
  })

  it('is replaced by a later one on the same finding, unless it is on its way', () => {
    const again = held('b', { findingId: 'finding-a' })
    expect(hold([held('a')], again)).toEqual([again])
    expect(hold([held('a', { sending: true })], again)).toHaveLength(2)
  })

  it('can be taken back, the latest first, until it is on its way', () => {
    const queue = [held('a'), held('b')]
    expect(undoable(queue)?.label).toBe('b')
    expect(undoable(sendingNow(queue, 'b'))?.label).toBe('a')
    expect(undoable([])).toBeNull()
    expect(without(queue, 'b').map((one) => one.label)).toEqual(['a'])
  })

  it('waits again when the server was not reached, and is due at once', () => {
    const queue = waitingAgain(sendingNow([held('a')], 'a'), 'a')
    expect(ripe(queue, HOLD_MS)).toHaveLength(1)
  })
})

describe('our own step and those behind it on the same task', () => {
  const sent = held('a', { taskId: 'task' })

  it('settles further confirmations, because the server confirms all sightings of a task at once', () => {
    const { queue, settled } = follow([held('b', { taskId: 'task' }), held('c')], sent, 2)
    expect(settled.map((one) => one.label)).toEqual(['b'])
    expect(queue.map((one) => one.label)).toEqual(['c'])
  })

  it('moves the version of the others on, and of nobody else', () => {
    const voided = held('b', { taskId: 'task', step: step('b', { action: 'void', reason: '重复记录' }) })
    const { queue } = follow([voided, held('c')], sent, 2)
    expect(queue.map((one) => one.step.version)).toEqual([2, 1])
  })

  it('leaves a decision alone that was made on another version', () => {
    const older = held('b', { taskId: 'task', step: step('b', { action: 'void', version: 0 }) })
    expect(follow([older], sent, 2).queue[0]?.step.version).toBe(0)
  })
})

describe('a stored queue', () => {
  it('comes back with everything to be sent again', () => {
    expect(parseQueue(JSON.stringify([held('a', { sending: true })]))).toEqual([held('a')])
  })

  it('is empty where nothing that can be read was stored', () => {
    for (const text of [null, '', '{', '{}', '[null, 1, {}]']) expect(parseQueue(text)).toEqual([])
  })
})
