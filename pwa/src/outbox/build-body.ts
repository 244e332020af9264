import { shanghaiInstant } from '@/ui/time'
import type { Draft, DraftAnswer, Photo } from './database'
import type { InspectionBody } from './wire'
import type { AnswerBody, ShotBody } from '@/api/types'

export type Device = { id: string; appVersion: string }

/**
 * The one body of an inspection, built at submission and never again.
 * `asked`: codes of the items that count (shown, for this kind of site, judged by people), in the checklist's order.
 */
export function buildBody(
  draft: Draft,
  photos: Photo[],
  asked: string[],
  device: Device,
  finishedAtMs: number,
): InspectionBody {
  const entered = draft.outcome === 'inspected'
  const answers = entered ? asked.flatMap((code) => answerBody(code, draft.answers[code], photos)) : []
  const used = new Set(answers.flatMap((answer) => answer.photos))
  const shots = photos.filter((photo) => (entered ? used.has(photo.sha256) : photo.item === null))
  const body: InspectionBody = {
    visitId: draft.visitId,
    siteId: draft.siteId,
    templateVersionId: draft.templateVersionId,
    startedAt: draft.startedAt,
    finishedAt: shanghaiInstant(finishedAtMs),
    position: draft.position,
    device,
    outcome: draft.outcome,
    withPeople: [],
    answers,
    shots: oneEach(shots.map(shotBody)),
    guidance: entered ? draft.guidance : noAccessText(draft),
  }
  return draft.amends ? { ...body, amends: draft.amends } : body
}

function answerBody(code: string, answer: DraftAnswer | undefined, photos: Photo[]): AnswerBody[] {
  const hashes = photos.filter((photo) => photo.item === code).map((photo) => photo.sha256)
  if (answer?.value === undefined && !hashes.length) return []
  const noPhotoReason = hashes.length ? '' : (answer?.noPhotoReason.trim() ?? '')
  return [{ item: code, value: answer?.value ?? null, note: answer?.note.trim() ?? '', photos: hashes, noPhotoReason }]
}

function shotBody(photo: Photo): ShotBody {
  return { sha256: photo.sha256, takenAt: photo.takenAt, source: photo.source, fix: photo.fix }
}

function oneEach(shots: ShotBody[]): ShotBody[] {
  return [...new Map(shots.map((shot) => [shot.sha256, shot])).values()]
}

function noAccessText(draft: Draft): string {
  return [draft.noAccessReason, draft.noAccessNote.trim()].filter(Boolean).join('：')
}
