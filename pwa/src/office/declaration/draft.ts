import { shanghaiDate } from '@/ui/time'
import type { Candidate, Edition, EditionBody, Format, PageTag, PictureKind, SourceKind } from './wire'

/** The limit of the declaration for one picture, read as 2 MiB; the server decides. */
const LARGEST_PICTURE = 2_097_152

export type DraftPage = { sha256: string; fileName: string; tag: PageTag; fresh: boolean }
export type DraftSource = { kind: SourceKind; statement: string; source: string; publishedOn: string }
export type DraftReport = { sha256: string; fileName: string; characters: number | null; sources: DraftSource[] }
export type DraftPicture = {
  sha256: string
  fileName: string
  kind: PictureKind
  caption: string
  place: string
  takenOn: string
  shrink: boolean
  useId: string | null
  fresh: boolean
}

/** A material as it is filled in: text fields are never null, what is empty is left out when it is sent. */
export type Draft = {
  document: { title: string; issuer: string; number: string; issuedOn: string }
  pages: DraftPage[]
  report: DraftReport | null
  pictures: DraftPicture[]
  templateVersion: string
  figures: { label: string; value: string }[]
  seal: { department: string; sealedOn: string }
  note: string
  enteredNote: string
}

/** A draft to begin from: what was handed in last, or an empty form. */
export function draftOf(last: Edition | undefined, templateVersion: string): Draft {
  const document = last?.document
  return {
    document: { title: document?.title ?? '', issuer: document?.issuer ?? '', number: document?.number ?? '', issuedOn: document?.issuedOn ?? '' },
    pages: last?.pages.map((page) => ({ ...page, fresh: false })) ?? [],
    report: last?.report
      ? { sha256: last.report.sha256, fileName: last.report.fileName, characters: last.report.characters,
          sources: last.report.sources.map((one) => ({ ...one, publishedOn: one.publishedOn ?? '' })) }
      : null,
    pictures: last?.pictures.map((one) => ({
      sha256: one.sha256, fileName: one.fileName, kind: one.kind, caption: one.caption, place: one.place, takenOn: one.takenOn ?? '',
      shrink: one.shrink, useId: one.useId, fresh: false,
    })) ?? [],
    templateVersion: templateVersion || (last?.templateVersion ?? ''),
    figures: last?.figures.map((one) => ({ ...one })) ?? [],
    seal: { department: last?.seal?.department ?? '', sealedOn: last?.seal?.sealedOn ?? '' },
    note: '',
    enteredNote: '',
  }
}

/** A picture that was just chosen. What cannot pass as it is, is marked to be made to fit. */
export function newPicture(file: { name: string; size: number; type: string }, sha256: string): DraftPicture {
  return {
    sha256, fileName: file.name.slice(-200), kind: 'scene', caption: '', place: '', takenOn: '', shrink: !fits(file), useId: null, fresh: true,
  }
}

/** A photo of an inspection or a repair, with what is known of it. Its date is Shanghai's. */
export function takenOver(one: Candidate): DraftPicture {
  return {
    sha256: one.sha256, fileName: `${one.sha256.slice(0, 12)}.jpg`, kind: 'scene', caption: '', place: one.site,
    takenOn: one.takenAt ? shanghaiDate(one.takenAt) : '', shrink: true, useId: one.useId, fresh: false,
  }
}

/** Whether a file passes as it is, as far as its name, type and size tell. */
export const fits = (file: { name: string; size: number; type: string }) =>
  /\.jpe?g$/i.test(file.name) && (file.type === 'image/jpeg' || file.type === '') && file.size <= LARGEST_PICTURE

function documentOf(draft: Draft): EditionBody['document'] {
  const { title, issuer, number, issuedOn } = draft.document
  return title.trim() && issuer.trim() ? { title: title.trim(), issuer: issuer.trim(), number: number.trim(), issuedOn: issuedOn || null } : null
}

function reportOf(draft: Draft): EditionBody['report'] {
  if (!draft.report) return null
  const said = draft.report.sources.filter((one) => one.statement.trim() && one.source.trim())
  return {
    sha256: draft.report.sha256,
    fileName: draft.report.fileName,
    sources: said.map((one) => ({ kind: one.kind, statement: one.statement.trim(), source: one.source.trim(), publishedOn: one.publishedOn || null })),
  }
}

const pagesOf = (draft: Draft) => draft.pages.map(({ sha256, fileName, tag }) => ({ sha256, fileName, tag }))

/** What is sent: only the parts that belong to the format. */
export function bodyOf(draft: Draft, format: Format): EditionBody {
  const words = { note: draft.note.trim(), enteredNote: draft.enteredNote.trim(), templateVersion: '' }
  if (format === 'GFWJ') return { ...words, document: documentOf(draft), pages: pagesOf(draft), report: reportOf(draft) }
  if (format === 'SMBG') return { ...words, report: reportOf(draft) }
  if (format === 'SJTP') {
    const pictures = draft.pictures.map((one) => ({
      sha256: one.sha256, fileName: one.fileName, kind: one.kind, caption: one.caption.trim(), place: one.place.trim(),
      takenOn: one.takenOn || null, shrink: one.shrink, useId: one.useId,
    }))
    return { ...words, pictures }
  }
  const { department, sealedOn } = draft.seal
  return {
    ...words,
    pages: pagesOf(draft),
    templateVersion: draft.templateVersion.trim(),
    figures: draft.figures.filter((one) => one.label.trim() && one.value.trim()),
    seal: department.trim() && sealedOn ? { department: department.trim(), sealedOn } : null,
  }
}
