/**
 * The preview of a verdict, for a phone without a network. The server's interpreter decides
 * (`server/checklists/pass_rules.py`); both run `schemas/pass_vectors.json`. What this app cannot judge, because a fact
 * is missing, the rule is newer than the app, or the system decides it, is `unjudged`.
 */
import type { Item, Rule, Value } from '@/api/types'
import { daysBefore, isDate, monthsBefore } from './dates'
import { compare, type Fraction, fractionOf, scaled } from './fractions'

export type Verdict = 'pass' | 'fail' | 'na' | 'pending' | 'record' | 'unjudged'
export type Given = { value: Value; photoCount: number }
export type Answers = ReadonlyMap<string, Given>
/** `inspectedOn` is the Shanghai date of the inspection, `YYYY-MM-DD`. */
export type Circumstances = { siteKind: string; inspectedOn: string; facts: Record<string, unknown> }
export type Judged = Pick<Item, 'code' | 'pass'>

type Judge = (rule: Rule, given: Given, answers: Answers, where: Circumstances) => Verdict

/** The verdict on one shown item; `answers` are all that count, as some rules need two. */
export function judge(item: Judged, answers: Answers, where: Circumstances): Verdict {
  return judgeRule(item.pass, answers.get(item.code), answers, where)
}

/** Whether this app can read the rule. */
export function knowsRule(rule: Rule): boolean {
  if (rule.op === 'byKind') return Object.values(rule.rules as Record<string, Rule>).every(knowsRule)
  return JUDGES.has(rule.op) || NEEDS_NO_ANSWER.has(rule.op)
}

/** What a yearly n asks for by this date: months that ended before it count; all of n on 31 December. */
export function annualFloor(n: number, inspectedOn: string): number {
  const completed = inspectedOn.endsWith('-12-31') ? 12 : Number(inspectedOn.slice(5, 7)) - 1
  return Math.floor((n * completed) / 12)
}

function judgeRule(rule: Rule, given: Given | undefined, answers: Answers, where: Circumstances): Verdict {
  if (rule.op === 'record') return 'record'
  const own = JUDGES.get(rule.op)
  return own === undefined || given === undefined ? 'unjudged' : own(rule, given, answers, where)
}

const verdict = (passes: boolean): Verdict => (passes ? 'pass' : 'fail')

function atLeast(floor: number, value: Value): Verdict {
  const number = fractionOf(value)
  return number === null ? 'unjudged' : verdict(compare(number, whole(floor)) >= 0)
}

function equals(wanted: unknown, value: Value): Verdict {
  if (value === 'na') return 'na'
  return typeof value === typeof wanted ? verdict(value === wanted) : 'unjudged'
}

function notOlder(oldest: string, value: Value, inspectedOn: string): Verdict {
  if (value === 'unsure') return 'fail'
  if (value === 'na') return 'na'
  return isDate(value) && value <= inspectedOn ? verdict(value >= oldest) : 'unjudged'
}

function ratio(rule: Rule, answers: Answers): Verdict {
  const part = fractionOf(answers.get(String(rule.part))?.value)
  const all = fractionOf(answers.get(String(rule.whole))?.value)
  if (part === null || all === null || compare(part, all) > 0) return 'unjudged'
  if (compare(all, whole(0)) === 0) return 'na'
  return verdict(compare(scaled(part, Number(rule.denominator)), scaled(all, Number(rule.numerator))) >= 0)
}

function per100(rule: Rule, value: Value, facts: Record<string, unknown>): Verdict {
  const people = fractionOf(facts[String(rule.fact)])
  if (people === null || compare(people, whole(0)) <= 0) return 'record'
  const number = fractionOf(value)
  return number === null ? 'unjudged' : verdict(compare(scaled(number, 100), scaled(people, Number(rule.n))) >= 0)
}

const whole = (n: number): Fraction => [BigInt(n), 1n]
const n = (rule: Rule) => Number(rule.n)

const NEEDS_NO_ANSWER = new Set(['record', 'unitFiles', 'archived', 'lastClosed'])
const JUDGES = new Map<string, Judge>(Object.entries({
  equals: (rule, given) => equals(rule.value, given.value),
  atLeast: (rule, given) => atLeast(n(rule), given.value),
  annual: (rule, given, _, where) => atLeast(annualFloor(n(rule), where.inspectedOn), given.value),
  byKind: (rule, given, answers, where) => {
    const own = (rule.rules as Record<string, Rule>)[where.siteKind]
    return own === undefined ? 'unjudged' : judgeRule(own, given, answers, where)
  },
  ageDays: (rule, given, _, where) => notOlder(daysBefore(where.inspectedOn, n(rule)), given.value, where.inspectedOn),
  ageMonths: (rule, given, _, where) => notOlder(monthsBefore(where.inspectedOn, n(rule)), given.value, where.inspectedOn),
  ratio: (rule, _, answers) => ratio(rule, answers),
  per100: (rule, given, _, where) => per100(rule, given.value, where.facts),
  count: (rule, given) => verdict(given.photoCount >= n(rule)),
} satisfies Record<string, Judge>))
