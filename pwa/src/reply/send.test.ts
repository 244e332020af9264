import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { draftOf, drafts, faults, handIn, page, reachable, sends, takeUp, teller, write } from './desk'
import { all } from './kept'
import { lack } from './forms'
import { sendAll } from './send'

vi.hoisted(() => Object.assign(globalThis, { location: { origin: 'http://127.0.0.1', hash: '#code' } }))

const TASK = 'task-1'
const PAGE = { linkId: 'l', tasks: [], number: 'n' }
type Route = (init: RequestInit) => Response | Promise<Response>
let step: Route
let sent: { auth: string | undefined; body: string; credentials: RequestCredentials | undefined }[]

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status })
const problem = (status: number, code: string) => json(status, { type: `/problems/${code}`, title: code, detail: 'x' })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  drafts.clear()
  sends.clear()
  faults.clear()
  Object.assign(teller, { name: '李四', post: '副局长', phone: '1' })
  page.value = null
  sent = []
  step = () => json(200, {})
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url === '/api/reply') return json(200, PAGE)
    const headers = init.headers as Record<string, string>
    sent.push({ auth: headers['Authorization'], body: String(init.body), credentials: init.credentials })
    return step(init)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('what is handed in on the page of a code', () => {
  it('goes out with the code in a header, no cookie, and the words as they were', async () => {
    await write(TASK, 'progress', 'text', '已联系厂家')
    const id = draftOf(TASK, 'progress')!.id
    await handIn(TASK, 'progress')
    await sendAll()
    const [one] = sent
    expect([one!.auth, one!.credentials]).toEqual(['Reply-Link code', 'omit'])
    expect(JSON.parse(one!.body)).toMatchObject({ id, action: 'progress', text: '已联系厂家', toldBy: { name: '李四' } })
    expect([sends.size, drafts.size]).toEqual([0, 0])
  })

  it('is sent again unchanged after an answer that was lost, and survives a reload in between', async () => {
    await write(TASK, 'reply', 'text', '已整改')
    await handIn(TASK, 'reply')
    step = () => {
      throw new TypeError('Failed to fetch')
    }
    await sendAll()
    expect([reachable.value, sends.size]).toEqual([false, 1])
    sends.clear()
    await takeUp()
    expect(sends.size).toBe(1)
    step = () => json(200, {})
    await sendAll()
    expect(sent[0]!.body).toBe(sent[1]!.body)
    expect([sends.size, (await all('sends')).length]).toEqual([0, 0])
  })

  it.each([503, 429, 423])('waits on %i and loses nothing', async (status) => {
    await write(TASK, 'progress', 'text', '进展')
    await handIn(TASK, 'progress')
    step = () => problem(status, 'busy')
    await sendAll()
    expect(sends.size).toBe(1)
    step = () => json(200, {})
    await sendAll()
    expect(sends.size).toBe(0)
  })

  it('comes back to be mended under a new id where it is refused', async () => {
    await write(TASK, 'reply', 'text', '已整改')
    const before = draftOf(TASK, 'reply')!.id
    await handIn(TASK, 'reply')
    step = () => problem(409, 'transition-refused')
    await sendAll()
    const draft = draftOf(TASK, 'reply')!
    expect([draft.fields['text'], draft.id === before, faults.has(draft.id)]).toEqual(['已整改', false, true])
    expect(sends.size).toBe(0)
  })

  it('is kept where the code no longer opens anything', async () => {
    await write(TASK, 'progress', 'text', '进展')
    await handIn(TASK, 'progress')
    step = () => problem(404, 'reply-link-closed')
    await sendAll()
    expect(sends.size).toBe(1)
    await all('sends').then((rows) => expect(rows).toHaveLength(1))
  })
})

describe('what a form still lacks', () => {
  const said = { name: '甲', post: '联络员', phone: '' }
  it.each([
    ['acknowledge', {}, said, null],
    ['acknowledge', {}, { ...said, post: ' ' }, 'reply.lack.teller'],
    ['progress', { text: ' ' }, said, 'reply.lack.text'],
    ['reply', { measure: 'a', text: 'b' }, said, 'reply.lack.phone'],
    ['reply', { text: 'b' }, said, 'reply.lack.measure'],
    ['reply', { measure: 'a', text: 'b' }, { ...said, phone: '1' }, null],
    ['ask_extension', { reason: 'a' }, said, 'reply.lack.until'],
  ] as const)('%s %o', (form, fields, by, expected) => {
    expect(lack(form, fields, by)).toBe(expected)
  })
})
