import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDataSaver, letGo } from './data-saver'
import { db } from './database'
import { beginDraft, submitDraft } from './drafts'
import { keepPhoto } from './photos'
import { sendPhotos } from './send-photos'

vi.hoisted(() => Object.assign(globalThis, { location: { origin: 'http://127.0.0.1' } }))
// tus speaks to a server through XMLHttpRequest, which is the browser tests' matter; here it is who is sent, and how often.
const sent = vi.hoisted(() => [] as string[])
vi.mock('./upload', () => ({
  upload: (photo: { sha256: string }) => {
    sent.push(photo.sha256)
    return Promise.resolve({ kind: 'received' })
  },
}))

const pass = { personId: 'anna', force: true }
const START = { personId: 'anna', visitId: null, siteId: 'site', templateVersionId: 'version', section: 'A' }

async function handedIn(words: Record<string, string>) {
  const draft = await beginDraft(START)
  for (const [item, text] of Object.entries(words)) {
    const bytes = new TextEncoder().encode(text).buffer as ArrayBuffer
    const shot = { bytes, type: 'image/jpeg', filename: 'a.jpg', takenAt: '2026-11-24T09:00:00+08:00', fix: null }
    await keepPhoto({ personId: 'anna', ownerId: draft.id, item }, { ...shot, source: 'camera', distanceM: null })
  }
  const asked = Object.keys(words)
  await submitDraft(draft.id, { asked, failing: [], title: '站', subtitle: '表', device: { id: 'd', appVersion: '1' } })
  await db.outbox.update(draft.id, { state: 'received' })
  return draft.id
}
const states = async () => (await db.photos.toArray()).map((photo) => photo.state)

beforeEach(async () => {
  sent.length = 0
  await db.delete()
  await db.open()
  const known = () => Response.json({ known: [], wanted: [] })
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('fetch', () => Promise.resolve(known()))
})
afterEach(() => vi.unstubAllGlobals())

describe('photos on their way', () => {
  it('go out once for the same bytes, whatever number of items they prove', async () => {
    await handedIn({ A1: 'same', A2: 'same', A3: 'other' })
    await sendPhotos(pass)
    expect(sent).toHaveLength(2)
    expect(await states()).toEqual(['received', 'received', 'received'])
  })

  it('wait where the data saver holds them, and go on the tap', async () => {
    await useDataSaver(true)
    await handedIn({ A1: 'one' })
    await sendPhotos(pass)
    expect([sent, await states()]).toEqual([[], ['kept']])
    await letGo(new Date(Date.now() + 1000).toISOString())
    await sendPhotos(pass)
    expect([sent.length, await states()]).toEqual([1, ['received']])
  })

  it('go out from another copy where one lost its bytes', async () => {
    await handedIn({ A1: 'same', A2: 'same' })
    const [first] = await db.photos.toArray()
    await db.bytes.delete(first!.id)
    await sendPhotos(pass)
    expect(await states()).toEqual(['received', 'received'])
  })
})
