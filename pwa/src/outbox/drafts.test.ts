import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { db, type Draft } from './database'
import { amend, asideOf, beginDraft, changeAnswer, changeDraft, changePlace, submitDraft, takeBack } from './drafts'
import { afterOf } from './photo-groups'
import { keepPhoto, markPhoto, photosOf, type Shot } from './photos'
import { tidy } from './tidy'
import type { InspectionBody } from './wire'

const START = { personId: 'anna', visitId: 'visit', siteId: 'site', templateVersionId: 'version', section: 'A' }
const DEVICE = { id: 'device', appVersion: '1' }
const no = { value: false, note: ' 无标识 ', noPhotoReason: '', at: '2026-11-24T09:00:00+08:00' }
const shot = (words: string): Shot => ({
  bytes: new TextEncoder().encode(words).buffer as ArrayBuffer,
  type: 'image/jpeg',
  filename: 'a.jpg',
  takenAt: '2026-11-24T09:00:00+08:00',
  source: 'camera',
  fix: { lat: 27.8, lon: 113.1, accuracyM: 12, at: '2026-11-24T08:59:58+08:00' },
  distanceM: 20,
})
const submit = (draft: Draft) =>
  submitDraft(draft.id, { asked: ['A1', 'A2'], failing: ['A1'], title: '站', subtitle: '表', device: DEVICE })

beforeEach(async () => {
  await db.delete()
  await db.open()
})

describe('a draft', () => {
  it('is taken up again, to the very question', async () => {
    const draft = await beginDraft(START)
    await changeAnswer(draft.id, 'A1', no)
    await changePlace(draft.id, { section: 'B', item: 'B3' })
    const again = await beginDraft(START)
    expect(again.id).toBe(draft.id)
    expect(again.answers['A1']).toEqual(no)
    expect(again.place).toEqual({ section: 'B', item: 'B3' })
  })

  it("is not another person's to go on with", async () => {
    const draft = await beginDraft(START)
    expect((await beginDraft({ ...START, personId: 'berta' })).id).not.toBe(draft.id)
  })

  it('keeps answers that two tabs write', async () => {
    const draft = await beginDraft(START)
    await Promise.all([changeAnswer(draft.id, 'A1', no), changeAnswer(draft.id, 'A2', { ...no, value: true })])
    expect(Object.keys((await db.drafts.get(draft.id))!.answers).sort()).toEqual(['A1', 'A2'])
  })

  it('no longer changes once it was handed in', async () => {
    const draft = await beginDraft(START)
    await submit(draft)
    await changeDraft(draft.id, { guidance: 'late' })
    expect((await db.drafts.get(draft.id))!.guidance).toBe('')
  })
})

describe('what was put right on the spot', () => {
  const guidance = { words: ' 当场张贴 ', measure: '', agreedOn: '', receiver: '王芳', receiverPost: '护士长' }

  async function fixedDraft(fields: object) {
    const draft = await beginDraft(START)
    await changeAnswer(draft.id, 'A1', { ...no, onSpot: true, guidance, ...fields })
    const owner = { personId: 'anna', ownerId: draft.id }
    const fault = await keepPhoto({ ...owner, item: 'A1' }, shot('fault'))
    const repair = await keepPhoto({ ...owner, item: afterOf('A1') }, shot('repair'))
    return { draft, fault, repair, body: (await submit(draft)).body as InspectionBody }
  }

  it('travels with its finding: a photo group of its own, and who was told what', async () => {
    const { body, fault, repair } = await fixedDraft({})
    expect(body.answers[0]).toMatchObject({
      photos: [fault.sha256],
      fixedPhotos: [repair.sha256],
      guidance: { words: '当场张贴', measure: '', agreedOn: null, receiver: '王芳', receiverPost: '护士长' },
    })
    expect(body.shots.map((one) => one.sha256)).toEqual([fault.sha256, repair.sha256])
  })

  it('stays here where the mark was taken back, and nothing is lost', async () => {
    const { body, draft, repair } = await fixedDraft({ onSpot: false, guidance: undefined })
    expect(body.answers[0]).not.toHaveProperty('fixedPhotos')
    expect(body.answers[0]).not.toHaveProperty('guidance')
    expect((await photosOf(asideOf(draft.id))).map((photo) => photo.sha256)).toEqual([repair.sha256])
  })

  it('is no part of an answer that passes after all', async () => {
    const draft = await beginDraft(START)
    await changeAnswer(draft.id, 'A2', { ...no, value: true, onSpot: true, guidance })
    const { answers } = (await submit(draft)).body as InspectionBody
    expect(answers.find((one) => one.item === 'A2')).not.toHaveProperty('guidance')
  })
})

