import { computed, ref, shallowRef } from 'vue'
import { Problem } from '@/api/problem'
import * as api from '../data/api'
import type { Me, Role } from '../wire'
import { startPulse, stopPulse } from './pulse'

/** A unit's people: at a desk they hand in what their unit owes, all else of theirs is on the phone page. */
export const UNIT_ROLES: readonly Role[] = ['data_officer', 'liaison', 'unit_leader']

/** Roles that work at a desk; everybody else uses the phone page. */
export const DESK_ROLES: readonly Role[] = ['office', 'supervisor', 'admin', 'civility', 'group_leader', ...UNIT_ROLES]

/** Roles that see the whole district's findings and tasks (R8); the administrator keeps the settings only. */
const READERS: readonly Role[] = ['office', 'supervisor', 'civility', 'group_leader', 'inspector']

export const me = shallowRef<Me | null>(null)
export const known = ref(false)
/** The session has ended while somebody was working: the page stays, the password is asked for over it. */
export const ended = ref(false)

export const atDesk = computed(() => me.value !== null && DESK_ROLES.includes(me.value.role))
export const ofUnit = computed(() => me.value !== null && UNIT_ROLES.includes(me.value.role))
export const reads = computed(() => me.value !== null && READERS.includes(me.value.role))
export const deskRoles = computed(() => me.value?.roles.filter((role) => DESK_ROLES.includes(role)) ?? [])

let reentered: { promise: Promise<void>; resolve: () => void } | null = null

function waitForSignIn(): Promise<void> {
  if (!reentered) {
    let resolve = () => {}
    const promise = new Promise<void>((done) => (resolve = done))
    reentered = { promise, resolve }
  }
  ended.value = true
  return reentered.promise
}

function enter(person: Me): void {
  me.value = person
  known.value = true
  ended.value = false
  reentered?.resolve()
  reentered = null
  if (atDesk.value) startPulse()
}

/** Find out who is signed in; nobody is an answer too. */
export async function restore(): Promise<void> {
  api.onSessionEnd(waitForSignIn)
  try {
    enter(await api.whoAmI())
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    known.value = true
  }
}

/** Sign in. Where another person takes over an ended session, the page starts anew: it was the first one's work. */
export async function signIn(login: string, password: string): Promise<void> {
  const before = me.value
  const person = await api.signIn(login, password)
  if (before && before.id !== person.id) return location.reload()
  if (before && before.role !== person.role && person.roles.includes(before.role)) {
    return enter(await api.chooseRole(before.role))
  }
  const desk = person.roles.find((role) => DESK_ROLES.includes(role))
  enter(desk && !DESK_ROLES.includes(person.role) ? await api.chooseRole(desk) : person)
}

export async function chooseRole(role: Role): Promise<void> {
  enter(await api.chooseRole(role))
}

/** The one-time password has been replaced by one of the person's own. */
export function passwordChanged(): void {
  if (me.value) me.value = { ...me.value, mustChangePassword: false }
}

export async function signOut(): Promise<void> {
  await api.signOut().catch((error: unknown) => {
    if (!(error instanceof Problem) || error.status !== 401) throw error
  })
  stopPulse()
  // A fresh page: the next person on this machine finds nothing of this one's.
  location.assign('/office/')
}
