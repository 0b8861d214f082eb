/** Exact fractions: what is compared with a threshold is compared here, and divided once, where it is shown. */

/** `n ÷ d`, not necessarily in lowest terms; `d` is positive. */
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

/** The decimal that was written: 0.55 is 55/100, and not the binary number next to it. Of a finite number. */
export function decimal(x: number): Fraction {
  if (Number.isSafeInteger(x)) return { n: BigInt(x), d: 1n }
  // the shortest text that reads back as the number
  const [digits, power] = x.toExponential().split('e') as [string, string]
  const [first, rest = ''] = digits.split('.') as [string, string?]
  const exponent = Number(power) - rest.length
  const n = BigInt(first + rest)
  return exponent >= 0 ? { n: n * 10n ** BigInt(exponent), d: 1n } : { n, d: 10n ** BigInt(-exponent) }
}

export const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })

export const product = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })

/** `a ÷ b`, of a positive `b`. */
export const quotient = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d, d: a.d * b.n })

/** Negative where `a` is less, positive where it is more, 0 where they are equal. */
export function compare(a: Fraction, b: Fraction): number {
  const [left, right] = [a.n * b.d, b.n * a.d]
  return left < right ? -1 : left > right ? 1 : 0
}

/** The least whole number that is not below it. */
export function ceiling({ n, d }: Fraction): bigint {
  const whole = n / d
  return n > whole * d ? whole + 1n : whole
}

/** Bits of a quotient: more than a number holds, so that the last of them can say that something follows. */
const BITS = 66
/** the largest whole number below which all are exact */
const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** The number that is nearest to it. */
export function numberOf({ n, d }: Fraction): number {
  const size = n < 0n ? -n : n
  // one division of two exact numbers is rounded once
  if (size <= SAFE && d <= SAFE) return Number(n) / Number(d)
  const shift = Math.max(0, BITS - (bitsOf(size) - bitsOf(d)))
  const scaled = size << BigInt(shift)
  const whole = scaled / d
  const found = Number(whole * d === scaled ? whole : whole | 1n) / 2 ** shift
  return n < 0n ? -found : found
}

/** about how many bits it has, at most three too many */
const bitsOf = (n: bigint): number => n.toString(16).length * 4
