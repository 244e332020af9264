import type { Text } from '@/api/types'
import { locale } from '@/i18n'

/** A text of the data in the screen's language, Chinese where there is no other. */
export function words(text: Text | null | undefined): string {
  if (!text) return ''
  return text[locale.value] ?? text['zh-CN']
}
