/** Is a value far outside those of the unit's own latest days of the same kind? (R45) */
import { median } from '../progress/usual.ts'
import type { DayValue, OutlierEvidence } from './question.ts'

/** How many days are compared with, and how few are too few. */
export const OUTLIER_DAYS = 15
const LEAST_DAYS = 8
/** How far beyond the range of those days a value may lie: days that are slow happen more often than days that are twice as good. */
const ABOVE = 1.8
const BELOW = 2.1
/** Added to both sides before they are compared, so that small figures may differ by more. */
const OFFSET = 30

/**
 * `past`: values of the latest comparable days, oldest first. `wide`: how much of its usual work the unit's neighbours
 * did that day, 1 = as much as ever; it only widens the range. It is asked for only where it matters. `low`: is a low value
 * a question? While its day is open it is merely early.
 */
export function outlier(
  value: number,
  past: readonly DayValue[],
  low: boolean,
  wide: () => number,
): OutlierEvidence | null {
  if (past.length < LEAST_DAYS) return null
  const values = past.map((p) => p.value)
  const centre = median(values)
  if (value < centre && !low) return null
  const range = (by: number) => ({
    low: Math.max(0, Math.ceil(((Math.min(...values) + OFFSET) / BELOW) * Math.min(1, by) - OFFSET)),
    high: Math.floor((Math.max(...values) + OFFSET) * ABOVE * Math.max(1, by) - OFFSET),
  })
  const isIn = ({ low, high }: { low: number; high: number }) => value >= low && value <= high
  if (isIn(range(1))) return null
  return isIn(range(wide())) ? null : { past, median: centre, value }
}

/** How few units, itself included, say nothing of a day. */
const NEIGHBOURS = 6

/** How much of its usual work was done that day: the median over neighbours of value ÷ usual; 1 where too few say so. */
export function dayFactor(neighbours: readonly { value: number; usual: number }[]): number {
  const shares = neighbours.filter(({ usual }) => usual > 0).map(({ value, usual }) => value / usual)
  return shares.length < NEIGHBOURS ? 1 : median(shares)
}
