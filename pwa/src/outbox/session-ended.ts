/** The session ended in the middle: stop at once, before anything else is asked. */
export class SessionEnded extends Error {
  override readonly name = 'SessionEnded'
}
