const MB = 1024 * 1024

/** A size as people read it on a phone: whole megabytes, gigabytes with one decimal. */
export function sizeText(bytes: number): string {
  return bytes < 1024 * MB ? `${Math.ceil(bytes / MB)} MB` : `${(bytes / MB / 1024).toFixed(1)} GB`
}
