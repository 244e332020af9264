/** The phone's own texts that its components need beside the editor, and what fields and rules are called. */
import { addCatalogue, restoreLocale, t, locale } from '@/i18n'
import phone from '@/i18n/phone.zh-CN.json'
import type { Document, Item, Rule, Words } from './wire'

const NEEDED = /^(answer|item|fill|pass|fault|fail|onSpot|guidance|unitType|photo\.(count|list|alt|drop))/
const some = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(([key]) => NEEDED.test(key)))

addCatalogue(some(phone), async () => some((await import('@/i18n/phone.en.json')).default))
// The English texts of what was added just now are fetched where English is shown.
void restoreLocale()

export const told = (text: Words | null | undefined): string => text?.[locale.value] ?? text?.['zh-CN'] ?? ''

/** A pass rule in words: 不少于 2, 答“是”, 每百人不少于 5. */
export function ruleText(rule: Rule, item: Item | undefined): string {
  const params = { n: Number(rule['n'] ?? 0), value: answerText(item, rule['value']), whole: String(rule['whole'] ?? ''), days: Number(rule['workingDays'] ?? 0), activity: String(rule['activity'] ?? '') }
  if (rule.op === 'ratio') return t('checklists.rule.ratio.said', { ...params, percent: percentOf(rule) })
  if (rule.op === 'byKind') {
    return Object.entries(rule['rules'] as Record<string, Rule>).map(([kind, own]) => `${t(`siteKind.${kind}`)}：${ruleText(own, item)}`).join('；')
  }
  return t(`checklists.rule.${rule.op}.said`, params)
}

export const percentOf = (rule: Rule) => Math.round((1000 * Number(rule['numerator'])) / Number(rule['denominator'])) / 10

/** An answer in words, as a condition or a rule names it. */
export function answerText(item: Item | undefined, value: unknown): string {
  if (value === true) return t('answer.yes')
  if (value === false) return t('answer.no')
  const option = item?.options.find((one) => one.value === value)
  return option ? told(option.label) : String(value ?? '')
}

/** A condition in words: 「YL-A03」大于 0 且 「KH-A05」为“是”. */
export function whenText(when: Rule | null, document: Document): string {
  if (!when) return t('checklists.when.always')
  const items = new Map(document.items.map((item) => [item.code, item]))
  const tests = (when['of'] as { op: string; item: string; value: unknown }[]).map((test) =>
    t(test.op === 'above' ? 'checklists.when.above' : 'checklists.when.is', { item: test.item, value: answerText(items.get(test.item), test.value) }),
  )
  return tests.join(when.op === 'all' ? t('checklists.when.and') : t('checklists.when.or'))
}

/** A field's value in words, for a list of differences. */
export function valueText(field: string, value: unknown, document: Document): string {
  if (value === null || value === '' || (Array.isArray(value) && !value.length)) return t('checklists.value.none')
  if (field === 'pass') return ruleText(value as Rule, undefined)
  if (field === 'when') return whenText(value as Rule, document)
  if (['label', 'hint', 'unit', 'name'].includes(field)) {
    const text = value as Words
    return text.en && text.en !== text['zh-CN'] ? `${text['zh-CN']} / ${text.en}` : text['zh-CN']
  }
  if (field === 'options') return (value as { label: Words }[]).map((option) => told(option.label)).join('、')
  if (field === 'sections') return (value as { label: Words }[]).map((section) => told(section.label)).join('、')
  if (field === 'appliesTo' || field === 'siteKinds') return (value as string[]).map((kind) => t(`siteKind.${kind}`)).join('、')
  if (typeof value === 'boolean') return t(value ? 'answer.yes' : 'answer.no')
  if (field === 'noAccess') {
    const found = value as Document['noAccess']
    return `${told(found.label)} · ${t(`severity.${found.severity}`)} · ${t('checklists.days', { n: found.workingDays })} · ${t(`unitType.${found.unitType}`)}`
  }
  const named: Record<string, string> = { severity: 'severity', closing: 'checklists.closing', frequency: 'checklists.frequency', type: 'checklists.type', unitType: 'unitType', subject: 'checklists.subject' }
  return named[field] ? t(`${named[field]}.${String(value)}`) : Array.isArray(value) ? value.join('、') : String(value)
}
