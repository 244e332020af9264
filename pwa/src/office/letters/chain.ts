import type { Letter, LetterAction, LetterKind, LetterState } from './wire'

export type ChainStep = {
  key: 'draft' | 'review' | 'confirm' | 'sign' | 'issue' | 'seal' | 'submit' | 'decide' | 'archive'
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
// Minutes are read by the group leader before they are numbered, and bear no seal.
const MINUTES: Link[] = [
  { key: 'draft', by: null },
  { key: 'review', by: 'confirm' },
  { key: 'confirm', by: 'confirm' },
  { key: 'sign', by: 'sign' },
  { key: 'issue', by: 'issue' },
  { key: 'archive', by: 'archive' },
]
const CHAINS: Partial<Record<LetterKind, Link[]>> = { approval: APPROVAL, minutes: MINUTES }
type Running = Exclude<LetterState, 'cancelled'>
const DONE: Record<Running, number> = {
  draft: 0, in_review: 1, confirmed: 3, signed: 3, submitted: 3, issued: 4, decided: 4, sealed: 5, archived: 9,
}
const DONE_MINUTES: Partial<Record<Running, number>> = { signed: 4, issued: 5 }

type Known = Pick<Letter, 'kind' | 'state' | 'createdAt' | 'history'>

/** The signing chain as it stands: what is done, by whom and when, what is at hand, what is to come. */
export function chainOf(letter: Known): ChainStep[] {
  const links = CHAINS[letter.kind] ?? LETTER
  const last = (action: LetterAction) => [...letter.history].reverse().find((step) => step.action === action)
  const done = letter.state === 'cancelled' ? doneWhenCancelled(letter) : ((letter.kind === 'minutes' ? DONE_MINUTES[letter.state] : undefined) ?? DONE[letter.state])
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
