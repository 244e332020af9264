/** What the form of each kind of entry asks, and how a draft becomes what is sent. */
export type Kind = 'value' | 'honour' | 'rating' | 'force' | 'complaint' | 'score'
export type Given = string | boolean
export type Draft = Record<string, Given>
export type Field = {
  name: string
  type: 'text' | 'area' | 'date' | 'amount' | 'select' | 'check' | 'unit' | 'names' | 'photo' | 'fixed'
  options?: readonly string[]
  /** May be left empty. */
  optional?: boolean
  /** The text key under which an option stands, where it is not the field's own name. */
  words?: string
  shown?: (draft: Draft) => boolean
}

const isPublished = (draft: Draft) => draft['state'] === 'published'

const FIELDS: Record<Kind, Field[]> = {
  value: [
    { name: 'measure', type: 'fixed' },
    { name: 'state', type: 'select', options: ['published', 'not_published'] },
    { name: 'publishedOn', type: 'date', shown: isPublished },
  ],
  honour: [
    { name: 'name', type: 'text' },
    { name: 'issuedOn', type: 'date' },
    { name: 'issuer', type: 'text' },
    { name: 'issuerLevel', type: 'select', options: ['national', 'ministry', 'provincial', 'city', 'district'] },
    { name: 'decision', type: 'text', optional: true, shown: (draft) => ['city', 'district'].includes(String(draft['issuerLevel'])) },
    { name: 'photo', type: 'photo', optional: true },
    { name: 'expiresOn', type: 'date', optional: true },
    { name: 'revokedOn', type: 'date', optional: true },
    { name: 'unitId', type: 'unit', optional: true },
    { name: 'approved', type: 'check' },
  ],
  rating: [
    { name: 'action', type: 'fixed' },
    { name: 'criterion', type: 'fixed' },
    { name: 'unitId', type: 'unit' },
    { name: 'method', type: 'select', options: ['papers', 'on_site', 'hearing'] },
    { name: 'rating', type: 'select', options: ['good', 'fair', 'poor'] },
    { name: 'ratedOn', type: 'date' },
    { name: 'evidence', type: 'area', optional: true },
  ],
  force: [
    { name: 'names', type: 'names' },
    { name: 'fromOn', type: 'date' },
    { name: 'untilOn', type: 'date', optional: true },
    { name: 'vehicle', type: 'text', optional: true },
    { name: 'funds', type: 'text', optional: true },
    { name: 'statesPeople', type: 'check' },
    { name: 'statesVehicle', type: 'check' },
    { name: 'statesFunds', type: 'check' },
  ],
  complaint: [
    { name: 'number', type: 'text' },
    { name: 'unitId', type: 'unit' },
    { name: 'text', type: 'area' },
    { name: 'place', type: 'text', optional: true },
    { name: 'complainant', type: 'text', optional: true },
    { name: 'receivedOn', type: 'date' },
    { name: 'readOn', type: 'date', optional: true },
    { name: 'handledOn', type: 'date', optional: true },
    { name: 'repliedOn', type: 'date', optional: true },
    { name: 'reply', type: 'area', optional: true },
    { name: 'satisfaction', type: 'select', options: ['very_satisfied', 'satisfied', 'neutral', 'dissatisfied', 'very_dissatisfied'], optional: true },
  ],
  score: [
    { name: 'subject', type: 'select', options: ['unit', 'group', 'district'] },
    { name: 'unitId', type: 'unit', shown: (draft) => draft['subject'] === 'unit' },
    { name: 'score', type: 'amount' },
    { name: 'scoredOn', type: 'date' },
    { name: 'overrideBy', type: 'text', optional: true },
    { name: 'overrideReason', type: 'text', optional: true },
  ],
}
const THREE_LEVELS = ['gdp_per_head', 'energy_per_gdp', 'income']

/** The fields of a kind; a value asks its measure's figures, and the province's opinion where there are three levels. */
export function fieldsOf(kind: Kind, figures: readonly string[], draft: Draft): Field[] {
  const own = FIELDS[kind]
  if (kind !== 'value') return own.filter((field) => !field.shown || field.shown(draft))
  const asked: Field[] = figures.map((name) => ({ name: `figures.${name}`, type: 'amount' }))
  if (THREE_LEVELS.includes(String(draft['measure']))) asked.push({ name: 'opinion', type: 'select', options: ['1', '2', '3'], optional: true })
  return [...own.filter((field) => !field.shown || field.shown(draft)), ...(isPublished(draft) ? asked : [])]
}

const AMOUNT = /^\d{1,12}(\.\d{1,6})?$/u

/** Whether everything is there that is asked. */
export function isReady(fields: Field[], draft: Draft, correcting: boolean): boolean {
  const given = (name: string) => String(draft[name] ?? '').trim()
  const complete = fields.every((field) => {
    if (field.type === 'check') return true
    if (field.type === 'amount') return AMOUNT.test(given(field.name))
    return field.optional || given(field.name) !== ''
  })
  return complete && given('source') !== '' && (!correcting || given('reason') !== '')
}

/** What is sent: what is not asked is left out, an empty day or choice is none. */
export function bodyOf(fields: Field[], draft: Draft, year: number, version: number | null): Record<string, unknown> {
  const body: Record<string, unknown> = { year, level: draft['level'], source: String(draft['source']).trim(), reason: String(draft['reason'] ?? '').trim(), version }
  const figures: Record<string, string> = {}
  for (const field of fields) {
    const text = String(draft[field.name] ?? '').trim()
    if (field.name.startsWith('figures.')) figures[field.name.slice('figures.'.length)] = text
    else if (field.type === 'check') body[field.name] = draft[field.name] === true
    else if (field.type === 'names') body[field.name] = text.split(/[\n,，、;；]/u).map((one) => one.trim()).filter(Boolean)
    else if (field.name === 'opinion') body['opinion'] = text ? Number(text) : null
    else if (['date', 'unit', 'photo', 'select'].includes(field.type)) body[field.name] = text || null
    else body[field.name] = text
  }
  if ('measure' in body) body['figures'] = figures
  return body
}

/** The form of an entry that is there. */
export function draftOf(entry: object): Draft {
  const draft: Draft = {}
  for (const [name, value] of Object.entries(entry)) {
    if (name === 'figures') for (const [figure, text] of Object.entries(value as Record<string, string>)) draft[`figures.${figure}`] = text
    else if (Array.isArray(value)) draft[name] = value.join('、')
    else if (typeof value === 'boolean') draft[name] = value
    else draft[name] = value === null ? '' : String(value)
  }
  return { ...draft, reason: '' }
}
