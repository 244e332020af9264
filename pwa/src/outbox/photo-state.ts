/** Where a photo stands between this device and the server. */
export type PhotoState = 'kept' | 'sending' | 'received' | 'refused' | 'waived'
export type PhotoEvent = 'begin' | 'interrupted' | 'receipt' | 'refusal' | 'waiver' | 'retry'

/** (state, event) → state. What is not listed leaves the state as it is: an ended photo stays ended. */
const STEPS: Record<PhotoState, Partial<Record<PhotoEvent, PhotoState>>> = {
  kept: { begin: 'sending', receipt: 'received', refusal: 'refused', waiver: 'waived' },
  // Success without a receipt that names the hash is no event at all: the photo goes on "sending".
  sending: { interrupted: 'kept', receipt: 'received', refusal: 'refused', waiver: 'waived' },
  received: {},
  refused: { retry: 'kept', receipt: 'received', waiver: 'waived' },
  waived: { receipt: 'received' },
}

export function nextPhotoState(state: PhotoState, event: PhotoEvent): PhotoState {
  return STEPS[state][event] ?? state
}

/** Nothing more is owed for it. */
export function photoEnded(state: PhotoState): boolean {
  return state === 'received' || state === 'refused' || state === 'waived'
}
