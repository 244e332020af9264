/** Which items are asked at this site with these answers, and which are due again. Twin of `conditions.py`. */
import type { Item, Rule } from '@/api/types'
import { periodOf } from './dates'
import { compare, fractionOf } from './fractions'
import { type Answers, knowsRule } from './passRules'

const KNOWN_TYPES = new Set(['yn', 'ynNa', 'one', 'num', 'date', 'text', 'photo', 'auto'])
type Test = { op: string; item: string; value: unknown }
export type Asked = Pick<Item, 'code' | 'appliesTo' | 'when'>

/** Whether the item uses a type, rule or condition that came after this app. */
export function needsNewerApp(item: Pick<Item, 'type' | 'pass' | 'when'>): boolean {
  return !KNOWN_TYPES.has(item.type) || !knowsRule(item.pass) || !knowsCondition(item.when)
}

export function applies(item: Pick<Item, 'appliesTo'>, siteKind: string): boolean {
  return item.appliesTo.length === 0 || item.appliesTo.includes(siteKind)
}

/**
 * The codes of the items that are shown, in their order. A condition that this app cannot read shows its item: the
 * server leaves out what it did not ask for.
 */
export function shownItems(items: readonly Asked[], siteKind: string, answers: Answers): Set<string> {
  const shown = new Set<string>()
  for (const item of items) {
    if (applies(item, siteKind) && holds(item.when, shown, answers)) shown.add(item.code)
  }
  return shown
}

/** Whether a condition is true, given the items shown so far and the answers. */
export function holds(when: Rule | null, shown: ReadonlySet<string>, answers: Answers): boolean {
  if (when === null || !knowsCondition(when)) return true
  const tests = when.of as Test[]
  const test = (each: Test) => testHolds(each, shown, answers)
  return when.op === 'all' ? tests.every(test) : tests.some(test)
}

/** Monthly items are always asked; the others when the calendar quarter or year has no answer yet. */
export function isDue(frequency: Item['frequency'], inspectedOn: string, lastAnsweredOn: string | undefined): boolean {
  if (frequency === 'month' || lastAnsweredOn === undefined) return true
  return periodOf(inspectedOn, frequency) !== periodOf(lastAnsweredOn, frequency)
}

function testHolds(test: Test, shown: ReadonlySet<string>, answers: Answers): boolean {
  const value = answers.get(test.item)?.value
  if (value === undefined || value === null || !shown.has(test.item)) return false
  if (test.op === 'equals') return value === test.value
  const [number, limit] = [fractionOf(value), fractionOf(test.value)]
  return number !== null && limit !== null && compare(number, limit) > 0
}

function knowsCondition(when: Rule | null): boolean {
  if (when === null) return true
  if (when.op !== 'all' && when.op !== 'any') return false
  return Array.isArray(when.of) && (when.of as Test[]).every((test) => test.op === 'equals' || test.op === 'above')
}
