/** What is usual for a street: a robust centre and spread of its latest comparable days (R36). */

export interface Usual {
  median: number
  /** the range outside which a value raises a question (both ends inside) */
  low: number
  high: number
}

/** How many values are considered, and how few are too few to judge. */
export const USUAL_DAYS = 15
const USUAL_LEAST = 5

/** The middle value, or the mean of the two middle ones; NaN for an empty list. */
export function median(values: readonly number[]): number {
  const s = [...values].sort((a, b) => a - b)
  const m = s.length >> 1
  return s.length % 2 === 1 ? s[m]! : (s[m - 1]! + s[m]!) / 2
}

/** A value may always differ by 3/5 of the median, and by this many permits. */
const SLACK_SHARE = { n: 3, d: 5 }
const SLACK_LEAST = 20
/** 4 × 1.4826, in ten-thousandths: consistency of the MAD with the normal standard deviation */
const SPREAD = { n: 59_304, d: 10_000 }

/**
 * Median ± the larger of 4 scaled median absolute deviations and 60% of the median (at least 20 permits), exactly.
 * Returns null below `USUAL_LEAST` values.
 */
export function usualOf(values: readonly number[]): Usual | null {
  if (values.length < USUAL_LEAST) return null
  const centre = median(values)
  const spread = median(values.map((v) => Math.abs(v - centre)))
  // medians are halves, and of their distances again halves at most: all of this is whole, and below 2^53
  const unit = 4 * SPREAD.d
  const middle = centre * unit
  const slack = Math.max(
    4 * spread * SPREAD.n,
    (centre * 4 * SPREAD.d * SLACK_SHARE.n) / SLACK_SHARE.d,
    SLACK_LEAST * unit,
  )
  return {
    median: centre,
    low: Math.max(0, Math.ceil((middle - slack) / unit)),
    high: Math.floor((middle + slack) / unit),
  }
}

/**
 * True when `usualOf` cannot find the value unusual, wherever the median lies between the smallest and the largest of
 * the values. False proves nothing. Avoids sorting in the ordinary case.
 */
export function surelyUsual(values: readonly number[], value: number): boolean {
  let least = Infinity
  let largest = -Infinity
  for (const v of values) {
    if (v < least) least = v
    if (v > largest) largest = v
  }
  const { n, d } = SLACK_SHARE
  return (
    (value * d <= least * (d + n) || value <= least + SLACK_LEAST) &&
    (value * d >= largest * (d - n) || value >= largest - SLACK_LEAST)
  )
}
