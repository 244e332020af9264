import type { Guidance } from '@/outbox/database'

export const NO_GUIDANCE: Guidance = { words: '', measure: '', agreedOn: '', receiver: '', receiverPost: '' }

/** Whether anything was written down. */
export const hasGuidance = (told: Guidance | undefined): told is Guidance =>
  Boolean(told && Object.values(told).some((text) => text.trim()))

/** Who was spoken to last on this visit: the next finding mostly goes to the same person. */
const lastReceiver = new Map<string, Pick<Guidance, 'receiver' | 'receiverPost'>>()

/** A record to begin with. */
export const beginGuidance = (draftId: string): Guidance => ({ ...NO_GUIDANCE, ...lastReceiver.get(draftId) })

export function rememberReceiver(draftId: string, { receiver, receiverPost }: Guidance): void {
  lastReceiver.set(draftId, { receiver, receiverPost })
}
