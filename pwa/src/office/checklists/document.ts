/** A checklist's document changed step by step: each function gives a new one and leaves the old as it is. */
import type { Document, Item, Rule, Section, Test, Words } from './wire'

export const TYPES = ['yn', 'ynNa', 'one', 'num', 'date', 'text', 'photo', 'auto'] as const
export const KINDS = ['hospital', 'health_centre', 'health_station', 'science_room'] as const
export const SUBJECTS = ['SUB-YL', 'SUB-KPYJ', 'SUB-KPHD', 'SUB-OTHER'] as const
export const UNIT_TYPES = ['medical', 'street', 'human_resources', 'science_association', 'inspector'] as const
export const SEVERITIES = ['minor', 'major', 'severe'] as const
export const CLOSINGS = ['evidence', 'next_activity', 'none'] as const
export const FREQUENCIES = ['month', 'quarter', 'year'] as const

/** Which rules can judge an answer of a type, the usual one first. The server holds the same table. */
export const RULES: Record<string, string[]> = {
  yn: ['equals', 'record'],
  ynNa: ['equals', 'record'],
  one: ['equals', 'record'],
  num: ['atLeast', 'equals', 'annual', 'byKind', 'ratio', 'per100', 'record'],
  date: ['ageDays', 'ageMonths', 'record'],
  text: ['record'],
  photo: ['count', 'record'],
  auto: ['lastClosed', 'unitFiles', 'archived'],
}

export const words = (zh: string, en = zh): Words => ({ 'zh-CN': zh, en })

/** A Chinese text that changed: the English one goes along as long as it only repeated it. */
export function rewritten(old: Words, zh: string): Words {
  return { 'zh-CN': zh, en: old.en === '' || old.en === old['zh-CN'] ? zh : old.en }
}

export function emptyDocument(code: string, name: string): Document {
  return {
    code,
    subject: 'SUB-OTHER',
    name: words(name),
    siteKinds: [],
    version: 1,
    publishedOn: '2000-01-01',
    sections: [{ code: `${code}-A`, label: words('检查内容', 'Questions') }],
    noAccess: {
      item: `${code}-NO-ACCESS`,
      label: words('未能入内', 'No access'),
      severity: 'major',
      workingDays: 3,
      closing: 'evidence',
      unitType: 'street',
    },
    items: [],
  }
}

/** The next code of a section: one that neither this document nor an earlier version has used. */
export function nextCode(section: string, used: Iterable<string>): string {
  const known = new Set(used)
  let number = 1
  while (known.has(codeOf(section, number))) number += 1
  return codeOf(section, number)
}

const codeOf = (section: string, number: number) => `${section}${String(number).padStart(2, '0')}`

/** A, B, …, Z, AA: the next section's letter. */
export function nextSection(document: Document): string {
  const known = new Set(document.sections.map((section) => section.code))
  for (let place = 0; ; place += 1) {
    const letter = place < 26 ? String.fromCharCode(65 + place) : String.fromCharCode(64 + Math.floor(place / 26)) + String.fromCharCode(65 + (place % 26))
    if (!known.has(`${document.code}-${letter}`)) return `${document.code}-${letter}`
  }
}

export function newItem(code: string, section: string): Item {
  return {
    code,
    section,
    type: 'yn',
    label: words(''),
    hint: null,
    options: [],
    appliesTo: [],
    when: null,
    frequency: 'month',
    required: true,
    photoOnFail: true,
    pass: { op: 'equals', value: true },
    unit: null,
    integer: false,
    max: null,
    photoCount: 0,
    photosFromElsewhere: false,
    weight: 1,
    severity: 'minor',
    workingDays: 5,
    closing: 'evidence',
    unitType: 'street',
    basis: '',
    sources: [],
  }
}

/** The items in the order of their sections, as the phone asks them and the server wants them. */
export function ordered(document: Document): Document {
  const place = new Map(document.sections.map((section, at) => [section.code, at]))
  const items = [...document.items].sort((a, b) => (place.get(a.section) ?? 0) - (place.get(b.section) ?? 0))
  return { ...document, items }
}

export function withItem(document: Document, code: string, item: Item): Document {
  return ordered({ ...document, items: document.items.map((one) => (one.code === code ? item : one)) })
}

/** Put a new item behind another one of its section, else at the section's end. */
export function inserted(document: Document, item: Item, after: string | null): Document {
  const at = document.items.findIndex((one) => one.code === after)
  const items = [...document.items]
  items.splice(at < 0 ? items.length : at + 1, 0, item)
  return ordered({ ...document, items })
}

export const without = (document: Document, code: string): Document => ({
  ...document,
  items: document.items.filter((item) => item.code !== code),
})

