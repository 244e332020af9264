import type { PhotoCase, PhotoRef, PhotoUse, Shot } from '../wire'

/** What this photo proves here, with its flags and what was decided about them. */
export function useOf(photoCase: PhotoCase | null, photo: PhotoRef | null): PhotoUse | null {
  return photoCase?.uses.find((one) => one.id === photo?.useId) ?? null
}

/** The shot that this use of a photo stands on. */
export function shotOf(photoCase: PhotoCase | null, photo: PhotoRef | null): Shot | null {
  const use = useOf(photoCase, photo)
  return photoCase?.shots.find((shot) => shot.id === use?.shotId) ?? null
}

/** Where else the same bytes were used, the newest first. */
export function otherUses(photoCase: PhotoCase | null, photo: PhotoRef | null): PhotoUse[] {
  if (!photoCase || !photo) return []
  return photoCase.uses.filter((use) => use.id !== photo.useId).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

const EARTH_M = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** The ring of a circle in WGS-84 degrees: 64 corners, closed, for distances of a few kilometres. */
export function ring(lat: number, lon: number, radiusM: number): [number, number][] {
  const high = (radiusM / EARTH_M) * (180 / Math.PI)
  const wide = high / Math.cos(radians(lat))
  return Array.from({ length: 65 }, (_, corner) => {
    const angle = (corner % 64) * (Math.PI / 32)
    return [lon + wide * Math.cos(angle), lat + high * Math.sin(angle)] as [number, number]
  })
}

/** The box [west, south, east, north] that holds all the points. */
export function boxOf(points: readonly [number, number][]): [number, number, number, number] {
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

/** The codes of flags of photos, as the filter offers them: the graver first. */
export const FLAG_CODES = [
  'edited-copy', 'copy-of-before', 'reused', 'near-duplicate', 'outside-site', 'impossible-travel', 'frozen-fix', 'zero-accuracy',
  'time-gap', 'in-the-future', 'clock-behind', 'clock-ahead', 'exif-place-disagrees', 'exif-time-disagrees', 'edited-software',
  'from-gallery', 'no-position', 'weak-fix', 'exif-damaged',
] as const

type Size = { width: number; height: number }

/** Where a picture lies within a stage that shows all of it. */
export function contained(picture: Size, stage: Size): Size {
  if (!picture.width || !picture.height) return { width: 0, height: 0 }
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height)
  return { width: picture.width * scale, height: picture.height * scale }
}
