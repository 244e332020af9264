/** Whether this machine can hand a picture with words to another program. */
export function mayShareFiles(): boolean {
  const probe = new File([''], 'xungai.jpg', { type: 'image/jpeg' })
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [probe] })
}

/** Hand words and picture to another program; false where the person thought better of it. */
export async function share(text: string, picture: string): Promise<boolean> {
  try {
    if (!picture) await navigator.share({ text })
    else {
      const answer = await fetch(picture, { credentials: 'same-origin' })
      if (!answer.ok) return false
      const files = [new File([await answer.blob()], 'xungai.jpg', { type: 'image/jpeg' })]
      await navigator.share({ text, files })
    }
    return true
  } catch {
    return false
  }
}
