import { shanghaiInstant } from '@/ui/time'
import type { Draft, DraftAnswer, Guidance, Photo } from './database'
import { afterOf, itemOf, SIGNATURE } from './photo-groups'
import type { InspectionBody } from './wire'
import type { AnswerBody, GuidanceBody, ShotBody } from '@/api/types'

export type Device = { id: string; appVersion: string }

/**
 * The one body of an inspection, built at submission and never again.
 * `asked`: codes of the items that count (shown, for this kind of site, judged by people), in the checklist's order;
 * `failing`: those of them that become findings.
 */
export function buildBody(
  draft: Draft,
  photos: Photo[],
  asked: string[],
  failing: string[],
  device: Device,
  finishedAtMs: number,
): InspectionBody {
  const entered = draft.outcome === 'inspected'
  const answers = entered
    ? asked.flatMap((code) => answerBody(code, draft.answers[code], photos, failing.includes(code)))
    : []
  const used = new Set(answers.flatMap((answer) => [...answer.photos, ...(answer.fixedPhotos ?? [])]))
  const shots = photos.filter((photo) =>
    entered ? used.has(photo.sha256) && photo.item !== SIGNATURE : photo.item === null,
  )
  const signature = entered ? photos.findLast((photo) => photo.item === SIGNATURE)?.sha256 : undefined
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
    shots: oneEach(shots).map(shotBody),
    guidance: entered ? draft.guidance : noAccessText(draft),
  }
  if (signature) body.signature = signature
  return draft.amends ? { ...body, amends: draft.amends } : body
}

function answerBody(
  code: string,
  answer: DraftAnswer | undefined,
  photos: Photo[],
  fails: boolean,
): AnswerBody[] {
  const hashes = photos.filter((photo) => photo.item === code).map((photo) => photo.sha256)
  if (answer?.value === undefined && !hashes.length) return []
  const noPhotoReason = hashes.length ? '' : (answer?.noPhotoReason.trim() ?? '')
  const body = { item: code, value: answer?.value ?? null, note: answer?.note.trim() ?? '', photos: hashes, noPhotoReason }
  return [fails ? { ...body, ...onSpotBody(code, answer, photos) } : body]
}

/** What was put right and agreed while the inspector was there belongs to a finding alone (R40). */
function onSpotBody(
  code: string,
  answer: DraftAnswer | undefined,
  photos: Photo[],
): Pick<AnswerBody, 'fixedPhotos' | 'guidance'> {
  const fixed = answer?.onSpot ? photos.filter((photo) => photo.item === afterOf(code)) : []
  const told = answer?.guidance
  const guidance = told && Object.values(told).some((text) => text.trim()) ? guidanceBody(told) : undefined
  return {
    ...(fixed.length ? { fixedPhotos: fixed.map((photo) => photo.sha256) } : {}),
    ...(guidance ? { guidance } : {}),
  }
}

function guidanceBody(told: Guidance): GuidanceBody {
  const { words, measure, agreedOn, receiver, receiverPost } = told
  return {
    words: words.trim(),
    measure: measure.trim(),
    agreedOn: agreedOn || null,
    receiver: receiver.trim(),
    receiverPost: receiverPost.trim(),
  }
}

function shotBody(photo: Photo): ShotBody {
  const item = photo.item ? { item: itemOf(photo.item) } : {}
  return { ...circumstancesOf(photo), ...item }
}

/** Who, when and where of one photo, and what was marked on it, as every body tells them. */
export function circumstancesOf(photo: Photo): ShotBody {
  const { sha256, takenAt, source, fix, marks, note } = photo
  return { sha256, takenAt, source, fix, ...(marks?.length ? { marks } : {}), note: note ?? '' }
}

/** Every use keeps its own shot: the same bytes may prove two items. */
function oneEach(photos: Photo[]): Photo[] {
  return [...new Map(photos.map((photo) => [`${photo.sha256} ${itemOf(photo.item ?? '')}`, photo])).values()]
}

function noAccessText(draft: Draft): string {
  return [draft.noAccessReason, draft.noAccessNote.trim()].filter(Boolean).join('：')
}
