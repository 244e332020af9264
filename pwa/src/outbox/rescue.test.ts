import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db, setSetting } from './database'
import { beginDraft, changeAnswer, submitDraft } from './drafts'
import { countUnsent, exportUnsent } from './export'
import { afterOf, SIGNATURE } from './photo-groups'
import { keepPhoto } from './photos'
import { unzip } from './testing/unzip'

const AT = '2026-11-24T09:00:00+08:00'
const START = { personId: 'anna', visitId: null, siteId: 'site', templateVersionId: 'version', section: 'A' }
const keep = (ownerId: string, item: string | null, words: string, personId = 'anna') =>
  keepPhoto(
    { personId, ownerId, item },
    {
      bytes: new TextEncoder().encode(words).buffer as ArrayBuffer,
      type: 'image/jpeg',
      filename: `${words}.jpg`,
      takenAt: AT,
      source: 'camera',
      fix: null,
      distanceM: null,
    },
  )

async function rescued(personId = 'anna') {
  const files = await unzip(await exportUnsent(personId, '说明'))
  const text = (name: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(files.get(name))
  return { names: [...files.keys()], text, read: (name: string): unknown => JSON.parse(text(name)) }
}

beforeEach(async () => {
  await db.delete()
  await db.open()
})

describe('the rescue file', () => {
  it('holds answers, drafts, steps that are being written, and every photo as it was taken', async () => {
    const handedIn = await beginDraft(START)
    await changeAnswer(handedIn.id, 'A1', { value: false, note: '无标识', noPhotoReason: '', at: AT })
    await keep(handedIn.id, 'A1', 'fault')
    await keep(handedIn.id, afterOf('A1'), 'repair')
    await keep(handedIn.id, SIGNATURE, 'signature')
    const submission = { asked: ['A1'], failing: ['A1'], title: '站', subtitle: '表', device: { id: 'd', appVersion: '1' } }
    await submitDraft(handedIn.id, submission)
    const draft = await beginDraft(START)
    await keep(draft.id, 'B1', 'begun')
    await setSetting('step:anna:task:reply', { id: 'step', fields: { text: '已整改' } })

    const { names, text, read } = await rescued()
    expect(names).toContain(`draft-${draft.id}.json`)
    expect(read(`inspection-${handedIn.id}.json`)).toMatchObject({ body: { answers: [{ item: 'A1', value: false, note: '无标识' }] } })
    expect(read('steps.json')).toMatchObject({ 'step:anna:task:reply': { fields: { text: '已整改' } } })
    const told = read('photos.json') as { file: string; sha256: string }[]
    expect(told.map((photo) => text(photo.file)).sort()).toEqual(['begun', 'fault', 'repair', 'signature'])
    expect(names.filter((name) => name.startsWith('photos/')).every((name) => !/\/\/|\/.*\//.test(name))).toBe(true)
    expect(text('README.txt')).toContain('说明')
    expect(await countUnsent('anna')).toEqual({ things: 3, photos: 4 })
  })

  it("holds nothing of another person's, and nothing that the server has", async () => {
    const draft = await beginDraft({ ...START, personId: 'berta' })
    const photo = await keep(draft.id, 'A1', 'theirs', 'berta')
    await setSetting('step:berta:task:reply', { id: 'step', fields: {} })
    expect((await rescued()).names).toEqual(['README.txt', 'photos.json'])
    await db.photos.update(photo.id, { state: 'received' })
    expect((await rescued('berta')).names.some((name) => name.startsWith('photos/'))).toBe(false)
    expect((await rescued('berta')).names).toContain(`draft-${draft.id}.json`)
  })

  it('still holds a photo that the server refused', async () => {
    const draft = await beginDraft(START)
    const photo = await keep(draft.id, 'A1', 'refused')
    await db.photos.update(photo.id, { state: 'refused' })
    expect((await rescued()).names.some((name) => name.includes(photo.id))).toBe(true)
  })
})
