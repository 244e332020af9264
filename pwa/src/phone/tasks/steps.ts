export type StepPage = 'reply' | 'verify' | 'return' | 'unseen' | 'acknowledge' | 'progress' | 'extend'

/** Pages for the steps that the server offers, the likely one first. What has no page here belongs to the office's desk. */
const PAGES: [action: string, page: StepPage][] = [
  ['reply', 'reply'],
  ['strike_off', 'verify'],
  ['return', 'return'],
  ['not_seen', 'unseen'],
  ['acknowledge', 'acknowledge'],
  ['progress', 'progress'],
  ['ask_extension', 'extend'],
]

export function stepsOf(actions: string[]): { action: string; page: StepPage }[] {
  return PAGES.filter(([action]) => actions.includes(action)).map(([action, page]) => ({ action, page }))
}

export const pageOf = (action: string): StepPage => PAGES.find(([own]) => own === action)?.[1] ?? 'progress'
export const actionOf = (page: StepPage): string => PAGES.find(([, own]) => own === page)![0]

/** What each step asks for. `photos`: at least so many. */
export type Ask = { field: string; kind: 'text' | 'date'; required: boolean }
export const ASKS: Record<StepPage, { fields: Ask[]; photos: number | null }> = {
  reply: {
    fields: [
      { field: 'text', kind: 'text', required: true },
      { field: 'measure', kind: 'text', required: false },
    ],
    photos: 1,
  },
  verify: { fields: [{ field: 'note', kind: 'text', required: true }], photos: 1 },
  return: {
    fields: [
      { field: 'reason', kind: 'text', required: true },
      { field: 'dueOn', kind: 'date', required: false },
    ],
    photos: 0,
  },
  unseen: { fields: [{ field: 'reason', kind: 'text', required: true }], photos: 0 },
  acknowledge: { fields: [{ field: 'resolver', kind: 'text', required: false }], photos: null },
  progress: { fields: [{ field: 'text', kind: 'text', required: true }], photos: 0 },
  extend: {
    fields: [
      { field: 'until', kind: 'date', required: true },
      { field: 'reason', kind: 'text', required: true },
    ],
    photos: null,
  },
}

/** What a step on this task asks for. Where only the next activity can show it, a reply names its measure, and there is
 * nothing yet to take a photo of.
 */
export function askFor(page: StepPage, closing?: string): { fields: Ask[]; photos: number | null } {
  const ask = ASKS[page]
  if (page !== 'reply' || closing !== 'next_activity') return ask
  return { fields: ask.fields.map((one) => ({ ...one, required: true })), photos: 0 }
}

/** Nothing that the step needs is missing. */
export function stepReady(
  page: StepPage,
  fields: Record<string, string>,
  photoCount: number,
  closing?: string,
): boolean {
  const ask = askFor(page, closing)
  return ask.fields.every((one) => !one.required || fields[one.field]?.trim()) && photoCount >= (ask.photos ?? 0)
}

/** Only fields that were filled in. */
export function filledIn(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => (text.trim() ? [[name, text.trim()]] : [])),
  )
}