describe('handing in', () => {
  it('builds the body once', async () => {
    const draft = await beginDraft(START)
    await changeAnswer(draft.id, 'A1', no)
    await changeAnswer(draft.id, 'HIDDEN', no)
    const photo = await keepPhoto({ personId: 'anna', ownerId: draft.id, item: 'A1' }, shot('one'))
    const body = (await submit(draft)).body as InspectionBody
    expect(body.answers).toEqual([
      { item: 'A1', value: false, note: '无标识', photos: [photo.sha256], noPhotoReason: '' },
    ])
    expect(body.shots).toEqual([{ item: 'A1', note: '', sha256: photo.sha256, takenAt: photo.takenAt, source: 'camera', fix: photo.fix }])
    expect((await submit(draft)).body).toEqual(body)
  })

  it('sends no answers where nobody could get in, but the photo', async () => {
    const draft = await beginDraft(START)
    await changeDraft(draft.id, { outcome: 'no_access', noAccessReason: '锁门', noAccessNote: '敲门无人' })
    await keepPhoto({ personId: 'anna', ownerId: draft.id, item: null }, shot('door'))
    const body = (await submit(draft)).body as InspectionBody
    expect([body.outcome, body.guidance, body.answers, body.shots.length]).toEqual([
      'no_access',
      '锁门：敲门无人',
      [],
      1,
    ])
  })

  it('can be taken back until it was first sent', async () => {
    const draft = await beginDraft(START)
    await submit(draft)
    expect(await takeBack(draft.id)).toBe(true)
    expect((await db.drafts.get(draft.id))!.status).toBe('open')
    await submit(draft)
    await db.outbox.update(draft.id, { firstSentAt: '2026-11-24T10:00:00+08:00' })
    expect(await takeBack(draft.id)).toBe(false)
  })

  it('sends no photo of an item that is no longer asked, and gives it back with the draft', async () => {
    const draft = await beginDraft(START)
    await keepPhoto({ personId: 'anna', ownerId: draft.id, item: 'HIDDEN' }, shot('hidden'))
    expect(((await submit(draft)).body as InspectionBody).shots).toEqual([])
    expect(await photosOf(draft.id)).toHaveLength(0)
    await takeBack(draft.id)
    expect(await photosOf(draft.id)).toHaveLength(1)
  })

  it('is amended under a new id that names the old one, with the photos', async () => {
    const draft = await beginDraft(START)
    await keepPhoto({ personId: 'anna', ownerId: draft.id, item: 'A1' }, shot('one'))
    await submit(draft)
    const next = await amend(draft.id)
    expect(next.amends).toBe(draft.id)
    expect((await amend(draft.id)).id).toBe(next.id)
    expect(await photosOf(next.id)).toHaveLength(1)
    expect(((await submit(next)).body as InspectionBody).amends).toBe(draft.id)
  })
})

describe('a photo', () => {
  const owner = { personId: 'anna', ownerId: 'draft', item: 'A1' }

  it('is there, bit for bit, when it is said to be kept', async () => {
    const photo = await keepPhoto(owner, shot('bytes'))
    expect(new TextDecoder().decode((await db.bytes.get(photo.id))!.bytes)).toBe('bytes')
    expect(photo.state).toBe('kept')
  })

  it('is kept once for one item, however often it is chosen', async () => {
    await keepPhoto(owner, shot('same'))
    await keepPhoto(owner, shot('same'))
    expect(await photosOf('draft')).toHaveLength(1)
  })

  it('carries what was drawn and written over it, beside its bytes', async () => {
    const draft = await beginDraft(START)
    await changeAnswer(draft.id, 'A1', no)
    const photo = await keepPhoto({ ...owner, ownerId: draft.id }, shot('one'))
    const marks = [{ shape: 'arrow' as const, points: [0.1, 0.1, 0.5, 0.5] }]
    await markPhoto(photo.id, marks, '门框')
    const body = (await submit(draft)).body as InspectionBody
    expect(body.shots[0]).toMatchObject({ sha256: photo.sha256, marks, note: '门框' })
    expect(new TextDecoder().decode((await db.bytes.get(photo.id))!.bytes)).toBe('one')
    await markPhoto(photo.id, [], 'too late')
    expect((await photosOf(draft.id))[0]!.note).toBe('门框')
  })

  it('that proves two items keeps a shot of its own for each', async () => {
    const draft = await beginDraft(START)
    for (const code of ['A1', 'A2']) {
      await changeAnswer(draft.id, code, no)
      const taken = { ...shot('same'), takenAt: `2026-11-24T09:0${code[1]}:00+08:00` }
      await keepPhoto({ ...owner, ownerId: draft.id, item: code }, taken)
    }
    const { shots } = (await submit(draft)).body as InspectionBody
    expect(new Set(shots.map((one) => one.sha256)).size).toBe(1)
    expect(shots.map((one) => [one.item, one.takenAt.slice(14, 16)])).toEqual([
      ['A1', '01'],
      ['A2', '02'],
    ])
  })

  it('stays until the server has had it for seven days', async () => {
    const draft = await beginDraft(START)
    const photo = await keepPhoto({ ...owner, ownerId: draft.id }, shot('one'))
    await submit(draft)
    const received = '2026-11-01T10:00:00+08:00'
    await db.outbox.update(draft.id, { state: 'received', receivedAt: received })
    const later = (days: number) => Date.parse(received) + days * 86_400_000
    await tidy('anna', later(30))
    expect(await db.bytes.get(photo.id)).toBeDefined()
    await db.photos.update(photo.id, { state: 'received', changedAt: received })
    await tidy('anna', later(6))
    expect(await db.bytes.get(photo.id)).toBeDefined()
    await tidy('anna', later(8))
    expect([await db.bytes.get(photo.id), await db.outbox.get(draft.id), await db.drafts.get(draft.id)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
