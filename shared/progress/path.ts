/** The path (序时进度): a target's expected values over working days, with an optional ramp at the start (T10–T14). */
import type { Target } from '../domain/programme.ts'
import type { Workdays } from './calendar.ts'
import { type Day, dayNumber, dayOf } from './day.ts'

export interface Path {
  from: Day
  due: Day
  /** expected value at the end of a day; `start` before `from`, `threshold` from the due day on */
  at(day: Day): number
  /** share of the way from `start` to `threshold`, 0…1 */
  share(day: Day): number
  /** expected gain of the given day (0 on a day off) */
  stepOn(day: Day): number
  /**
   * Working days by which `value` is ahead (+) of the path at the end of `day`, or behind (−); fractional.
   * Beyond its ends the path continues with its first and last step. 0 on a path that never rises.
   */
  daysAhead(value: number, day: Day): number
}

/** `start` and `threshold` are the unit's own (see `allocate`), in the target's quantity. */
export function pathOf(
  target: Pick<Target, 'due' | 'path'>,
  start: number,
  threshold: number,
  calendar: Workdays,
): Path {
  const { from, ramp } = target.path
  const first = dayNumber(from)
  const last = dayNumber(target.due)
  // cumulated weights: sums[i] = weight of the days first … first + i
  const sums: number[] = []
  let sum = 0
  let worked = 0
  let lastWeight = 0
  for (let n = first; n <= last; n++) {
    if (calendar.isWork(dayOf(n))) {
      lastWeight = ramp.workdays === 0 ? 1 : Math.min(1, ramp.from + ((1 - ramp.from) * worked) / ramp.workdays)
      sum += lastWeight
      worked++
    }
    sums.push(sum)
  }
  const total = sum
  const rise = threshold - start
  const shareAt = (n: number) => (n < first ? 0 : n >= last || total === 0 ? 1 : sums[n - first]! / total)
  const valueAt = (n: number) => start + rise * shareAt(n)
  const firstStep = (rise * (sums.find((s) => s > 0) ?? 0)) / total
  const lastStep = (rise * lastWeight) / total
  return {
    from,
    due: target.due,
    at: (day) => valueAt(dayNumber(day)),
    share: (day) => shareAt(dayNumber(day)),
    stepOn: (day) => {
      const n = dayNumber(day)
      return n < first || n > last ? 0 : valueAt(n) - valueAt(n - 1)
    },
    daysAhead: (value, day) => {
      if (rise <= 0 || total === 0) return 0
      return position(value) - position(valueAt(dayNumber(day)))
    },
  }

  /** working days from the start of the path to the moment when it passes `value` */
  function position(value: number): number {
    if (value <= start) return (value - start) / firstStep
    if (value >= threshold) return worked + (value - threshold) / lastStep
    const wanted = ((value - start) / rise) * total
    let days = 0
    let before = 0
    for (const s of sums) {
      if (s === before) continue
      if (s >= wanted) return days + (wanted - before) / (s - before)
      before = s
      days++
    }
    return days
  }
}
