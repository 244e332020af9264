import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Content = Schemas['Document']
export type Picture = Schemas['Picture']
export type Annex = Schemas['Annex']

/** How a document stands on paper: a letter with its double rules, a file with its one rule, or the 呈批 sheet. */
export type PaperForm = 'letter' | 'file' | 'sheet'

export function formOf(kind: Content['kind']): PaperForm {
  if (kind === 'approval') return 'sheet'
  return kind === 'assignment' || kind === 'supervision' || kind === 'reply' ? 'letter' : 'file'
}

const AREA_MM = 156
const LARGEST_MM = 46 * (25.4 / 72)
const NARROWEST = 0.66

/**
 * Size in millimetres and horizontal scale of the issuer's name at the head (发文机关标志): as large as the type area
 * holds, condensed to two thirds at most. Full-width signs only, as these names have no others.
 */
export function mastheadSize(text: string): { mm: number; scale: number } {
  const signs = Math.max(1, [...text].length)
  const scale = Math.min(1, Math.max(NARROWEST, AREA_MM / (signs * LARGEST_MM)))
  return { mm: Math.min(LARGEST_MM, AREA_MM / (signs * scale)), scale }
}
