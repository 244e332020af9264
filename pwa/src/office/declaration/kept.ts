import { me } from '../state/session'
import type { Draft } from './draft'

/** What was filled in and not handed in yet, and the number of the version that it began from. */
export type Kept = { base: number; draft: Draft }

const placeOf = (material: string) => `xungai.declaration:${me.value?.id ?? ''}:${material}`

/** What this person left unsent of a material in this tab; closing the sheet by mistake loses nothing. */
export function kept(material: string): Kept | null {
  try {
    return JSON.parse(sessionStorage.getItem(placeOf(material)) ?? 'null') as Kept | null
  } catch {
    return null
  }
}

export function keep(material: string, what: Kept): void {
  try {
    sessionStorage.setItem(placeOf(material), JSON.stringify(what))
  } catch {
    // A browser that keeps nothing still hands in.
  }
}

export const forget = (material: string) => sessionStorage.removeItem(placeOf(material))
