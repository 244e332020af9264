import { t } from '@/i18n'
import { shanghaiDate } from '@/ui/time'

/** How long ago, in the coarsest unit that says something: "12 分钟前". */
export function ageText(at: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(at)) / 60_000)
  if (minutes < 1) return t('age.now')
  if (minutes < 60) return t('age.minutes', { n: minutes })
  if (minutes < 60 * 24) return t('age.hours', { n: Math.floor(minutes / 60) })
  return t('age.days', { n: Math.floor(minutes / (60 * 24)) })
}

/** Metres as a person says them: "85 米", "1.3 公里". */
export function metresText(metres: number): string {
  if (metres < 1000) return t('distance.metres', { n: Math.round(metres) })
  return t('distance.kilometres', { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) })
}

/** A distance to the site in words, with what the circle says about it. */
export function distanceText(metres: number | null, radiusM: number | null): string {
  if (metres === null) return t('distance.none')
  const far = metresText(metres)
  if (radiusM === null) return t('distance.plain', { far })
  if (metres <= radiusM) return t('distance.within', { far, radius: metresText(radiusM) })
  return t('distance.outside', { far, beyond: metresText(metres - radiusM) })
}

/** The time between two clocks: "相差 3 分钟", with the direction. */
export function gapText(fromAt: string, toAt: string): string {
  const seconds = Math.round((Date.parse(toAt) - Date.parse(fromAt)) / 1000)
  const size = Math.abs(seconds)
  const key = seconds >= 0 ? 'later' : 'earlier'
  if (size < 60) return t(`gap.${key}.seconds`, { n: size })
  if (size < 3600) return t(`gap.${key}.minutes`, { n: Math.round(size / 60) })
  if (size < 86_400) return t(`gap.${key}.hours`, { n: Math.round(size / 3600) })
  return t(`gap.${key}.days`, { n: Math.round(size / 86_400) })
}

/** An instant in Shanghai, to the second: "2026-11-24 09:12:03". */
export function instantText(at: string): string {
  return `${shanghaiDate(at)} ${new Date(Date.parse(at) + 8 * 3600_000).toISOString().slice(11, 19)}`
}

/** How a deadline stands, in working days as the server counted them. */
export function daysLeftText(daysLeft: number | null, overdue: boolean): string {
  if (daysLeft === null) return ''
  if (overdue) return t('due.over', { n: Math.abs(daysLeft) })
  return daysLeft === 0 ? t('due.today') : t('due.left', { n: daysLeft })
}

/** Why a photo is not there: the server's code for a refusal in words, a waiver as it was written. */
export function reasonText(photo: { state: string; reason: string | null }): string {
  if (!photo.reason) return ''
  const text = photo.state === 'refused' ? t(`refused.${photo.reason}`) : photo.reason
  return text.startsWith('refused.') ? photo.reason : text
}

/** An answer as it reads on paper. */
export function answerText(value: unknown): string {
  if (value === true) return t('answer.yes')
  if (value === false) return t('answer.no')
  if (value === 'na') return t('answer.na')
  if (value === null || value === undefined || value === '') return t('answer.none')
  return String(value)
}
