import type { Photo } from '@/outbox/database'
import { shanghaiDate } from '@/ui/time'
import type { Edition, EditionBody, PictureKind } from './wire'

/** What is said of a picture. */
export type Words = { kind: PictureKind; caption: string; place: string; takenOn: string }
/** A picture of the next version: one of the version before, or a photo that this phone keeps. */
export type Shown = { key: string; photo: Photo | null; sha256: string; fileName: string; shrink: boolean; useId: string | null; words: Words }

const out = (key: string) => `out:${key}`

/**
 * What the next version will show: the pictures that were handed in last, whoever did so since, without those that were
 * taken out here, then the photos of this phone. `fields` are the words that are kept on it.
 */
export function shownOf(last: Edition | undefined, photos: readonly Photo[], fields: Record<string, string>): Shown[] {
  const handedIn = (last?.pictures ?? [])
    .filter((one) => fields[out(one.sha256)] !== 'yes')
    .map((one) => {
      const { kind, caption, place, takenOn, sha256, fileName, shrink, useId } = one
      return { key: sha256, photo: null, sha256, fileName, shrink, useId, words: wordsOf(fields[sha256], { kind, caption, place, takenOn: takenOn ?? '' }) }
    })
  const known = new Set(handedIn.map((one) => one.sha256))
  const own = photos.filter((photo) => !known.has(photo.sha256)).map((photo) => ({
    key: photo.id, photo, sha256: photo.sha256, fileName: photo.filename.slice(-200), shrink: true, useId: null,
    words: wordsOf(fields[photo.id], firstWords(photo)),
  }))
  return [...handedIn, ...own]
}

/** A picture of the camera is of its day; of one that was chosen nobody knows. */
const firstWords = (photo: Photo): Words => ({
  kind: 'scene', caption: '', place: '', takenOn: photo.source === 'camera' ? shanghaiDate(photo.takenAt) : '',
})

const wordsOf = (kept: string | undefined, first: Words): Words => (kept ? { ...first, ...(JSON.parse(kept) as Partial<Words>) } : first)

/** The field and the text under which a picture is taken out, or its words are kept. */
export const takenOut = (one: Shown): [string, string] => [out(one.key), 'yes']
export const written = (one: Shown, changes: Partial<Words>): [string, string] => [one.key, JSON.stringify({ ...one.words, ...changes })]

/** What is still to be said of a picture, as the server will ask for it before it accepts. */
export function unsaid(one: Shown): (keyof Words)[] {
  const { kind, caption, place, takenOn } = one.words
  return [
    ...(caption.trim() ? [] : ['caption' as const]),
    ...(kind !== 'scene' || place.trim() ? [] : ['place' as const]),
    ...(takenOn ? [] : ['takenOn' as const]),
  ]
}

/** The server makes every photo of a phone fit; the original stays. */
export const bodyOf = (shown: readonly Shown[], note: string): EditionBody => ({
  note: note.trim(),
  enteredNote: '',
  templateVersion: '',
  pictures: shown.map(({ sha256, fileName, shrink, useId, words }) => ({
    sha256, fileName, shrink, useId, kind: words.kind, caption: words.caption.trim(), place: words.place.trim(), takenOn: words.takenOn || null,
  })),
})
