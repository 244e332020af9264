import type { components } from '@/api/schema'
import type { Words } from './words-api'

type Schemas = components['schemas']

/** A notice's section as it is typed: text and items as lines. */
export type SectionDraft = { heading: string; paragraphs: string; items: string }
export type WordsDraft = {
  subject: string
  opening: string
  sections: SectionDraft[]
  demands: { heading: string; text: string }[]
  exemplary: string[]
  lagging: string[]
  units: { unit: string; found: number; closed: number; overdue: number; examples: string }[]
}

/** Lines of text without empty ones. */
export const linesOf = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean)

export function draftOf(words: Words): WordsDraft {
  return {
    subject: words.subject,
    opening: words.opening,
    sections: words.sections.map(({ heading, paragraphs, items }) => ({ heading, paragraphs: paragraphs.join('\n'), items: items.join('\n') })),
    demands: words.demands.map(({ heading, text }) => ({ heading, text })),
    exemplary: [...words.exemplary],
    lagging: [...words.lagging],
    units: words.units.filter((one) => one.found).map((one) => ({ ...one, examples: one.examples.join('\n') })),
  }
}

const sectionsOf = (drafts: SectionDraft[]): Schemas['NoticeSection'][] =>
  drafts.filter((one) => one.heading.trim()).map((one) => ({ heading: one.heading.trim(), paragraphs: linesOf(one.paragraphs), items: linesOf(one.items) }))

export const noticeWords = (draft: WordsDraft, version: number): Schemas['NoticeWords'] => ({
  version, subject: draft.subject.trim(), opening: draft.opening.trim(), sections: sectionsOf(draft.sections),
})

export const circularWords = (draft: WordsDraft, version: number): Schemas['CircularWords'] => ({
  version,
  opening: draft.opening.trim(),
  demands: draft.demands.filter((one) => one.heading.trim() && one.text.trim()).map((one) => ({ heading: one.heading.trim(), text: one.text.trim() })),
  exemplary: draft.exemplary,
  lagging: draft.lagging,
  examples: draft.units.map((one) => ({ unit: one.unit, examples: linesOf(one.examples) })),
})

/** Whether a draft says what its kind needs. */
export function isWorded(kind: 'circular' | 'notice', draft: WordsDraft): boolean {
  if (kind === 'notice') return draft.subject.trim() !== '' && draft.opening.trim() !== ''
  return draft.demands.some((one) => one.heading.trim() && one.text.trim())
}

export const emptyNotice = (): WordsDraft => ({
  subject: '', opening: '', sections: [{ heading: '', paragraphs: '', items: '' }], demands: [], exemplary: [], lagging: [], units: [],
})
