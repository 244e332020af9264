import type { Item, Rule } from '@/api/types'
import { daysBefore, monthsBefore } from '@/domain/dates'
import { annualFloor } from '@/domain/passRules'

export type PassLine = { key: string; params: Record<string, string | number> }
type Where = { siteKind: string; inspectedOn: string; facts: Record<string, unknown> }

/** What an answer must reach to pass, as a text key with its numbers; null where there is nothing to say. */
export function passLine(rule: Rule, where: Where): PassLine | null {
  return LINES[rule.op]?.(rule, where) ?? null
}

const n = (rule: Rule) => Number(rule['n'])

const LINES: Record<string, (rule: Rule, where: Where) => PassLine | null> = {
  atLeast: (rule) => ({ key: 'pass.atLeast', params: { n: n(rule) } }),
  annual: (rule, where) => ({
    key: 'pass.annual',
    params: { n: n(rule), now: annualFloor(n(rule), where.inspectedOn) },
  }),
  byKind: (rule, where) => {
    const own = (rule['rules'] as Record<string, Rule>)[where.siteKind]
    return own ? passLine(own, where) : null
  },
  ageDays: (rule, where) => ({ key: 'pass.since', params: { on: daysBefore(where.inspectedOn, n(rule)) } }),
  ageMonths: (rule, where) => ({ key: 'pass.since', params: { on: monthsBefore(where.inspectedOn, n(rule)) } }),
  ratio: (rule) => ({
    key: 'pass.ratio',
    params: {
      percent: Math.round((100 * Number(rule['numerator'])) / Number(rule['denominator'])),
      item: String(rule['whole']),
    },
  }),
  per100: (rule, where) => {
    const people = Number(where.facts[String(rule['fact'])])
    return people > 0 ? { key: 'pass.atLeast', params: { n: Math.ceil((n(rule) * people) / 100) } } : null
  },
}

/** The pass line of an item; yes-or-no questions say it themselves. */
export function passLineOf(item: Item, where: Where): PassLine | null {
  return ['num', 'date'].includes(item.type) ? passLine(item.pass, where) : null
}
