import type { InspectionRow, PhotoRef } from '../wire'

export type PhotoCounts = InspectionRow['photos']
export type PhotoSum = { key: 'none' | 'complete' | 'missing' | 'refused' | 'waived'; n: number }

/** What became of the photos an inspection named, as its sheet counts them. */
export function countPhotos(photos: Pick<PhotoRef, 'state'>[]): PhotoCounts {
  const counts = { received: 0, missing: 0, refused: 0, waived: 0 }
  for (const { state } of photos) counts[state] += 1
  return counts
}

/**
 * The words for them: "已到齐" only where every photo has arrived. One that was refused or waived never will, and one
 * that is missing still may: each is said for itself.
 */
export function photoSums(counts: PhotoCounts): PhotoSum[] {
  const open = (['missing', 'refused', 'waived'] as const).filter((key) => counts[key] > 0).map((key) => ({ key, n: counts[key] }))
  if (open.length) return open
  return [counts.received ? { key: 'complete', n: counts.received } : { key: 'none', n: 0 }]
}
