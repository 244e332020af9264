import { officeAsk } from '../data/api'
import type { components } from '@/api/schema'

export type Rule = components['schemas']['RuleOut']
export type Value = Rule['value']

export const changeRules = (changes: Record<string, Value>, reason: string) =>
  officeAsk<Rule[]>('PATCH', '/api/rules', { body: { changes, reason } })

/** The settings in their groups, in the order in which the server gives them. */
export function grouped(rules: Rule[]): [string, Rule[]][] {
  const groups = new Map<string, Rule[]>()
  for (const rule of rules) groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule])
  return [...groups]
}

/** What a field holds as the value that the server takes; a number that is none stays as typed, to be refused. */
export function valueOf(rule: Rule, typed: string | boolean): Value {
  if (rule.kind !== 'number' || typeof typed === 'boolean') return typed
  const number = Number(typed)
  return typed.trim() !== '' && Number.isInteger(number) ? number : typed
}

/** The values that differ from what holds. */
export function changesOf(rules: Rule[], drafts: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(rules.filter((rule) => rule.name in drafts && drafts[rule.name] !== rule.value).map((rule) => [rule.name, drafts[rule.name]!]))
}
