import type { Duty, SummaryBody } from './wire'

export const PARTS = ['done', 'problems', 'nextSteps', 'highlights'] as const
export type Fields = Record<string, string>

/** The year and the number of a week or a month, as texts name them. */
export function numbersOf(period: string): { year: string; number: number } {
  const [year, number] = period.replace('W', '').split('-')
  return { year: year!, number: Number(number) }
}

/** What a form begins with: the version before, else what the weeklies said. */
export function firstFields(duty: Duty): Fields {
  const from = duty.versions[0] ?? duty.prefill
  const fields: Fields = {}
  for (const part of PARTS) if (from[part]) fields[part] = from[part]
  for (const one of from.progress) fields[`progress:${one.indicatorCode}`] = one.text
  return fields
}

/** Whether anything was written. */
export const isWritten = (fields: Fields) =>
  Object.entries(fields).some(([name, text]) => name !== 'correction' && text.trim() !== '')

/** What is handed in; a report of nothing has no words. */
export function bodyOf(duty: Duty, fields: Fields, nil: boolean): SummaryBody {
  const said = (part: string) => (nil ? '' : (fields[part] ?? '').trim())
  const progress = Object.keys(fields)
    .filter((name) => name.startsWith('progress:') && said(name))
    .map((name) => ({ indicatorCode: name.slice('progress:'.length), text: said(name) }))
  return {
    kind: duty.period.kind,
    period: duty.period.period,
    nil,
    done: said('done'),
    problems: said('problems'),
    nextSteps: said('nextSteps'),
    highlights: said('highlights'),
    progress,
    correction: (fields['correction'] ?? '').trim(),
    enteredFrom: '',
  }
}

/** An accepted summary is only corrected with a reason. */
export const needsReason = (duty: Duty) => duty.state === 'accepted'
