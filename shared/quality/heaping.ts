/** Do last digits of 0 and 5 heap? (R47) */
import type { DayValue, HeapingEvidence } from './question.ts'

/** How many figures are looked at, and how few are too few. */
export const HEAPING_FIGURES = 30
const LEAST_FIGURES = 15
/** Smaller figures have no last digit that could be rounded. */
export const LEAST_HEAPED = 10
/** The share of all figures that end in 0 or 5. */
const SHARE = 0.2
/** Heaping is asked about where chance would bring as much of it so rarely. */
const CHANCE = 1 / 1_000_000

/** `values`: the unit's latest values of the counter of at least `LEAST_HEAPED`, oldest first; the last is the one asked about. */
export function heaping(values: readonly DayValue[]): HeapingEvidence | null {
  if (values.length < LEAST_FIGURES) return null
  const digits = new Array<number>(10).fill(0)
  for (const { value } of values) digits[value % 10]!++
  const found = digits[0]! + digits[5]!
  if (atLeast(found, values.length) > CHANCE) return null
  return { digits, of: values.length, found, expected: values.length * SHARE, from: values[0]!.day }
}

/** The chance that at least `k` of `n` figures end in 0 or 5. */
function atLeast(k: number, n: number): number {
  let term = (1 - SHARE) ** n
  let below = 0
  for (let i = 0; i < k; i++) {
    below += term
    term *= ((n - i) / (i + 1)) * (SHARE / (1 - SHARE))
  }
  return 1 - below
}
