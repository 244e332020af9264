import { describe, expect, it } from 'vitest'
import type { TaskStep } from '../wire'
import { follow, hold, HOLD_MS, marked, parseQueue, ripe, secondsLeft, together, undoable, without, type Held } from './outgoing'

const step = (id: string, over: Partial<TaskStep> = {}): TaskStep => ({ id, at: '2026-11-24T10:00:00+08:00', action: 'confirm', version: 1, ...over })
const held = (id: string, over: Partial<Held> = {}): Held => ({
  findingId: `finding-${id}`, taskId: `task-${id}`, label: id, step: step(id), heldAtMs: 0, sending: false, batch: id, ...over,
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
    expect(hold([held('a')], [again])).toEqual([again])
    expect(hold([held('a', { sending: true })], [again])).toHaveLength(2)
  })

  it('can be taken back, the latest first, until it is on its way', () => {
    const queue = [held('a'), held('b')]
    expect(undoable(queue).map((one) => one.label)).toEqual(['b'])
    expect(undoable(marked(queue, [held('b')], true)).map((one) => one.label)).toEqual(['a'])
    expect(undoable([])).toEqual([])
    expect(without(queue, [held('b')]).map((one) => one.label)).toEqual(['a'])
  })

  it('waits again when the server was not reached, and is due at once', () => {
    const queue = marked(marked([held('a')], [held('a')], true), [held('a')], false)
    expect(ripe(queue, HOLD_MS)).toHaveLength(1)
  })
})

describe('what was decided together', () => {
  const batch = [held('b', { batch: 'x' }), held('c', { batch: 'x' })]

  it('is taken back together, except what is on its way', () => {
    const queue = hold([held('a')], batch)
    expect(undoable(queue).map((one) => one.label)).toEqual(['b', 'c'])
    expect(undoable(marked(queue, [held('b')], true)).map((one) => one.label)).toEqual(['c'])
  })

  it('travels together, of each task the first step alone', () => {
    const queue = [...batch, held('d', { taskId: 'task-b' })]
    expect(together(queue, queue).map((one) => one.label)).toEqual(['b', 'c'])
    const leaving = marked(queue, [held('b')], true)
    expect(together(leaving, ripe(leaving, HOLD_MS)).map((one) => one.label)).toEqual(['c'])
  })

  it('travels in lists of fifty', () => {
    const queue = Array.from({ length: 120 }, (_, place) => held(`n${place}`))
    expect(together(queue, queue)).toHaveLength(50)
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
