import type { Letter, LetterAction, LetterState } from './wire'

export type ChainStep = {
  key: 'draft' | 'review' | 'sign' | 'issue' | 'seal' | 'submit' | 'decide' | 'archive'
  state: 'done' | 'now' | 'ahead' | 'skipped'
  at: string | null
  who: string
}
type Link = { key: ChainStep['key']; by: LetterAction | null }

const LETTER: Link[] = [
  { key: 'draft', by: null },
  { key: 'review', by: 'sign' },
  { key: 'sign', by: 'sign' },
  { key: 'issue', by: 'issue' },
  { key: 'seal', by: 'seal' },
  { key: 'archive', by: 'archive' },
]
const APPROVAL: Link[] = [
  { key: 'draft', by: null },
  { key: 'review', by: 'submit' },
  { key: 'submit', by: 'submit' },
  { key: 'decide', by: 'decide' },
  { key: 'archive', by: 'archive' },
]
const DONE: Record<Exclude<LetterState, 'cancelled'>, number> = {
  draft: 0, in_review: 1, signed: 3, submitted: 3, issued: 4, decided: 4, sealed: 5, archived: 9,
}

type Known = Pick<Letter, 'kind' | 'state' | 'createdAt' | 'history'>

/** The signing chain as it stands: what is done, by whom and when, what is at hand, what is to come. */
export function chainOf(letter: Known): ChainStep[] {
  const links = letter.kind === 'approval' ? APPROVAL : LETTER
  const last = (action: LetterAction) => [...letter.history].reverse().find((step) => step.action === action)
  const done = letter.state === 'cancelled' ? doneWhenCancelled(letter) : DONE[letter.state]
  return links.map(({ key, by }, place) => {
    const step = by ? last(by) : last('send_to_review')
    if (place >= done) {
      return { key, state: place === done && letter.state !== 'cancelled' ? 'now' : 'ahead', at: null, who: '' }
    }
    if (key === 'seal' && !step) return { key, state: 'skipped', at: null, who: '' }
    return { key, state: 'done', at: by ? (step?.at ?? null) : letter.createdAt, who: step?.actor ?? '' }
  })
}

function doneWhenCancelled(letter: Known): number {
  if (letter.history.some((step) => step.action === 'sign')) return 3
  const reached = [...letter.history].reverse().find((step) => step.action === 'send_to_review' || step.action === 'send_back')
  return reached?.action === 'send_to_review' ? 1 : 0
}

/** What others did to a letter between two readings of it. */
export function newSteps(before: Pick<Letter, 'history'>, after: Pick<Letter, 'history'>) {
  const known = new Set(before.history.map((step) => step.id))
  return after.history.filter((step) => !known.has(step.id))
}
