import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { awake } from './awake'

let held: number
let page: EventTarget & { visibilityState: string }
const turn = () => new Promise((go) => setTimeout(go))

function lock() {
  held++
  return { release: () => Promise.resolve(void held--) }
}

beforeEach(() => {
  held = 0
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  vi.stubGlobal('navigator', { wakeLock: { request: async () => lock() } })
})
afterEach(() => vi.unstubAllGlobals())

describe('while photos go out', () => {
  it('the screen stays on, and no longer than that', async () => {
    const during = await awake(async () => (await turn(), held))
    expect([during, held]).toEqual([1, 0])
  })

  it('also where the work fails', async () => {
    const work = awake(async () => {
      await turn()
      throw new Error('line')
    })
    await expect(work).rejects.toThrow('line')
    expect(held).toBe(0)
  })

  it('it is asked for again when the page is seen again', async () => {
    await awake(async () => {
      await turn()
      held = 0 // the browser took it away
      page.dispatchEvent(new Event('visibilitychange'))
      await turn()
      expect(held).toBe(1)
    })
    expect(held).toBe(0)
  })

  it('the work is done all the same where there is no such lock, or it is refused, or comes too late', async () => {
    vi.stubGlobal('navigator', {})
    expect(await awake(() => Promise.resolve('sent'))).toBe('sent')
    vi.stubGlobal('navigator', { wakeLock: { request: () => Promise.reject(new Error('battery')) } })
    expect(await awake(() => Promise.resolve('sent'))).toBe('sent')
    vi.stubGlobal('navigator', { wakeLock: { request: async () => (await turn(), lock()) } })
    expect(await awake(() => Promise.resolve('sent'))).toBe('sent')
    await turn()
    await turn()
    expect(held).toBe(0)
  })
})
