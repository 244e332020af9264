import { t } from '@/i18n'

/** Why a target did not take a message, in words; what is not known is a fault of the line. */
export function faultText(code: string): string {
  const key = `targets.fault.${code}`
  const text = t(key)
  return text === key ? t('targets.fault.other') : text
}
