import type { LetterAction } from './wire'

/** What a step is called on its button: at another's desk the leader's word is entered, not given. */
export const nameOf = (action: LetterAction, inPerson: boolean) =>
  (action === 'decide' || action === 'confirm') && !inPerson ? `move.${action}.entered` : `move.${action}`
