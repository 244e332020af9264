/** Exact numbers: a decimal is taken as it is written, never as a binary fraction. */

/** Numerator and a positive denominator. */
export type Fraction = readonly [bigint, bigint]

/** The number that was written, or `null` where the value is none. */
export function fractionOf(value: unknown): Fraction | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [units = '0', decimals = ''] = mantissa.split('.')
  const places = decimals.length - Number(exponent)
  const digits = BigInt(units + decimals)
  return places >= 0 ? [digits, 10n ** BigInt(places)] : [digits * 10n ** BigInt(-places), 1n]
}

export function compare([a, b]: Fraction, [c, d]: Fraction): number {
  const difference = a * d - c * b
  return difference > 0n ? 1 : difference < 0n ? -1 : 0
}

/** A fraction times a whole number. */
export function scaled([a, b]: Fraction, by: number): Fraction {
  return [a * BigInt(by), b]
}

export function isWhole([a, b]: Fraction): boolean {
  return a % b === 0n
}
