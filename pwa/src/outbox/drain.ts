import { whoAmI } from '@/api/phone'
import { Problem, Unreachable } from '@/api/problem'
import { sendActions } from './send-actions'
import { sendInspections } from './send-inspections'
import { sendPhotos } from './send-photos'
import { sendRechecks } from './send-rechecks'
import { SessionEnded } from './session-ended'
import { askPassword, outboxStatus } from './status'

export type Pass = { personId: string; force: boolean }

/**
 * Send what one person owes, once through: answers first, photos after, then the steps that wait for their photos.
 * Who is signed in is asked first, so that nobody's work is sent as another's and no upload is touched after a 401.
 */
export async function drainOnce(pass: Pass): Promise<void> {
  try {
    const me = await whoAmI()
    outboxStatus.reachable = true
    outboxStatus.needsPassword = false
    outboxStatus.otherPerson = me.id === pass.personId ? null : me.name
    if (me.id !== pass.personId) return
    outboxStatus.mustChangePassword = me.mustChangePassword
    if (me.mustChangePassword) return
    outboxStatus.unexpected = null
    await sendInspections(pass)
    await sendRechecks(pass)
    await sendActions(pass, 'before-photos')
    await sendPhotos(pass)
    await sendActions(pass, 'after-photos')
  } catch (error) {
    noteFailure(error)
  }
}

function noteFailure(error: unknown): void {
  if (error instanceof SessionEnded || (error instanceof Problem && error.status === 401)) askPassword()
  else if (error instanceof Problem && error.status === 423) outboxStatus.mustChangePassword = true
  else if (error instanceof Unreachable) outboxStatus.reachable = false
  else if (error instanceof Problem && error.status >= 500) outboxStatus.reachable = false
  else outboxStatus.unexpected = error instanceof Error ? error.message : String(error)
}
