/** The path (序时进度): a target's expected values over working days, with an optional ramp at the start (T10–T14). */
import type { Target } from '../domain/programme.ts'
import type { Workdays } from './calendar.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { decimal, type Fraction, minus, numberOf } from './exact.ts'

export interface Path {
  from: Day
  due: Day
  /** expected value at the end of a day; `start` before `from`, `threshold` from the due day on */
  at(day: Day): number
  /** the same, exactly: what a figure is compared with */
  exactlyAt(day: Day): Fraction
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

/** What the paths of all units to a target have in common: how the weights of the working days add up. */
export interface Course {
  first: number
  last: number
  /** weight of the days `first` … `first + i`, in whole parts of a full day */
  sums: readonly bigint[]
  /** the same in full days */
  days: readonly number[]
  /** number of working days */
  worked: number
}

/** Weights are whole numbers: with a ramp from `f` over `n` days, multiples of a day's `n`th part of the decimals of `f`. */
export function courseOf(target: Pick<Target, 'due' | 'path'>, calendar: Workdays): Course {
  const { from, ramp } = target.path
  const [first, last] = [dayNumber(from), dayNumber(target.due)]
  const begin = decimal(ramp.from)
  const length = BigInt(ramp.workdays)
  const full = length === 0n ? 1n : begin.d * length
  const sums: bigint[] = []
  let sum = 0n
  let worked = 0
  for (let n = first; n <= last; n++) {
    if (calendar.isWork(dayOf(n))) {
      const grown = begin.n * length + (begin.d - begin.n) * BigInt(worked)
      sum += length === 0n || grown > full ? full : grown
      worked++
    }
    sums.push(sum)
  }
  return { first, last, sums, days: sums.map((n) => numberOf({ n, d: full })), worked }
}

/** `start` and `threshold` are the unit's own (see `allocate`), in the target's quantity. */
export function pathOf(
  target: Pick<Target, 'due' | 'path'>,
  start: number,
  threshold: number,
  calendar: Workdays,
  course: Course = courseOf(target, calendar),
): Path {
  const { first, last, sums, days, worked } = course
  const total = sums.at(-1) ?? 0n
  const [begin, end] = [decimal(start), decimal(threshold)]
  const rise = minus(end, begin)
  /** the part of the way that lies behind a weight of `w` */
  const gained = (w: bigint): Fraction => ({ n: rise.n * w, d: rise.d * total })
  const exactly = (n: number): Fraction => {
    if (n < first) return begin
    if (n >= last || total === 0n) return end
    const { n: gain, d } = gained(sums[n - first]!)
    return { n: begin.n * d + gain * begin.d, d: begin.d * d }
  }
  const valueAt = (n: number) => numberOf(exactly(n))
  const way = threshold - start
  const all = days.at(-1) ?? 0
  const lastWeight = all - (days.findLast((s) => s < all) ?? 0)
  const firstStep = (way * (days.find((s) => s > 0) ?? 0)) / all
  const lastStep = (way * lastWeight) / all
  return {
    from: target.path.from,
    due: target.due,
    at: (day) => valueAt(dayNumber(day)),
    exactlyAt: (day) => exactly(dayNumber(day)),
    share: (day) => {
      const n = dayNumber(day)
      if (n < first) return 0
      return n >= last || total === 0n ? 1 : numberOf({ n: sums[n - first]!, d: total })
    },
    stepOn: (day) => {
      const n = dayNumber(day)
      if (n < first || n > last) return 0
      if (total === 0n) return n === first ? way : 0
      return numberOf(gained(sums[n - first]! - (n === first ? 0n : sums[n - first - 1]!)))
    },
    daysAhead: (value, day) => {
      if (way <= 0 || total === 0n) return 0
      return position(value) - position(valueAt(dayNumber(day)))
    },
  }

  /** working days from the start of the path to the moment when it passes `value` */
  function position(value: number): number {
    if (value <= start) return (value - start) / firstStep
    if (value >= threshold) return worked + (value - threshold) / lastStep
    const wanted = ((value - start) / way) * all
    let passed = 0
    let before = 0
    for (const s of days) {
      if (s === before) continue
      if (s >= wanted) return passed + (wanted - before) / (s - before)
      before = s
      passed++
    }
    return passed
  }
}
