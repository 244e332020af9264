import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { dataSaver, letGo, useDataSaver, waitsForWifi, wayOf, type Way } from './data-saver'
import { db, type OutboxItem, type Photo } from './database'
import { heldPhotos, owesNow } from './owing'

const on = { on: true, letGoAt: null }
const EARLY = '2026-11-25T09:00:00+08:00'
const LATE = '2026-11-25T11:00:00+08:00'

beforeEach(async () => {
  await db.delete()
  await db.open()
})

describe('the data saver', () => {
  it.each([
    ['wifi', 'free'],
    ['ethernet', 'free'],
    ['cellular', 'metered'],
    ['unknown', 'unknown'],
    [undefined, 'unknown'],
  ] as [string | undefined, Way][])('takes %s for %s', (type, way) => expect(wayOf(type)).toBe(way))

  it('holds photos where the line is, or may be, paid by the byte', () => {
    expect(waitsForWifi(EARLY, on, 'metered')).toBe(true)
    expect(waitsForWifi(EARLY, on, 'unknown')).toBe(true)
    expect(waitsForWifi(EARLY, on, 'free')).toBe(false)
    expect(waitsForWifi(EARLY, { on: false, letGoAt: null }, 'metered')).toBe(false)
  })

  it('lets go what was handed in before the tap, and holds what comes after', () => {
    const let10 = { on: true, letGoAt: '2026-11-25T10:00:00+08:00' }
    expect(waitsForWifi(EARLY, let10, 'metered')).toBe(false)
    expect(waitsForWifi(LATE, let10, 'metered')).toBe(true)
  })

  it('is remembered, and a tap is forgotten when it is switched anew', async () => {
    expect(await dataSaver()).toEqual({ on: false, letGoAt: null })
    await useDataSaver(true)
    await letGo(EARLY)
    expect(await dataSaver()).toEqual({ on: true, letGoAt: EARLY })
    await useDataSaver(true)
    expect(await dataSaver()).toEqual(on)
  })
})

describe('what is owed now', () => {
  const item = (fields: Partial<OutboxItem>) =>
    ({ id: 'a', kind: 'inspection', state: 'received', createdAt: EARLY, body: {}, ...fields }) as OutboxItem
  const photo = { id: 'p', ownerId: 'a', state: 'kept', sizeBytes: 5 } as Photo
  const rule = { saver: on, way: 'metered' as Way }

  it('is nothing while its photos wait for Wi-Fi, so that no question goes out for hours', () => {
    expect(heldPhotos([item({})], [photo], rule)).toEqual([photo])
    expect(owesNow([item({})], [photo], rule)).toBe(false)
    expect(owesNow([item({})], [photo], { ...rule, way: 'free' })).toBe(true)
  })

  it('is the answers all the same', () => expect(owesNow([item({ state: 'waiting' })], [photo], rule)).toBe(true))

  it('is no strike-off whose photos wait, for it waits for them', () => {
    const strikeOff = item({ kind: 'action', state: 'waiting', body: { id: 'a', at: EARLY, action: 'strike_off' } })
    expect(owesNow([strikeOff], [photo], rule)).toBe(false)
    expect(owesNow([strikeOff], [], rule)).toBe(true)
  })

  it('is nothing of a draft, and nothing of what waits for a person', () => {
    expect(owesNow([], [photo], rule)).toBe(false)
    expect(owesNow([item({ state: 'stuck' })], [], rule)).toBe(false)
  })
})
