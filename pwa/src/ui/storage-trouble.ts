const WORDS: Record<string, string> = { QuotaExceededError: 'storage.full', TooLarge: 'storage.tooLarge' }

/** The text key for why something could not be written on this device. */
export function storageTrouble(errorName: string): string {
  return WORDS[errorName] ?? 'storage.trouble'
}
