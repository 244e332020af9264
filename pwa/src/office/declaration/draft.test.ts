import { describe, expect, it } from 'vitest'
import { bodyOf, draftOf, fits, newPicture, takenOver } from './draft'
import { byIndicator, sums } from './looks'
import type { Ask, MaterialRow } from './wire'

const jpeg = { name: '现场.JPG', size: 2_097_152, type: 'image/jpeg' }

describe('a draft of a material', () => {
  it('marks what cannot pass as it is to be made to fit', () => {
    expect(fits(jpeg)).toBe(true)
    expect(newPicture({ ...jpeg, size: 2_097_153 }, 'a').shrink).toBe(true)
    expect(newPicture({ ...jpeg, name: '现场.png' }, 'a').shrink).toBe(true)
    expect(newPicture({ ...jpeg, type: 'image/heic' }, 'a').shrink).toBe(true)
  })

  it('takes a photo over with the day on which Shanghai took it', () => {
    const one = { useId: 'u', sha256: 'a'.repeat(64), purpose: 'reply', site: '科普活动室', item: '', taskNumber: '', takenAt: '2026-09-19T16:30:00Z', struckOff: true }
    expect(takenOver(one)).toMatchObject({ takenOn: '2026-09-20', place: '科普活动室', useId: 'u', shrink: true })
  })

  it('sends only the parts of its format', () => {
    const draft = draftOf(undefined, '')
    draft.report = { sha256: 'a', fileName: 'a.docx', characters: 800, sources: [{ kind: 'figure', statement: ' 场次 ', source: '统计', publishedOn: '' }, { kind: 'system', statement: '', source: '', publishedOn: '' }] }
    draft.pictures.push(newPicture(jpeg, 'b'))
    expect(bodyOf(draft, 'SMBG')).toEqual({
      note: '', enteredNote: '', templateVersion: '',
      report: { sha256: 'a', fileName: 'a.docx', sources: [{ kind: 'figure', statement: '场次', source: '统计', publishedOn: null }] },
    })
    const pictures = bodyOf(draft, 'SJTP')
    expect(Object.keys(pictures)).not.toContain('report')
    expect(pictures.pictures).toEqual([{ sha256: 'b', fileName: '现场.JPG', kind: 'scene', caption: '', place: '', takenOn: null, shrink: false, useId: null }])
  })

  it('leaves out what is not filled in', () => {
    const body = bodyOf(draftOf(undefined, '2026-1'), 'TJBG')
    expect(body).toMatchObject({ templateVersion: '2026-1', seal: null, figures: [], pages: [] })
    expect(bodyOf(draftOf(undefined, ''), 'GFWJ').document).toBeNull()
  })
})

describe('a round', () => {
  const ask = (indicator: string, ...standings: MaterialRow['standing'][]) =>
    ({ indicator, indicatorName: indicator, materials: standings.map((standing) => ({ standing })) }) as Ask

  it('groups its asks by indicator and counts how the materials stand', () => {
    const round = { asks: [ask('III-31', 'missing'), ask('III-42', 'complete', 'missing'), ask('III-42', 'paper')] }
    expect(byIndicator(round).map((one) => [one.code, one.asks.length])).toEqual([['III-31', 1], ['III-42', 2]])
    expect(sums(round)).toEqual([['missing', 2], ['paper', 1], ['complete', 1]])
  })
})
