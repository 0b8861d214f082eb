/** Pace: how a figure compares with the path of a target (A1–A9). Compared exactly, and divided once. */
import type { Target } from '../domain/programme.ts'
import type { Workdays } from './calendar.ts'
import { addDays, type Day } from './day.ts'
import { compare, decimal, type Fraction, minus, numberOf, product, quotient } from './exact.ts'
import type { Path } from './path.ts'

/** `aboveBase`: a coverage holds more than there can be, which is a question and no success */
export type PaceStatus =
  'notStarted' | 'reached' | 'reachedLate' | 'ahead' | 'behind' | 'farBehind' | 'missed' | 'aboveBase'

export interface Pace {
  /** approved so far, in the target's quantity (permits; permits a day for a rate) */
  value: number
  /** the part of `value` for days through the reference day, which is compared with the path */
  counted: number
  /** the unit's part of the threshold, in the same quantity */
  threshold: number
  /** `value ÷ threshold × 100`, unrounded */
  percent: number
  /** `counted ÷ threshold × 100`, unrounded */
  countedPercent: number
  /** expected by the end of the reference day */
  expected: number
  /** percentage points of the threshold: + ahead, − behind; unrounded */
  points: number
  /** working days: + ahead, − behind */
  days: number
  /** permits per working day needed to reach the threshold on the due day; null when reached, when no working day is left, and for a rate */
  required: number | null
  /** working days after the reference day, the due day included */
  daysLeft: number
  status: PaceStatus
  /** far behind, or missed by as much: points at or below the programme's limit */
  isFar: boolean
}

export interface PaceInput {
  /** whole permits: the total, or for a rate the sum of the days that it is the mean of */
  value: number
  /** the part of `value` for days through the reference day */
  counted: number
  /** number of days that both are the sum of a mean over; 1 for a total */
  per?: number
  threshold: number
  /** of a coverage the unit's base, where there cannot be more than that */
  base?: number | undefined
  /** the day at whose end the figure is compared; null before the first */
  reference: Day | null
  /** first day at whose end the approved total met the threshold */
  reachedOn: Day | null
  /** the programme's limit in points */
  severe: number
}

const HUNDRED = decimal(100)

/** Where a unit stands. Figures are whole numbers; thresholds, bases and limits the decimals that were written. */
export function paceOf(
  target: Pick<Target, 'due' | 'measure'>,
  path: Path,
  calendar: Workdays,
  input: PaceInput,
): Pace {
  const { reference, reachedOn } = input
  const eve = addDays(path.from, -1)
  const day = reference === null || reference < eve ? eve : reference
  const threshold = decimal(input.threshold)
  const mean = (sum: number): Fraction => quotient(decimal(sum), decimal(input.per ?? 1))
  const [value, counted] = [mean(input.value), mean(input.counted)]
  const percent = (x: Fraction): Fraction => (threshold.n === 0n ? threshold : quotient(product(x, HUNDRED), threshold))
  const points = percent(minus(counted, path.exactlyAt(day)))
  const severe = compare(points, decimal(input.severe)) <= 0
  const daysLeft = calendar.count(addDays(day, 1), target.due)
  const isReached = compare(value, threshold) >= 0
  const { base } = input
  const isAboveBase = base !== undefined && compare(value, decimal(base)) > 0
  const status = statusOf()
  return {
    value: numberOf(value),
    counted: numberOf(counted),
    threshold: input.threshold,
    percent: numberOf(percent(value)),
    countedPercent: numberOf(percent(counted)),
    expected: path.at(day),
    points: numberOf(points),
    days: path.daysAhead(numberOf(counted), day),
    required:
      isReached || daysLeft === 0 || target.measure === 'rate'
        ? null
        : numberOf(quotient(minus(threshold, counted), decimal(daysLeft))),
    daysLeft,
    status,
    isFar: status === 'farBehind' || (status === 'missed' && severe),
  }

  function statusOf(): PaceStatus {
    if (isAboveBase) return 'aboveBase'
    if (isReached) return reachedOn !== null && reachedOn > target.due ? 'reachedLate' : 'reached'
    if (day >= target.due) return 'missed'
    if (reference === null || reference < path.from) return 'notStarted'
    if (points.n >= 0n) return 'ahead'
    return severe ? 'farBehind' : 'behind'
  }
}
