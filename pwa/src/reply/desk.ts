import { computed, reactive, ref, shallowRef } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import { uuid7 } from '@/outbox/ids'
import { shanghaiInstant } from '@/ui/time'
import { all, put, remove, type Draft, type Form, type Photo, type Send } from './kept'
import { readPage, type MoveBody, type ReplyPage, type StepBody, type Teller } from './wire'

const FIELDS = new Set(['text', 'measure', 'reason', 'until'])

/** The letter as the server last told it; what cannot be asked for now does not take away what was shown. */
export const page = shallowRef<ReplyPage | null>(null)
export const closed = shallowRef<Problem | null>(null)
export const reachable = ref(true)

export const teller = reactive<Teller>({ name: '', post: '', phone: '' })
export const tellerSaid = computed(() => Boolean(teller.name.trim() && teller.post.trim()))

export const drafts = reactive(new Map<string, Draft>())
export const photos = reactive(new Map<string, Photo>())
export const sends = reactive(new Map<string, Send>())
/** Why a form came back, by its draft. */
export const faults = reactive(new Map<string, string>())

/** Take up what this device kept, before anything is asked of the network. */
export async function takeUp(): Promise<void> {
  for (const draft of await all('drafts')) drafts.set(draft.id, draft)
  for (const photo of await all('photos')) photos.set(photo.id, photo)
  for (const send of await all('sends')) sends.set(send.id, send)
  const told = (await all('about')).find((row) => row.id === 'teller')
  if (told) Object.assign(teller, told.teller)
}

export async function refresh(): Promise<void> {
  try {
    page.value = await readPage()
    closed.value = null
    reachable.value = true
  } catch (error) {
    if (error instanceof Unreachable || (error instanceof Problem && error.status >= 500)) reachable.value = false
    else if (error instanceof Problem && !page.value) closed.value = error
    else if (error instanceof Problem && error.status === 404) closed.value = error
    else if (!(error instanceof Problem)) throw error
  }
}

export const keepTeller = () => put('about', { id: 'teller', teller: { ...teller } })

/** The draft of a form; its id is minted once and becomes the id of the step. */
export function draftOf(subject: string, form: Form): Draft | undefined {
  return [...drafts.values()].find((draft) => draft.subject === subject && draft.form === form)
}

export async function write(subject: string, form: Form, field: string, text: string): Promise<void> {
  const draft = draftOf(subject, form) ?? begin(subject, form)
  draft.fields[field] = text
  draft.touchedAt = Date.now()
  await put('drafts', plain(draft))
}

export function begin(subject: string, form: Form): Draft {
  const draft: Draft = { id: uuid7(), subject, form, fields: {}, touchedAt: Date.now() }
  drafts.set(draft.id, draft)
  return drafts.get(draft.id)!
}

/** The form of a subject that came back with a fault. */
export const faulty = (subject: string) =>
  [...drafts.values()].find((draft) => draft.subject === subject && faults.has(draft.id))?.form ?? null

export const photosOf = (draftId: string | undefined) => [...photos.values()].filter((one) => one.draftId === draftId)

export async function dropPhoto(id: string): Promise<void> {
  photos.delete(id)
  await remove('photos', id)
}

export const sendOf = (subject: string, form?: Form) =>
  [...sends.values()].find((send) => send.subject === subject && (!form || send.form === form))

/** Freeze a form into what is sent; from here on it is the same thing however often it goes out. */
export async function handIn(subject: string, form: Form): Promise<void> {
  const draft = draftOf(subject, form) ?? begin(subject, form)
  const own = photosOf(draft.id)
  const toldBy = { name: teller.name.trim(), post: teller.post.trim(), phone: teller.phone.trim() }
  const said = { text: '', measure: '', reason: '', ...draft.fields }
  const body: StepBody | MoveBody = form.startsWith('letter-')
    ? {
        id: draft.id,
        action: form === 'letter-reply' ? 'reply' : 'ask_for_time',
        toldBy,
        text: said.text,
        measures: '',
        reason: said.reason,
      }
    : {
        id: draft.id,
        at: shanghaiInstant(Date.now()),
        action: form as StepBody['action'],
        toldBy,
        ...said,
        photos: [...new Set(own.map((one) => one.sha256))],
        shots: own.map(({ sha256, takenAt, source, fix }) => ({ sha256, takenAt, source, fix, note: '' })),
      }
  const send: Send = { id: draft.id, draftId: draft.id, subject, form, body: plain(body), taken: false, madeAt: Date.now() }
  await put('sends', send)
  sends.set(send.id, send)
  faults.delete(draft.id)
  drafts.delete(draft.id)
  await remove('drafts', draft.id)
}

/** A refused form comes back to be mended, under a new id: the old one may stand in the unit's history. */
export async function takeBack(send: Send, reason: string): Promise<void> {
  const draft = begin(send.subject, send.form)
  draft.fields = saidIn(send)
  await put('drafts', plain(draft))
  for (const photo of photosOf(send.draftId)) {
    photo.draftId = draft.id
    await put('photos', plain(photo))
  }
  faults.set(draft.id, reason)
  await endSend(send)
}

/** The words of something handed in, by their fields. */
export function saidIn(send: Send): Record<string, string> {
  const fields = Object.entries(send.body).filter(([name, value]) => FIELDS.has(name) && value)
  return Object.fromEntries(fields) as Record<string, string>
}

export async function endSend(send: Send): Promise<void> {
  for (const photo of photosOf(send.draftId)) await dropPhoto(photo.id)
  await remove('sends', send.id)
  await remove('drafts', send.draftId)
  sends.delete(send.id)
}

/** The row behind a reactive one: IndexedDB keeps no proxies. */
export function plain<T extends object>(row: T): T {
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(row)) {
    copy[key] = value instanceof ArrayBuffer || value === null || typeof value !== 'object' ? value : JSON.parse(JSON.stringify(value))
  }
  return copy as T
}
