import { shanghaiInstant } from '@/ui/time'
import type { Meeting, Plan } from './wire'

/** A plan as it is typed: lists as lines of text, the time as a Shanghai wall clock, "2026-11-27T15:00". */
export type PlanDraft = {
  title: string
  startsAt: string
  place: string
  chair: string
  delegation: string
  delegatedOn: string
  agenda: string
  attendees: string
  demands: string
  contactName: string
  contactPhone: string
  unitIds: string[]
}

/** Lines of text without empty ones. */
export const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean)

export function emptyPlan(known: Partial<PlanDraft>): PlanDraft {
  return {
    title: '', startsAt: '', place: '', chair: '', delegation: '', delegatedOn: '', agenda: '', attendees: '', demands: '',
    contactName: '', contactPhone: '', unitIds: [], ...known,
  }
}

export function planOf(meeting: Meeting): PlanDraft {
  return {
    title: meeting.title,
    startsAt: shanghaiInstant(new Date(meeting.startsAt)).slice(0, 16),
    place: meeting.place,
    chair: meeting.chair,
    delegation: meeting.delegation,
    delegatedOn: meeting.delegatedOn ?? '',
    agenda: meeting.agenda.join('\n'),
    attendees: meeting.attendees,
    demands: meeting.demands.join('\n'),
    contactName: meeting.contactName,
    contactPhone: meeting.contactPhone,
    unitIds: meeting.attendance.map((one) => one.unitId),
  }
}

/** Whether everything is there that the server asks for; `leader` needs no delegation. */
export function isPlanReady(draft: PlanDraft, leader: string): boolean {
  const delegated = draft.chair.trim() === leader || (draft.delegation.trim() !== '' && draft.delegatedOn !== '')
  const filled = [draft.title, draft.startsAt, draft.place, draft.chair].every((text) => text.trim())
  return filled && delegated && linesOf(draft.agenda).length > 0 && draft.unitIds.length > 0
}

/** What is sent. */
export function bodyOf(draft: PlanDraft, leader: string, version?: number): Plan {
  const delegated = draft.chair.trim() !== leader
  return {
    title: draft.title.trim(),
    startsAt: `${draft.startsAt}:00+08:00`,
    place: draft.place.trim(),
    chair: draft.chair.trim(),
    delegation: delegated ? draft.delegation.trim() : '',
    delegatedOn: delegated ? draft.delegatedOn : null,
    agenda: linesOf(draft.agenda),
    attendees: draft.attendees.trim(),
    demands: linesOf(draft.demands),
    contactName: draft.contactName.trim(),
    contactPhone: draft.contactPhone.trim(),
    unitIds: draft.unitIds,
    ...(version === undefined ? {} : { version }),
  }
}

/** The quarter's meeting, as its title usually reads. Official language: Chinese. */
export function usualTitle(day: string): string {
  const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3)
  return `${day.slice(0, 4)}年第${'一二三四'[quarter]}季度工作调度会`
}
