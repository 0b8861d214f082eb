/** What is usual for a street: robust centre and spread of its own latest comparable days. */

export interface Usual {
  median: number
  /** the range outside which a count is a question */
  low: number
  high: number
}

/** Days looked at, and fewest that make a history. */
export const USUAL_DAYS = 15
export const USUAL_LEAST = 5

export function median(values: readonly number[]): number {
  const s = [...values].sort((a, b) => a - b)
  const m = s.length >> 1
  return s.length % 2 === 1 ? s[m]! : (s[m - 1]! + s[m]!) / 2
}

/**
 * Median ± the larger of 4 scaled median absolute deviations and 60% of the median (at least 20 permits).
 * Source of the scale 1.4826: consistency of the MAD with the normal standard deviation.
 * Returns null below `USUAL_LEAST` values.
 */
export function usualOf(values: readonly number[]): Usual | null {
  if (values.length < USUAL_LEAST) return null
  const centre = median(values)
  const spread = median(values.map((v) => Math.abs(v - centre))) * 1.4826
  const slack = Math.max(4 * spread, 0.6 * centre, 20)
  return { median: centre, low: Math.max(0, Math.ceil(centre - slack)), high: Math.floor(centre + slack) }
}
