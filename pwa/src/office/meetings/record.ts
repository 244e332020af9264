import type { Arrangement, Attendance, AttendanceState, Meeting, RecordBody } from './wire'

export type UnitDraft = {
  unitId: string
  unitName: string
  state: AttendanceState | ''
  names: string
  standInFor: string
  reason: string
  progress: string
}
export type ArrangementDraft = {
  id: string
  unitId: string
  heading: string
  content: string
  dueOn: string
  wantsLetter: boolean
  taskId: string | null
}
export type RecordDraft = { units: UnitDraft[]; arrangements: ArrangementDraft[]; observers: string; recorder: string; remarks: string }

const SEPARATOR = /[、，,；;\s]+/

/** Names as they are typed in one field, one after the other. */
export const namesOf = (text: string) => text.split(SEPARATOR).filter(Boolean)

const unitDraft = (one: Attendance): UnitDraft => ({
  unitId: one.unitId, unitName: one.unitName, state: one.state ?? '', names: one.names.join('、'),
  standInFor: one.standInFor, reason: one.reason, progress: one.progress,
})
const arrangementDraft = ({ id, unitId, heading, content, dueOn, wantsLetter, taskId }: Arrangement): ArrangementDraft => ({
  id, unitId, heading, content, dueOn, wantsLetter, taskId,
})

export function recordOf(meeting: Meeting): RecordDraft {
  return {
    units: meeting.attendance.map(unitDraft),
    arrangements: meeting.listed.map(arrangementDraft),
    observers: meeting.observers.map((one) => [one.body, one.names.join('、')].filter(Boolean).join(' ')).join('\n'),
    recorder: meeting.recorder,
    remarks: meeting.remarks,
  }
}

export const emptyArrangement = (id: string): ArrangementDraft => ({
  id, unitId: '', heading: '', content: '', dueOn: '', wantsLetter: false, taskId: null,
})

const isUntouched = (one: ArrangementDraft) => !one.unitId && !one.heading.trim() && !one.content.trim() && !one.dueOn

/** What is sent. A line of observers is the body, then its people; an arrangement that nobody began is left out. */
export function recordBody(draft: RecordDraft, version: number): RecordBody {
  return {
    version,
    units: draft.units.map((one) => ({
      unitId: one.unitId,
      state: one.state || null,
      names: namesOf(one.names),
      standInFor: one.state === 'present' ? one.standInFor.trim() : '',
      reason: one.state === 'excused' || one.state === 'absent' ? one.reason.trim() : '',
      progress: one.progress.trim(),
    })),
    arrangements: draft.arrangements.filter((one) => !isUntouched(one)).map((one) => ({
      id: one.id, unitId: one.unitId, heading: one.heading.trim(), content: one.content.trim(), dueOn: one.dueOn,
      wantsLetter: one.wantsLetter,
    })),
    observers: draft.observers.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
      const [body = '', ...names] = line.split(SEPARATOR)
      return { body, names }
    }),
    recorder: draft.recorder.trim(),
    remarks: draft.remarks.trim(),
  }
}

/** Whether each arrangement that was begun says everything. */
export const isRecordReady = (draft: RecordDraft) =>
  draft.arrangements.every((one) => isUntouched(one) || [one.unitId, one.heading, one.content, one.dueOn].every((text) => text.trim()))
