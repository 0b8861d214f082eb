/** What a report does to its target: total, place on the path, what is still needed a day, rank. Pure. */
import type { Baseline, Target } from '../../../shared/domain/programme.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { PaceRow } from '../../../shared/view/rows.ts'

/**
 * The target that a sheet is measured by: the first that the unit has a part of and that is still to come, else the last
 * that it had. A mean per day has no total to add to.
 */
export function mainTarget(baseline: Baseline, today: Day, has: (target: Target) => boolean): Target | undefined {
  const targets = baseline.targets.filter((t) => t.measure !== 'rate' && has(t))
  return targets.find((t) => t.due >= today) ?? targets.at(-1)
}

/** A figure without the day's report, and with it. */
export interface Move<T = number> {
  before: T
  after: T
}

export interface Effect {
  /** permits so far, as reported (approved or not) */
  total: Move
  /** percentage points from the path at the end of the reference day; unrounded */
  points: Move
  /** permits per working day still needed; null when reached, or when no working day is left */
  required: Move<number | null>
  /** share of the threshold, 0…1 and beyond */
  share: Move
  /** something is reported, be it zero */
  changed: boolean
}

type Standing = Pick<PaceRow, 'makeup' | 'threshold' | 'expected' | 'daysLeft'>

/** As reported: everything that is in, whatever its state; estimates of what is missing are not. */
export const reported = ({ makeup }: Pick<PaceRow, 'makeup'>): number => makeup.a + makeup.w + makeup.d + makeup.r

/** `stored` is in the standing already, `value` is what the sheet shows, null = blank; the path does not move with them. */
export function effectOf(pace: Standing, stored: number | null, value: number | null): Effect {
  const without = reported(pace) - (stored ?? 0)
  const total = { before: without, after: without + (value ?? 0) }
  const of = <T>(f: (n: number) => T): Move<T> => ({ before: f(total.before), after: f(total.after) })
  return {
    total,
    points: of((n) => (pace.threshold === 0 ? 0 : ((n - pace.expected) / pace.threshold) * 100)),
    required: of((n) => (n >= pace.threshold || pace.daysLeft === 0 ? null : (pace.threshold - n) / pace.daysLeft)),
    share: of((n) => (pace.threshold === 0 ? 0 : n / pace.threshold)),
    changed: value !== null,
  }
}

/**
 * Rank by share of the threshold among all (1 = first), without and with the unit's own report;
 * the others stand with theirs. Equal shares have equal ranks.
 */
export function rankOf(effects: ReadonlyMap<string, Effect>, unit: string): Move | null {
  const own = effects.get(unit)
  if (own === undefined) return null
  const rank = (share: number) => {
    let above = 0
    for (const [code, e] of effects) if (code !== unit && e.share.after > share) above++
    return above + 1
  }
  return { before: rank(own.share.before), after: rank(own.share.after) }
}
