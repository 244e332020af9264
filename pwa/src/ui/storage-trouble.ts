/** The text key for why something could not be written on this device. */
export function storageTrouble(errorName: string): string {
  return errorName === 'QuotaExceededError' ? 'storage.full' : 'storage.trouble'
}
