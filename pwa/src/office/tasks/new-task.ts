import type { components } from '@/api/schema'
import type { Severity } from '../wire'

export type AssignmentBody = components['schemas']['AssignmentIn']
export type EnteredOrigin = AssignmentBody['origin']
export const ORIGINS: EnteredOrigin[] = ['superior', 'leader', 'office', 'complaint']

export type NewTask = {
  origin: EnteredOrigin
  sourceName: string
  sourceNumber: string
  givenOn: string
  problem: string
  requirement: string
  unitId: string
  institution: string
  severity: Severity
  siteId: string
  itemCode: string
  dueOn: string
  nextActivity: boolean
  watcherIds: string[]
  photos: string[]
}

export const emptyTask = (): NewTask => ({
  origin: 'superior', sourceName: '', sourceNumber: '', givenOn: '', problem: '', requirement: '', unitId: '', institution: '',
  severity: 'minor', siteId: '', itemCode: '', dueOn: '', nextActivity: false, watcherIds: [], photos: [],
})

/** What comes from outside must say from whom. */
export const needsSource = (origin: EnteredOrigin): boolean => origin === 'superior' || origin === 'complaint'

/** Whether a letter of assignment is proposed for it at once (R43a): what was added outside the plan, no complaint. */
export const bringsLetter = (origin: EnteredOrigin): boolean => origin !== 'complaint'

/** Whether the form says what the server needs. The server decides; this only spares a round trip. */
export function isReady(draft: NewTask): boolean {
  return draft.problem.trim() !== '' && draft.unitId !== '' && (!needsSource(draft.origin) || draft.sourceName.trim() !== '')
}

/** The body of the call: what was left empty is not sent. */
export function bodyOf(draft: NewTask, id: string): AssignmentBody {
  const { nextActivity, watcherIds, photos, origin, severity, ...texts } = draft
  const filled = Object.entries(texts).map(([name, text]) => [name, text.trim()] as const).filter(([, text]) => text)
  return {
    ...Object.fromEntries(filled), id, origin, severity, photos, watcherIds: watcherIds.filter((unit) => unit !== draft.unitId),
    ...(nextActivity ? { closing: 'next_activity' as const } : {}),
  } as AssignmentBody
}
