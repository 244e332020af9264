import type { Draft, Kind } from './fields'
import type { Shown } from './wire'

/** Which entry a part of the page asks to be opened: one that is there, or a new one that begins with some answers. */
export type Opening = { kind: Kind; entry: Shown | null; start: Draft; figures: string[]; title: string; working?: string }
