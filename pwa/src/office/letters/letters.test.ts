import { describe, expect, it } from 'vitest'
import { chainOf, newSteps } from './chain'
import { emptyDraft, fieldsOf, isReady, mainOf, moveFields } from './moves'
import { proposedOf, subjectOf } from './proposing'
import type { LetterAction, LetterStep } from './wire'

const step = (action: LetterAction, id = action as string): LetterStep => ({
  id, action, at: `2026-11-2${id.length % 10}T10:00:00+08:00`, actor: '社事办专员', role: 'office', unit: '社事办', onBehalfOf: null, originalOn: null, scan: null, detail: {},
})
const letter = { kind: 'assignment' as const, createdAt: '2026-11-20T09:00:00+08:00' }
const states = (chain: ReturnType<typeof chainOf>) => chain.map((one) => `${one.key} ${one.state}`)

describe('the signing chain', () => {
  it('begins with the draft at hand', () => {
    expect(states(chainOf({ ...letter, state: 'draft', history: [] }))).toEqual([
      'draft now', 'review ahead', 'sign ahead', 'issue ahead', 'seal ahead', 'archive ahead',
    ])
  })

  it('shows who did what, and what is next', () => {
    const chain = chainOf({ ...letter, state: 'signed', history: [step('send_to_review'), step('sign')] })
    expect(states(chain)).toEqual(['draft done', 'review done', 'sign done', 'issue now', 'seal ahead', 'archive ahead'])
    expect(chain[2]).toMatchObject({ who: '社事办专员', at: step('sign').at })
  })

  it('says that a seal was left out', () => {
    const history = (['send_to_review', 'sign', 'issue', 'archive'] as const).map((action) => step(action))
    expect(states(chainOf({ ...letter, state: 'archived', history }))).toContain('seal skipped')
  })

  it('of a decision goes by way of the leader', () => {
    const history = [step('send_to_review'), step('submit')]
    expect(states(chainOf({ ...letter, kind: 'approval', state: 'submitted', history }))).toEqual([
      'draft done', 'review done', 'submit done', 'decide now', 'archive ahead',
    ])
  })

  it('of minutes goes by way of the leader before the number', () => {
    const history = [step('send_to_review'), step('confirm')]
    expect(states(chainOf({ ...letter, kind: 'minutes', state: 'confirmed', history }))).toEqual([
      'draft done', 'review done', 'confirm done', 'sign now', 'issue ahead', 'archive ahead',
    ])
    const all = [...history, step('sign'), step('issue')]
    expect(states(chainOf({ ...letter, kind: 'minutes', state: 'issued', history: all }))[5]).toBe('archive now')
  })

  it('stops where a letter was cancelled', () => {
    const history = [step('send_to_review'), step('send_back'), step('cancel')]
    expect(states(chainOf({ ...letter, state: 'cancelled', history }))[0]).toBe('draft ahead')
    expect(states(chainOf({ ...letter, state: 'cancelled', history: [step('sign'), step('cancel')] })).slice(0, 4)).toEqual([
      'draft done', 'review done', 'sign done', 'issue ahead',
    ])
  })

  it('tells what others did meanwhile', () => {
    const before = { history: [step('send_to_review')] }
    expect(newSteps(before, { history: [...before.history, step('sign')] }).map((one) => one.action)).toEqual(['sign'])
  })
})

describe('what a document waits for', () => {
  const running = { kind: 'assignment', overdue: false, closedAt: null } as const

  it('is the next step of its chain, and never what is entered for somebody', () => {
    expect(mainOf(['seal', 'deliver', 'chase', 'reply'], running)).toBe('seal')
    expect(mainOf(['deliver', 'chase', 'reply', 'ask_for_time'], running)).toBeNull()
  })

  it('is to be chased once its limit has passed without an answer', () => {
    expect(mainOf(['seal', 'deliver', 'chase', 'reply'], { ...running, overdue: true })).toBe('chase')
  })

  it('is the archive where it is closed', () => {
    expect(mainOf(['deliver', 'archive'], { ...running, closedAt: '2026-12-01T10:00:00+08:00' })).toBe('archive')
    expect(mainOf(['send_back', 'cancel'], running)).toBeNull()
  })
})

