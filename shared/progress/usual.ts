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

/** A value may always differ by this share of the median, and by this many permits. */
const SLACK_SHARE = 0.6
const SLACK_LEAST = 20

/**
 * Median ± the larger of 4 scaled median absolute deviations and 60% of the median (at least 20 permits).
 * Source of the scale 1.4826: consistency of the MAD with the normal standard deviation.
 * Returns null below `USUAL_LEAST` values.
 */
export function usualOf(values: readonly number[]): Usual | null {
  if (values.length < USUAL_LEAST) return null
  const centre = median(values)
  const spread = median(values.map((v) => Math.abs(v - centre))) * 1.4826
  const slack = Math.max(4 * spread, SLACK_SHARE * centre, SLACK_LEAST)
  return { median: centre, low: Math.max(0, Math.ceil(centre - slack)), high: Math.floor(centre + slack) }
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
  return (
    value <= Math.max(least * (1 + SLACK_SHARE), least + SLACK_LEAST) &&
    value >= Math.min(largest * (1 - SLACK_SHARE), largest - SLACK_LEAST)
  )
}
