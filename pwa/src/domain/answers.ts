/** Reads the answers as the server will, so that the phone can say at once what is wrong. Twin of `answers.py`. */
import type { Item, Value } from '@/api/types'
import { applies, holds, isDue } from './conditions'
import { isDate } from './dates'
import { compare, fractionOf, isWhole } from './fractions'
import { type Answers, type Circumstances, type Given, judge, type Verdict } from './passRules'

export const MAX_TEXT_LENGTH = 2000
export const MAX_NUMBER = 1_000_000_000

/** Why a value is not taken: the server's code and its parameters. */
export type Fault = { code: string; params: Record<string, string | number> }
/** The last answer at the site, with the Shanghai date of the inspection that gave it. */
export type Last = { value: unknown; on: string }
export type Reading = {
  /** Items that are asked or stand, in their order. */
  shown: Set<string>
  /** Items whose earlier answer stands, as they are not due again. */
  carried: Set<string>
  faults: Map<string, Fault>
  /** Items that must be answered before the inspection can be submitted. */
  missing: string[]
  verdicts: Map<string, Verdict>
}

/** Read all answers of one inspection; `last` are the site's earlier answers by item code. */
export function readAnswers(items: readonly Item[], given: Answers, last: Record<string, Last>, where: Circumstances): Reading {
  const reading: Reading = { shown: new Set(), carried: new Set(), faults: new Map(), missing: [], verdicts: new Map() }
  const counting = new Map<string, Given>()
  for (const item of items) {
    if (!applies(item, where.siteKind) || !holds(item.when, reading.shown, counting)) continue
    reading.shown.add(item.code)
    if (item.type !== 'auto') readItem(item, given.get(item.code), last[item.code], where.inspectedOn, reading, counting)
  }
  for (const item of items) {
    if (!reading.shown.has(item.code)) continue
    const on = reading.carried.has(item.code) ? last[item.code]?.on : undefined
    reading.verdicts.set(item.code, judge(item, counting, on === undefined ? where : { ...where, inspectedOn: on }))
  }
  return reading
}

/** The code of what keeps this value from being taken, or `null`. `counting` are the answers to earlier items. */
export function faultOf(item: Item, value: Value, counting: Answers, inspectedOn: string): Fault | null {
  const own = CHECKS[item.type]?.(item, value, inspectedOn) ?? null
  if (own !== null || item.pass.op !== 'ratio') return own
  const other = String(item.pass.whole)
  const [part, limit] = [fractionOf(value), fractionOf(counting.get(other)?.value)]
  return part !== null && limit !== null && compare(part, limit) > 0 ? fault('exceeds-other', { other }) : null
}

/** Whether an answer says anything: photos and texts do with `null`. */
export function isAnswered(item: Pick<Item, 'type'>, given: Given | undefined): boolean {
  if (given === undefined) return false
  return given.value !== null || item.type === 'photo' || item.type === 'text'
}

/** Whether a failing answer lacks what it needs: a photo or a reason; for a check on entry (weight 0) a reason. */
export function lacksProof(item: Item, verdict: Verdict, photoCount: number, note: string): boolean {
  if (verdict !== 'fail') return false
  const hasReason = note.trim() !== ''
  if (item.weight === 0) return !hasReason
  return item.photoOnFail && photoCount === 0 && !hasReason
}

function readItem(
  item: Item,
  given: Given | undefined,
  last: Last | undefined,
  inspectedOn: string,
  reading: Reading,
  counting: Map<string, Given>,
): void {
  if (given !== undefined && isAnswered(item, given)) {
    const found = faultOf(item, given.value, counting, inspectedOn)
    if (found === null) counting.set(item.code, given)
    else reading.faults.set(item.code, found)
  } else if (last !== undefined && !isDue(item.frequency, inspectedOn, last.on)) {
    reading.carried.add(item.code)
    counting.set(item.code, { value: last.value as Value, photoCount: 0 })
  } else if (item.required) {
    reading.missing.push(item.code)
  }
}

type Check = (item: Item, value: Value, inspectedOn: string) => Fault | null

const fault = (code: string, params: Fault['params'] = {}): Fault => ({ code, params })

function choice(item: Item, value: Value): Fault | null {
  return item.options.some((option) => option.value === value) ? null : fault('not-a-choice')
}

function number(item: Item, value: Value): Fault | null {
  const exact = fractionOf(value)
  const limit = item.max ?? MAX_NUMBER
  if (exact === null) return fault('not-a-number')
  if (exact[0] < 0n) return fault('negative-number')
  if (item.integer && !isWhole(exact)) return fault('not-whole')
  return compare(exact, [BigInt(limit), 1n]) > 0 ? fault('above-maximum', { limit }) : null
}

function date(item: Item, value: Value, inspectedOn: string): Fault | null {
  if (choice(item, value) === null) return null
  if (!isDate(value)) return fault('bad-date')
  return value > inspectedOn ? fault('date-after-inspection') : null
}

function text(_: Item, value: Value): Fault | null {
  if (value !== null && typeof value !== 'string') return fault('not-text')
  return value !== null && [...value].length > MAX_TEXT_LENGTH ? fault('too-long', { limit: MAX_TEXT_LENGTH }) : null
}

const yesNo = (value: Value) => (typeof value === 'boolean' ? null : fault('not-a-choice'))
const noValue: Check = (_, value) => (value === null ? null : fault('no-value-expected'))

const CHECKS: Record<string, Check> = {
  yn: (_, value) => yesNo(value),
  ynNa: (_, value) => (value === 'na' ? null : yesNo(value)),
  one: choice,
  num: number,
  date,
  text,
  photo: noValue,
  auto: noValue,
}
