import { shallowRef } from 'vue'
import { signIn as askSignIn, signOut as askSignOut } from '@/api/phone'
import { Unreachable } from '@/api/problem'
import type { Me } from '@/api/types'
import { db, durably, setSetting, setting } from '@/outbox/database'
import { drain, startOutbox, stopOutbox } from '@/outbox/engine'
import { outboxStatus } from '@/outbox/status'
import { shanghaiInstant } from '@/ui/time'

/** Whose phone this is at the moment; known without a network. */
export const me = shallowRef<Me | null>(null)

/** Take up the person who was signed in when the page was last closed. */
export async function restoreSession(): Promise<void> {
  if (await setting<boolean>('signOutOwed')) void payOwedSignOut()
  const id = await setting<string | null>('currentPerson')
  if (!id) return
  me.value = (await durably(() => db.people.get(id))) ?? null
  if (me.value) goOn(me.value.id)
}

/** Send what is owed from now on. An installed app is promised its storage more readily than the page that it was. */
function goOn(personId: string): void {
  startOutbox(personId)
  if (window.matchMedia('(display-mode: standalone)').matches) void navigator.storage?.persist?.()
}

/** Sign in; whatever another person kept on this device stays there, unseen and unsent. */
export async function signIn(login: string, password: string, ownPhone: boolean): Promise<void> {
  const person = await askSignIn(login, password, navigator.userAgent.slice(0, 120), ownPhone)
  await durably(() => db.people.put({ ...person, seenAt: shanghaiInstant(Date.now()) }))
  await setSetting('currentPerson', person.id)
  await setSetting('signOutOwed', false)
  outboxStatus.needsPassword = false
  outboxStatus.otherPerson = null
  me.value = person
  startOutbox(person.id)
  void navigator.storage?.persist?.()
}

/** Give the password again after the session has ended. Only the same person goes on with this outbox. */
export async function givePasswordAgain(password: string): Promise<void> {
  if (!me.value) return
  const person = await askSignIn(me.value.login, password, navigator.userAgent.slice(0, 120), true)
  outboxStatus.needsPassword = false
  outboxStatus.otherPerson = person.id === me.value.id ? null : person.name
  if (person.id === me.value.id) await noteMustChange(person.mustChangePassword)
  await drain(true)
}

/** A one-time password has been replaced by an own one. */
export async function passwordChanged(): Promise<void> {
  await noteMustChange(false)
  await drain(true)
}

async function noteMustChange(mustChangePassword: boolean): Promise<void> {
  const person = me.value
  if (!person) return
  outboxStatus.mustChangePassword = mustChangePassword
  me.value = { ...person, mustChangePassword }
  await durably(() => db.people.update(person.id, { mustChangePassword }))
}

/** Sign out on this device at once, on the server now or as soon as it can be reached. Nothing kept is removed. */
export async function signOut(): Promise<void> {
  stopOutbox()
  await setSetting('currentPerson', null)
  await setSetting('signOutOwed', true)
  me.value = null
  await payOwedSignOut()
}

async function payOwedSignOut(): Promise<void> {
  try {
    await askSignOut()
    await setSetting('signOutOwed', false)
  } catch (error) {
    if (!(error instanceof Unreachable)) await setSetting('signOutOwed', false)
  }
}