describe('a step on a letter', () => {
  const due = { replyDueOn: '2026-12-02' }

  it('that asks for nothing is ready at once', () => {
    for (const action of ['send_to_review', 'sign', 'issue', 'submit'] as const) {
      expect(fieldsOf(action, true)).toEqual([])
      expect(isReady(action, emptyDraft(), due, true)).toBe(true)
    }
  })

  it('that takes something back needs a reason', () => {
    for (const action of ['cancel', 'send_back'] as const) {
      expect(isReady(action, { ...emptyDraft(), reason: '  ' }, due, true)).toBe(false)
      expect(isReady(action, { ...emptyDraft(), reason: '重复下达' }, due, true)).toBe(true)
    }
  })

  it('decides in person with a word, from paper with its scan and its day', () => {
    const decided = { ...emptyDraft(), approved: false, reason: ' 继续督办 ' }
    expect(isReady('decide', emptyDraft(), due, true)).toBe(false)
    expect(isReady('decide', decided, due, true)).toBe(true)
    expect(isReady('decide', decided, due, false)).toBe(false)
    expect(moveFields('decide', { ...decided, originalOn: '2026-12-01', scan: 'f' }, false)).toEqual({
      approved: false, reason: '继续督办', originalOn: '2026-12-01', scan: 'f',
    })
    expect(moveFields('decide', { ...decided, scan: 'f' }, true)).toEqual({ approved: false, reason: '继续督办' })
  })

  it('enters the word of another from its scan or from a note of the call, with its day', () => {
    const day = { originalOn: '2026-12-01' }
    const reply = { ...emptyDraft(), text: '已整改', signer: '分管领导', ...day }
    expect(isReady('reply', reply, due, false)).toBe(true)
    expect(isReady('ask_for_time', { ...emptyDraft(), reason: '等待招标', ...day }, due, false)).toBe(false)
    expect(isReady('ask_for_time', { ...emptyDraft(), reason: '等待招标', ...day, scan: 'f' }, due, false)).toBe(true)
    const called = { ...emptyDraft(), approved: true, text: '组长来电：同意', ...day }
    expect(isReady('decide', called, due, false)).toBe(true)
    expect(isReady('decide', { ...called, originalOn: '' }, due, false)).toBe(false)
    expect(isReady('confirm', { ...emptyDraft(), ...day }, due, false)).toBe(false)
    expect(isReady('confirm', emptyDraft(), due, true)).toBe(true)
  })

  it('agrees only to a later day', () => {
    expect(isReady('agree', { ...emptyDraft(), until: '2026-12-02' }, due, true)).toBe(false)
    expect(isReady('agree', { ...emptyDraft(), until: '2026-12-03' }, due, true)).toBe(true)
  })
})

describe('what is proposed', () => {
  const task = (siteName: string) => ({ siteName }) as never

  it('begins with the highest rung', () => {
    const found = proposedOf({
      assignments: [{ unitId: 'u' } as never], supervisions: [{ letterId: 'a' } as never], reports: [{ letterId: 'b' } as never], circulars: [],
    })
    expect(found.map((one) => one.key)).toEqual(['approval:b', 'supervision:a', 'assignment:u'])
  })

  it('is named after its sites', () => {
    expect(subjectOf([task('东门社区科普活动室'), task('东门社区科普活动室')])).toBe('整改东门社区科普活动室存在问题')
    expect(subjectOf([task('田心医院'), task('东门站')])).toBe('整改田心医院等2个点位存在问题')
    expect(subjectOf([task('长'.repeat(80))])).toHaveLength(60)
  })
})
