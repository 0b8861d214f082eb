/** Pace: how a figure compares with the path of a target (A1–A9). */
import type { Target } from '../domain/programme.ts'
import type { Workdays } from './calendar.ts'
import { addDays, type Day } from './day.ts'
import type { Path } from './path.ts'

export type PaceStatus = 'notStarted' | 'reached' | 'reachedLate' | 'ahead' | 'behind' | 'farBehind' | 'missed'

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
}

/**
 * `reference` is the day at whose end the figure is compared; null before the first. `reachedOn` is the first day at
 * whose end the approved total met the threshold. `severe` is the programme's limit in points.
 */
export function paceOf(
  target: Pick<Target, 'due' | 'measure'>,
  path: Path,
  calendar: Workdays,
  input: {
    value: number
    counted: number
    threshold: number
    reference: Day | null
    reachedOn: Day | null
    severe: number
  },
): Pace {
  const { value, counted, threshold, reference, reachedOn, severe } = input
  const eve = addDays(path.from, -1)
  const day = reference === null || reference < eve ? eve : reference
  const expected = path.at(day)
  const share = (n: number) => (threshold === 0 ? 0 : (n / threshold) * 100)
  const points = share(counted - expected)
  const daysLeft = calendar.count(addDays(day, 1), target.due)
  const reached = value >= threshold
  return {
    value,
    counted,
    threshold,
    percent: share(value),
    countedPercent: share(counted),
    expected,
    points,
    days: path.daysAhead(counted, day),
    required: reached || daysLeft === 0 || target.measure === 'rate' ? null : (threshold - counted) / daysLeft,
    daysLeft,
    status: status(),
  }

  function status(): PaceStatus {
    if (reached) return reachedOn !== null && reachedOn > target.due ? 'reachedLate' : 'reached'
    if (day >= target.due) return 'missed'
    if (reference === null || reference < path.from) return 'notStarted'
    if (points >= 0) return 'ahead'
    return points <= severe ? 'farBehind' : 'behind'
  }
}
