/** The first day at whose end the figures approved now meet a target's threshold. */
import { allocate, type Allocation, ceilOf } from '../../shared/progress/allocate.ts'
import { dayNumber, dayOf } from '../../shared/progress/day.ts'
import { type BestWeek, type PlanSetting, RATE_DAYS } from '../../shared/progress/standing.ts'

/** A target of a baseline, as far as reaching it depends on the programme. */
export interface Goal {
  baseline: string
  target: string
  /** index of the target's counter */
  counter: number
  isRate: boolean
  /** number of the path's first day: before it nothing counts as reached */
  from: number
  /** number of the day on which it is due */
  due: number
  /** what each unit needs: permits, or permits a day */
  allocation: Allocation
}

/** Goals of all baselines, in the order of the programme; one added later comes last. */
export const goalsOf = ({ programme, units }: PlanSetting): readonly Goal[] =>
  programme.baselines.flatMap((baseline) =>
    baseline.targets.map((target) => ({
      baseline: baseline.key,
      target: target.key,
      counter: programme.counters.findIndex((c) => c.key === target.counter),
      isRate: target.measure === 'rate',
      from: dayNumber(target.path.from),
      due: dayNumber(target.due),
      allocation: allocate(programme, units, target, baseline.inForceFrom),
    })),
  )

/** No day. */
export const NEVER = 0

/** What a unit has been approved for, by day. */
export interface Given {
  /** of all days together, and of that what was counted before them; absent = nothing */
  total: number
  before?: number
  /** numbers of the first and the last day with anything; first after last where there is none */
  first: number
  last: number
  on(day: number): number
}

/** Where a unit begins, without a figure: what was counted before the first day is reached with the path's first (A15). */
export function reachedWithout(goal: Goal, unit: string, before: number): number {
  const threshold = goal.allocation.threshold(unit)
  return threshold === undefined
    ? NEVER
    : firstReached(goal, threshold, { total: before, before, first: 0, last: -1, on: () => 0 })
}

/** Number of the first day reached, which may be ahead while the path has not begun; `NEVER` when it is not. */
export function firstReached(goal: Goal, threshold: number, given: Given): number {
  if (threshold <= 0) return goal.from
  if (!goal.isRate) return firstTotal(goal, threshold, given)
  return given.first > given.last ? NEVER : firstMean(goal, threshold, given)
}

function firstTotal({ from }: Goal, threshold: number, { total, before = 0, first, last, on }: Given): number {
  // figures are never negative: what all days together do not meet, no day does
  if (total < threshold) return NEVER
  let sum = before
  if (sum >= threshold) return from
  for (let day = first; day <= last; day++) if ((sum += on(day)) >= threshold) return Math.max(day, from)
  return from
}

function firstMean({ from }: Goal, threshold: number, given: Given): number {
  // a mean is compared by its sum: sevenths cannot be added up exactly
  const wanted = ceilOf(threshold, RATE_DAYS)
  for (const { day, sum } of weeks(given, Math.max(from, given.first), Math.max(given.last, from)))
    if (sum >= wanted) return day
  return NEVER
}

/** What is approved in the seven days that end with each day. */
function* weeks({ on }: Given, begin: number, end: number): Generator<{ day: number; sum: number }> {
  let sum = 0
  for (let day = begin - RATE_DAYS + 1; day < begin; day++) sum += on(day)
  for (let day = begin; day <= end; day++) {
    sum += on(day)
    yield { day, sum }
    sum -= on(day - RATE_DAYS + 1)
  }
}

/** Of a rate the best seven days that end in the time of its path, by `through` (a day's number), the first of equals. */
export function bestWeek({ from, due }: Goal, given: Given, through: number): BestWeek | null {
  let best: { day: number; sum: number } | null = null
  const end = Math.min(due, through, given.last + RATE_DAYS - 1)
  for (const week of weeks(given, Math.max(from, given.first), end)) if (week.sum > (best?.sum ?? 0)) best = week
  return best && { sum: best.sum, on: dayOf(best.day) }
}

/**
 * Can a change of what is approved on `day` move the first day reached from where it was? Spares the search in the
 * ordinary case, a report far from any threshold.
 */
export function mayMove(goal: Goal, threshold: number, was: number, total: number, day: number): boolean {
  if (!goal.isRate) return was === NEVER ? total >= threshold : day <= was
  return was === NEVER || day <= was
}