/** One place up or down; over the edge of a section into the one beside it. */
export function moved(document: Document, code: string, by: -1 | 1): Document {
  const at = document.items.findIndex((item) => item.code === code)
  const item = document.items[at]
  if (!item) return document
  const other = document.items[at + by]
  if (other?.section === item.section) {
    const items = [...document.items]
    items[at] = other
    items[at + by] = item
    return { ...document, items }
  }
  const place = document.sections.findIndex((section) => section.code === item.section)
  const next = document.sections[place + by]
  if (!next) return document
  const rest = document.items.filter((one) => one.code !== code)
  const into = { ...item, section: next.code }
  return ordered({ ...document, items: by > 0 ? [into, ...rest] : [...rest, into] })
}

/** Dropped with the mouse before another item, or at the end of a section. */
export function droppedAt(document: Document, code: string, section: string, before: string | null): Document {
  const item = document.items.find((one) => one.code === code)
  if (!item || code === before) return document
  const rest = document.items.filter((one) => one.code !== code)
  const at = rest.findIndex((one) => one.code === before)
  rest.splice(at < 0 ? rest.length : at, 0, { ...item, section })
  return ordered({ ...document, items: rest })
}

export function movedSection(document: Document, code: string, by: -1 | 1): Document {
  const at = document.sections.findIndex((section) => section.code === code)
  const other = document.sections[at + by]
  if (at < 0 || !other) return document
  const sections = [...document.sections]
  sections[at + by] = sections[at] as Section
  sections[at] = other
  return ordered({ ...document, sections })
}

/** The item with another type: what the old type needed and the new one does not is gone. */
export function retyped(item: Item, type: string): Item {
  const options = type === 'one' ? [{ value: 'a', label: words('') }, { value: 'b', label: words('') }] : []
  const next = { ...item, type, options: type === item.type ? item.options : options }
  const isNumber = type === 'num'
  return reruled(
    { ...next, unit: isNumber ? next.unit : null, integer: isNumber, max: isNumber ? next.max : null, photoCount: type === 'photo' ? 1 : 0 },
    RULES[type]?.[0] ?? 'record',
  )
}

/** The item with another kind of pass rule. What is only recorded weighs nothing and is owed by nobody. */
export function reruled(item: Item, op: string): Item {
  const pass = ruleOf(op, item)
  if (op !== 'record') return item.weight === 0 && item.pass.op === 'record' ? { ...item, pass, weight: 1, workingDays: 5, closing: 'evidence' } : { ...item, pass }
  return { ...item, pass, weight: 0, workingDays: 0, closing: 'none', photoOnFail: false }
}

function ruleOf(op: string, item: Item): Rule {
  switch (op) {
    case 'equals':
      return { op, value: item.type === 'one' ? (item.options[0]?.value ?? '') : item.type === 'num' ? 0 : true }
    case 'byKind':
      return { op, rules: Object.fromEntries(item.appliesTo.map((kind) => [kind, { op: 'atLeast', n: 1 }])) }
    case 'ratio':
      return { op, part: item.code, whole: '', numerator: 4, denominator: 5 }
    case 'per100':
      return { op, fact: 'residents', n: 1 }
    case 'archived':
      return { op, activity: '', workingDays: 5 }
    case 'atLeast':
    case 'annual':
    case 'ageDays':
    case 'ageMonths':
    case 'count':
      return { op, n: op === 'ageDays' ? 30 : op === 'ageMonths' ? 2 : 1 }
    default:
      return { op }
  }
}

/** The answers that a condition may ask for of an earlier item; null where it asks for a number. */
export function answersOf(item: Item): (boolean | string)[] | null {
  if (item.type === 'yn' || item.type === 'ynNa') return [true, false]
  return item.type === 'num' ? null : item.options.map((option) => option.value)
}

/** Items that stand before another one and whose answer a condition can ask for. */
export const askable = (document: Document, code: string): Item[] => {
  const at = document.items.findIndex((item) => item.code === code)
  return document.items.slice(0, at).filter((item) => ['yn', 'ynNa', 'one', 'num'].includes(item.type) || item.options.length > 0)
}

export function newTest(item: Item): Test {
  const answers = answersOf(item)
  return answers ? { op: 'equals', item: item.code, value: answers[0] ?? '' } : { op: 'above', item: item.code, value: 0 }
}

/** Where a fault of the server's leads: the item's code, the section's, or the frame. */
export function placeOf(pointer: string, document: Document): string {
  const [, part, number] = pointer.split('/')
  if (part === 'items') return document.items[Number(number)]?.code ?? ''
  return part === 'sections' ? (document.sections[Number(number)]?.code ?? '') : ''
}
