import { ref } from 'vue'
import type { MoveBody, StepBody, Teller } from './wire'

export type Form = 'acknowledge' | 'progress' | 'ask_extension' | 'reply' | 'letter-reply' | 'letter-time'
/** What is being filled in: one form of one task, or of the letter (its number then stands for the task). */
export type Draft = { id: string; subject: string; form: Form; fields: Record<string, string>; touchedAt: number }
/** What was handed in and is on its way. The body stays as it was, so that sending it twice is sending it once. */
export type Send = {
  id: string
  draftId: string
  subject: string
  form: Form
  body: StepBody | MoveBody
  taken: boolean
  madeAt: number
}
export type Photo = {
  id: string
  draftId: string
  sha256: string
  bytes: ArrayBuffer
  type: string
  name: string
  takenAt: string
  source: 'camera' | 'gallery'
  fix: { lat: number; lon: number; accuracyM: number; at: string } | null
  uploadUrl: string | null
  sent: boolean
  refusal: string | null
}
type Rows = { drafts: Draft; sends: Send; photos: Photo; about: { id: string; teller: Teller } }
type Name = keyof Rows

/** False where this browser keeps nothing over a reload (some private modes): the page says so. */
export const durable = ref(true)

const memory: { [K in Name]: Map<string, Rows[K]> } = {
  drafts: new Map(),
  sends: new Map(),
  photos: new Map(),
  about: new Map(),
}
let opened: Promise<IDBDatabase | null> | null = null

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    const fail = () => {
      durable.value = false
      resolve(null)
    }
    try {
      const request = indexedDB.open('xungai-reply', 1)
      request.onupgradeneeded = () => {
        for (const name of Object.keys(memory)) request.result.createObjectStore(name, { keyPath: 'id' })
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = fail
      request.onblocked = fail
    } catch {
      fail()
    }
  })
  return opened
}

/** Run one request in a transaction of its own; done when it is on disk. */
async function run<T>(name: Name, mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  const database = await open()
  if (!database) return null
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: 'strict' })
    const request = act(transaction.objectStore(name))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}

export async function put<K extends Name>(name: K, row: Rows[K]): Promise<void> {
  memory[name].set(row.id, row)
  try {
    await run(name, 'readwrite', (store) => store.put(row))
  } catch {
    // The disk is full, or the browser gave the page none: it stays in this page's memory, and the page says so.
    durable.value = false
  }
}

export async function remove(name: Name, id: string): Promise<void> {
  memory[name].delete(id)
  await run(name, 'readwrite', (store) => store.delete(id)).catch(() => null)
}

/** Everything kept, in the order of its ids; read from disk once, and what could not be written from memory. */
export async function all<K extends Name>(name: K): Promise<Rows[K][]> {
  const rows = (await run(name, 'readonly', (store) => store.getAll()).catch(() => null)) as Rows[K][] | null
  for (const row of rows ?? []) if (!memory[name].has(row.id)) memory[name].set(row.id, row)
  return [...memory[name].values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
