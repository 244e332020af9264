import type { EventBody, EventState, NegativeEvent, NegativeItem } from './wire'

export type RankingDraft = { group: '' | 'capital' | 'prefecture' | 'urban'; rank: string; size: string }
/** An event as it stands in the form: every field as typed. */
export type EventDraft = {
  itemCode: string
  level: EventBody['level']
  state: EventState
  description: string
  source: string
  evidence: string
  lasts: boolean
  happenedOn: string
  fromOn: string
  untilOn: string
  persons: string
  value: string
  rankings: [RankingDraft, RankingDraft]
  decidedOn: string
  establishedBy: string
  reason: string
  acceptDuplicate: boolean
}

const noRanking = (): RankingDraft => ({ group: '', rank: '', size: '' })

export const emptyDraft = (): EventDraft => ({
  itemCode: '', level: 'city', state: 'lead', description: '', source: '', evidence: '', lasts: false, happenedOn: '', fromOn: '', untilOn: '', persons: '', value: '',
  rankings: [noRanking(), noRanking()], decidedOn: '', establishedBy: '', reason: '', acceptDuplicate: false,
})

export function draftOf(event: NegativeEvent): EventDraft {
  const ranking = (at: number): RankingDraft => {
    const one = event.rankings[at]
    return one ? { group: one.group as RankingDraft['group'], rank: String(one.rank), size: String(one.size) } : noRanking()
  }
  return {
    itemCode: event.itemCode, level: event.level, state: event.state, description: event.description, source: event.source, evidence: event.evidence,
    lasts: event.fromOn !== null, happenedOn: event.happenedOn ?? '', fromOn: event.fromOn ?? '', untilOn: event.untilOn ?? '', persons: event.persons.join('\n'), value: event.value ?? '',
    rankings: [ranking(0), ranking(1)], decidedOn: event.decidedOn ?? '', establishedBy: event.establishedBy, reason: '', acceptDuplicate: false,
  }
}

/** What may follow a state: nothing is established that was not verified. */
const NEXT: Record<EventState, EventState[]> = {
  lead: ['lead', 'verified', 'excluded'],
  verified: ['verified', 'established', 'excluded'],
  established: ['established', 'verified', 'excluded'],
  excluded: ['excluded', 'verified'],
}
export const nextStates = (state: EventState | null): EventState[] => (state ? NEXT[state] : ['lead', 'verified', 'established'])

/** Names may be parted by lines or by the marks that people part them with. */
export const namesOf = (text: string) => [...new Set(text.split(/[\n,，、;；]/u).map((name) => name.trim()).filter(Boolean))]

/** How many rankings an item asks for. */
export const rankingsAsked = (item: NegativeItem | null) => (item?.condition === 'rank' ? 1 : item?.condition === 'rank_last' ? 2 : 0)
export const asksValue = (item: NegativeItem | null) => item?.condition === 'score' || item?.condition === 'percent'
export const asksPersons = (item: NegativeItem | null) => item?.condition === 'count'

/** Whether the figures that an item needs and its days are there: enough to tell what it costs. */
export function isTellable(draft: EventDraft, item: NegativeItem | null): boolean {
  if (!item || !(draft.lasts ? draft.fromOn : draft.happenedOn)) return false
  if (asksPersons(item) && namesOf(draft.persons).length === 0) return false
  if (asksValue(item) && !/^\d{1,3}(\.\d{1,6})?$/u.test(draft.value.trim())) return false
  const grouped = item.condition === 'rank_last'
  return draft.rankings.slice(0, rankingsAsked(item)).every((one) => Number(one.rank) > 0 && Number(one.size) >= Number(one.rank) && (!grouped || one.group !== ''))
}

export function isReady(draft: EventDraft, item: NegativeItem | null, correcting: boolean): boolean {
  const words = [draft.description, draft.source, draft.evidence].every((text) => text.trim() !== '')
  const signed = draft.state !== 'established' || draft.establishedBy.trim() !== ''
  return isTellable(draft, item) && words && signed && (!correcting || draft.reason.trim() !== '')
}

export function bodyOf(draft: EventDraft, item: NegativeItem, version: number | null): EventBody {
  const day = (text: string) => text || null
  return {
    itemCode: draft.itemCode, level: draft.level, state: draft.state, description: draft.description.trim(), source: draft.source.trim(), evidence: draft.evidence.trim(),
    happenedOn: draft.lasts ? null : day(draft.happenedOn),
    fromOn: draft.lasts ? day(draft.fromOn) : null,
    untilOn: draft.lasts ? day(draft.untilOn) : null,
    persons: asksPersons(item) ? namesOf(draft.persons) : [],
    value: asksValue(item) ? draft.value.trim() : null,
    rankings: draft.rankings.slice(0, rankingsAsked(item)).map((one) => ({ group: item.condition === 'rank_last' ? one.group : '', rank: Number(one.rank), size: Number(one.size) })),
    decidedOn: day(draft.decidedOn), establishedBy: draft.establishedBy.trim(), reason: draft.reason.trim(), acceptDuplicate: draft.acceptDuplicate, version,
  }
}
