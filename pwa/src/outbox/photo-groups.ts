/** Photos of a draft hang on an item's code. Those of its repair, taken while the inspector is there, on this. */
export const afterOf = (code: string): string => `${code}/after`

/** The code of the item that a photo belongs to, be it of the fault or of its repair. */
export const itemOf = (item: string): string => item.replace(/\/after$/, '')

/** Where the signature of the site's person hangs. */
export const SIGNATURE = '/signature'

/** A photo of the fault, the overview or the door: not of a repair, and no signature. */
export const isOfItem = (item: string): boolean => !item.includes('/')
