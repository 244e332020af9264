import { describe, expect, it } from 'vitest'
import { waitMs } from './backoff'
import { itemEnded, nextItemState, type ItemEvent, type ItemState } from './item-state'
import { nextPhotoState, photoEnded, type PhotoEvent, type PhotoState } from './photo-state'

const PHOTO_STATES: PhotoState[] = ['kept', 'sending', 'received', 'refused', 'waived']
const PHOTO_EVENTS: PhotoEvent[] = ['begin', 'interrupted', 'receipt', 'refusal', 'waiver', 'retry']
const ITEM_STATES: ItemState[] = ['waiting', 'sending', 'received', 'declined', 'stuck']
const ITEM_EVENTS: ItemEvent[] = ['begin', 'interrupted', 'receipt', 'declined', 'stuck', 'retry']
const pairs = <S, E>(states: S[], events: E[]) =>
  states.flatMap((state) => events.map((event) => [state, event] as const))

describe('a photo on its way', () => {
  it.each(pairs(PHOTO_STATES, PHOTO_EVENTS))('%s + %s stays within the states', (state, event) => {
    expect(PHOTO_STATES).toContain(nextPhotoState(state, event))
  })

  it('never leaves "received", whatever happens', () => {
    for (const event of PHOTO_EVENTS) expect(nextPhotoState('received', event)).toBe('received')
  })

  it('turns green on a receipt only', () => {
    const green = pairs(PHOTO_STATES, PHOTO_EVENTS).filter(
      ([state, event]) => state !== 'received' && nextPhotoState(state, event) === 'received',
    )
    expect(new Set(green.map(([, event]) => event))).toEqual(new Set(['receipt']))
  })

  it('can always end: received, refused or waived', () => {
    for (const state of ['kept', 'sending'] as const) {
      for (const event of ['receipt', 'refusal', 'waiver'] as const)
        expect(photoEnded(nextPhotoState(state, event))).toBe(true)
    }
  })

  it('is kept, not lost, when it is cut off', () => {
    expect(nextPhotoState('sending', 'interrupted')).toBe('kept')
  })
})

describe('an item of the outbox', () => {
  it.each(pairs(ITEM_STATES, ITEM_EVENTS))('%s + %s stays within the states', (state, event) => {
    expect(ITEM_STATES).toContain(nextItemState(state, event))
  })

  it('stays ended', () => {
    for (const state of ITEM_STATES.filter(itemEnded))
      for (const event of ITEM_EVENTS) expect(nextItemState(state, event)).toBe(state)
  })

  it('waits for a person where the server would never take it, and goes on when asked', () => {
    expect(nextItemState('sending', 'stuck')).toBe('stuck')
    expect(nextItemState('stuck', 'begin')).toBe('stuck')
    expect(nextItemState('stuck', 'retry')).toBe('waiting')
  })
})

describe('the wait after a failure', () => {
  it('grows and then stays', () => {
    const waits = [1, 2, 3, 4, 5, 6].map((attempt) => waitMs(attempt, null, 0.5))
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waitMs(99, null, 0.5)).toBe(waitMs(5, null, 0.5))
  })

  it('is spread by chance, and never shorter than half of the step', () => {
    const waits = Array.from({ length: 50 }, () => waitMs(3))
    expect(new Set(waits).size).toBeGreaterThan(10)
    expect([waitMs(3, null, 0), waitMs(3, null, 1)]).toEqual([7_500, 15_000])
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(7_500)
  })

  it('is never shorter than the server asks for', () => {
    expect(waitMs(1, 90, 0)).toBe(90_000)
    expect(waitMs(1, 90, 1)).toBe(99_000)
  })
})
