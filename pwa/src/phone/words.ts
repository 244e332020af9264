import type { Text } from '@/api/types'
import { locale } from '@/i18n'

/** A checklist's name where its site stands beside it: without what all of them are called. */
export function shortName(name: Text | null | undefined): string {
  return words(name).replace(/月度检查表$/, '')
}

/** A heading and what follows it in brackets, which is set smaller. */
export function splitNote(text: string): { head: string; note: string } {
  const at = text.search(/（|\s\(/)
  return at > 0 ? { head: text.slice(0, at), note: text.slice(at).trim() } : { head: text, note: '' }
}

/** A text of the data in the screen's language, Chinese where there is no other. */
export function words(text: Text | null | undefined): string {
  if (!text) return ''
  return text[locale.value] ?? text['zh-CN']
}
