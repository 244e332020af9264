/**
 * Where an inspection or a task step stands.
 * `stuck` waits for a person (another content or another author under this id, a body that the server cannot read);
 * `declined` was received and kept by the server, but is not done as a step.
 */
export type ItemState = 'waiting' | 'sending' | 'received' | 'declined' | 'stuck'
export type ItemEvent = 'begin' | 'interrupted' | 'receipt' | 'declined' | 'stuck' | 'retry'

const STEPS: Record<ItemState, Partial<Record<ItemEvent, ItemState>>> = {
  waiting: { begin: 'sending', stuck: 'stuck' },
  sending: { begin: 'sending', interrupted: 'waiting', receipt: 'received', declined: 'declined', stuck: 'stuck' },
  received: {},
  declined: {},
  // A person may leave it at that; it stays readable for a while like everything that has ended.
  stuck: { retry: 'waiting', declined: 'declined' },
}

export function nextItemState(state: ItemState, event: ItemEvent): ItemState {
  return STEPS[state][event] ?? state
}

export function itemEnded(state: ItemState): boolean {
  return state === 'received' || state === 'declined'
}
