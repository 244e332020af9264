import { shallowReactive } from 'vue'

/** What the outbox knows about the way to the server; screens watch it. */
export const outboxStatus = shallowReactive({
  /** The last attempt reached the server. */
  reachable: true,
  /** The session has ended: everything waits for the password, nothing is lost. */
  needsPassword: false,
  /** A one-time password opened the session: the server takes nothing before it is replaced; nothing is lost. */
  mustChangePassword: false,
  /** Another person is signed in on this browser (another tab): nothing of ours is sent as theirs. */
  otherPerson: null as string | null,
  draining: false,
  /** What nobody foresaw, in the words of the machine; shown, and tried again later. */
  unexpected: null as string | null,
})

/** The server answered, and does not know who we are. */
export function askPassword(): void {
  outboxStatus.reachable = true
  outboxStatus.needsPassword = true
}
