import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { db } from './database'
import { drainOnce } from './drain'
import { beginDraft, submitDraft } from './drafts'
import { uuid7 } from './ids'
import { handInRecheck } from './rechecks'
import { outboxStatus } from './status'

// The client takes its origin from the page that it is loaded in.
vi.hoisted(() => Object.assign(globalThis, { location: { origin: 'http://127.0.0.1' } }))

const ME = { id: 'anna', name: '甲', mustChangePassword: false }
const RECEIPT = { id: 'x', receivedAt: '2026-11-24T02:00:00Z', score: 90, findings: [], missingPhotos: [] }
type Route = (request: Request) => Response | Promise<Response>
let routes: Record<string, Route>
let asked: string[]

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const problem = (status: number, code: string, more: object = {}) =>
  json(status, { type: `/problems/${code}`, title: code, detail: `${code}.`, ...more })

beforeEach(async () => {
  await db.delete()
  await db.open()
  Object.assign(outboxStatus, { reachable: true, needsPassword: false, mustChangePassword: false, otherPerson: null, unexpected: null })
  asked = []
  routes = { 'GET /api/session': () => json(200, ME) }
  vi.stubGlobal('fetch', async (request: Request) => {
    const key = `${request.method} ${new URL(request.url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]+/, '*')}`
    asked.push(key)
    const route = routes[key]
    if (!route) throw new TypeError('Failed to fetch')
    return route(request)
  })
})
afterEach(() => vi.unstubAllGlobals())

async function handedIn(personId = 'anna') {
  const draft = await beginDraft({ personId, visitId: null, siteId: 's', templateVersionId: 'v', section: 'A' })
  await submitDraft(draft.id, { asked: [], failing: [], title: '站', subtitle: '表', device: { id: 'd', appVersion: '1' } })
  return async () => (await db.outbox.get(draft.id))!
}
const pass = { personId: 'anna', force: true }

describe('a planned re-check', () => {
  const plan = { siteId: 's', plannedOn: '2026-11-25', taskIds: ['t'], assignees: ['anna'], note: '' }
  const handedInPlan = () => handInRecheck({ personId: 'anna', id: uuid7(), title: '复查', subtitle: '站' }, plan)

  it('goes out unchanged until the server has it, before the steps on tasks', async () => {
    const { id } = await handedInPlan()
    const bodies: unknown[] = []
    routes['PUT /api/rechecks/*'] = async (request) => {
      bodies.push(await request.json())
      return bodies.length < 2 ? problem(503, 'busy') : json(200, { id })
    }
    await drainOnce(pass)
    expect((await db.outbox.get(id))!.state).toBe('waiting')
    await drainOnce(pass)
    expect((await db.outbox.get(id))!.state).toBe('received')
    expect(bodies[0]).toMatchObject(plan)
    expect(bodies[1]).toEqual(bodies[0])
  })

  it('that the server cannot plan waits for a person, with the reason', async () => {
    const { id } = await handedInPlan()
    routes['PUT /api/rechecks/*'] = () =>
      problem(422, 'unprocessable', { errors: [{ pointer: '/taskIds/0', code: 'recheck-planned', message: '已安排' }] })
    await drainOnce(pass)
    expect(await db.outbox.get(id)).toMatchObject({ state: 'stuck', error: { code: 'unprocessable' } })
  })
})

describe('one pass of the outbox', () => {
  it('sends the answers with their author and is done on the receipt', async () => {
    const item = await handedIn()
    let author: string | null = null
    routes['PUT /api/inspections/*'] = (request) => {
      author = request.headers.get('X-Author')
      return json(201, RECEIPT)
    }
    await drainOnce(pass)
    expect((await item()).state).toBe('received')
    expect(author).toBe('anna')
  })

  it('sends nothing while somebody else is signed in', async () => {
    const item = await handedIn()
    routes['GET /api/session'] = () => json(200, { id: 'berta', name: '乙' })
    await drainOnce(pass)
    expect(asked).toEqual(['GET /api/session'])
    expect((await item()).state).toBe('waiting')
    expect(outboxStatus.otherPerson).toBe('乙')
  })

  it("never touches another person's work", async () => {
    const item = await handedIn('berta')
    await drainOnce(pass)
    expect((await item()).state).toBe('waiting')
    expect(asked).toEqual(['GET /api/session'])
  })

  it('asks for the password on 401 and asks nothing else', async () => {
    const item = await handedIn()
    routes['GET /api/session'] = () => problem(401, 'not-signed-in')
    await drainOnce(pass)
    expect([outboxStatus.needsPassword, outboxStatus.reachable]).toEqual([true, true])
    expect(asked).toEqual(['GET /api/session'])
    expect((await item()).firstSentAt).toBeNull()
  })

  it('sends nothing under a one-time password, and everything after it was replaced', async () => {
    const item = await handedIn()
    routes['PUT /api/inspections/*'] = () => json(201, RECEIPT)
    routes['GET /api/session'] = () => json(200, { ...ME, mustChangePassword: true })
    await drainOnce(pass)
    expect(asked).toEqual(['GET /api/session'])
    expect([outboxStatus.mustChangePassword, (await item()).state]).toEqual([true, 'waiting'])
    routes['GET /api/session'] = () => json(200, ME)
    await drainOnce(pass)
    expect([outboxStatus.mustChangePassword, (await item()).state]).toEqual([false, 'received'])
  })

  it('knows that it is offline without calling the item sent', async () => {
    const item = await handedIn()
    delete routes['GET /api/session']
    await drainOnce(pass)
    expect(outboxStatus.reachable).toBe(false)
    expect((await item()).firstSentAt).toBeNull()
  })

  it.each([503, 429, 423])('waits and keeps it on %i', async (status) => {
    const item = await handedIn()
    routes['PUT /api/inspections/*'] = () => problem(status, 'busy')
    await drainOnce(pass)
    const after = await item()
    expect([after.state, after.attempts]).toEqual(['waiting', 1])
    expect(after.nextAttemptAt).toBeGreaterThan(Date.now())
    await drainOnce({ ...pass, force: false })
    expect((await item()).attempts).toBe(1)
  })

  it.each(['author-differs', 'inspection-differs'])(
    'keeps what is refused as %s for a person to look at',
    async (code) => {
      const item = await handedIn()
      routes['PUT /api/inspections/*'] = () => problem(409, code)
      await drainOnce(pass)
      expect([(await item()).state, (await item()).error?.code]).toEqual(['stuck', code])
    },
  )

  it('reopens the draft under the same id on 422', async () => {
    const item = await handedIn()
    const id = (await item()).id
    routes['PUT /api/inspections/*'] = () =>
      problem(422, 'not-storable', { errors: [{ pointer: '/answers/0', code: 'not-whole', message: '请填写整数' }] })
    await drainOnce(pass)
    expect(await db.outbox.get(id)).toBeUndefined()
    const draft = (await db.drafts.get(id))!
    expect([draft.status, draft.errors[0]?.message]).toEqual(['open', '请填写整数'])
  })

  it('sends the same body again after an answer that was lost', async () => {
    const item = await handedIn()
    const bodies: string[] = []
    routes['PUT /api/inspections/*'] = async (request) => {
      bodies.push(await request.text())
      if (bodies.length === 1) throw new TypeError('Failed to fetch')
      return json(200, RECEIPT)
    }
    await drainOnce(pass)
    expect((await item()).state).toBe('waiting')
    await drainOnce(pass)
    expect((await item()).state).toBe('received')
    expect(bodies[0]).toBe(bodies[1])
  })
})
