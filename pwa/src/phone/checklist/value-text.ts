import type { Item, Value } from '@/api/types'
import { t } from '@/i18n'
import { words } from '../words'

/** An answer in words: 是, 3 种, 2026-10-12, 无法确认. */
export function valueText(item: Item, value: Value | undefined): string {
  if (value === true) return t('answer.yes')
  if (value === false) return t('answer.no')
  if (value === null || value === undefined || value === '') return '—'
  const option = item.options.find((one) => one.value === value)
  if (option) return words(option.label)
  if (value === 'na') return t('answer.na')
  return typeof value === 'number' && item.unit ? `${value} ${words(item.unit)}` : String(value)
}
