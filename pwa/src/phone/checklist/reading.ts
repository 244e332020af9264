import type { Item, Section } from '@/api/types'
import { lacksProof, type Reading } from '@/domain/answers'
import { needsNewerApp } from '@/domain/conditions'
import type { Given, Verdict } from '@/domain/passRules'
import type { DraftAnswer, Photo } from '@/outbox/database'
import { afterOf, isOfItem } from '@/outbox/photo-groups'

/** `lacks`: what still has to be done before the inspection may be handed in. */
export type Lack = 'answer' | 'fault' | 'photo' | 'reason' | 'after'
export type Stand = {
  item: Item
  answer: DraftAnswer | undefined
  photos: Photo[]
  /** Photos of the repair that was made on the spot. */
  fixed: Photo[]
  verdict: Verdict
  carried: boolean
  unknown: boolean
  answered: boolean
  fault: { code: string; params: Record<string, string | number> } | null
  lacks: Lack | null
}
export type Part = {
  section: Section
  stands: Stand[]
  asked: number
  answered: number
  failing: number
  lacking: number
}

/** The draft's answers in the form that the rules read. A photo item is answered by its photos, or by a reason. */
export function givenOf(answers: Record<string, DraftAnswer>, photos: Photo[]): Map<string, Given> {
  const counts = new Map<string, number>()
  for (const photo of photos) if (photo.item && isOfItem(photo.item)) counts.set(photo.item, (counts.get(photo.item) ?? 0) + 1)
  const given = new Map<string, Given>()
  for (const code of new Set([...Object.keys(answers), ...counts.keys()])) {
    const answer = answers[code]
    const photoCount = counts.get(code) ?? 0
    if (answer?.value !== undefined || photoCount) given.set(code, { value: answer?.value ?? null, photoCount })
  }
  return given
}

/** Every item that is shown, with where it stands. */
export function itemsOf(
  items: Item[],
  answers: Record<string, DraftAnswer>,
  photos: Photo[],
  reading: Reading,
): Stand[] {
  return items
    .filter((item) => reading.shown.has(item.code) && item.type !== 'auto')
    .map((item) => {
      const answer = answers[item.code]
      const own = photos.filter((photo) => photo.item === item.code)
      const hashes = new Set(own.map((photo) => photo.sha256))
      const stand = {
        item,
        answer,
        photos: own,
        fixed: photos.filter((photo) => photo.item === afterOf(item.code) && !hashes.has(photo.sha256)),
        verdict: reading.verdicts.get(item.code) ?? 'unjudged',
        carried: reading.carried.has(item.code),
        unknown: needsNewerApp(item),
        answered: isDone(item, answer, own, reading),
        fault: reading.faults.get(item.code) ?? null,
      } as const
      return { ...stand, lacks: lackOf(stand, reading) }
    })
}

function isDone(item: Item, answer: DraftAnswer | undefined, photos: Photo[], reading: Reading): boolean {
  if (reading.faults.has(item.code) || reading.carried.has(item.code)) return false
  if (item.type === 'photo') return photos.length > 0
  return answer?.value !== undefined && answer.value !== null && answer.value !== ''
}

function lackOf(stand: Omit<Stand, 'lacks'>, reading: Reading): Lack | null {
  const { item, answer } = stand
  if (stand.unknown || stand.carried) return null
  if (stand.fault) return 'fault'
  if (reading.missing.includes(item.code)) return 'answer'
  if (stand.verdict === 'fail' && stand.answered && answer?.onSpot && !stand.fixed.length) return 'after'
  const reason = item.weight === 0 ? (answer?.note ?? '') : (answer?.noPhotoReason ?? '')
  if (!lacksProof(item, stand.verdict, stand.photos.length, reason)) return null
  return item.weight === 0 ? 'reason' : 'photo'
}

/** The checklist's pages: sections that have something to ask here. */
export function sectionsOf(sections: Section[], stands: Stand[]): Part[] {
  return sections.flatMap((section) => {
    const own = stands.filter((stand) => stand.item.section === section.code)
    const asked = own.filter((stand) => counts(stand))
    return own.length
      ? [
          {
            section,
            stands: own,
            asked: asked.length,
            answered: asked.filter((stand) => stand.answered).length,
            failing: asked.filter((stand) => stand.verdict === 'fail').length,
            lacking: own.filter((stand) => stand.lacks).length,
          },
        ]
      : []
  })
}

/** Items that count in "32/39": asked now, and not optional. */
export function counts(stand: Stand): boolean {
  return !stand.carried && !stand.unknown && stand.item.required
}
