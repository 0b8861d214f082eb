/** What a report does to its target: total, place on the path, what is still needed a day, rank. Pure. */
import type { Breakdown } from '../../../shared/progress/breakdown.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type Plan, type Standing, standingOf } from '../../../shared/progress/standing.ts'
import { mainTarget, type Stake } from '../../../shared/progress/targets.ts'

/** A target of the sheet's own unit, with where the unit stands against it. */
export interface OwnTarget extends Stake {
  plan: Plan
  standing: Standing
}

/**
 * The target that a sheet is measured by: the main one of those that the unit has a part of. A mean per day has no total
 * to add to.
 */
export const targetOf = (stakes: readonly OwnTarget[], unit: string, today: Day | null): OwnTarget | undefined =>
  mainTarget(
    stakes.filter(({ target, unit: of }) => of === unit && target.measure !== 'rate'),
    today,
    { main: stakes[0]?.plan.baseline.main },
  )

/** A figure without the day's report, and with it. */
export interface Move<T = number> {
  before: T
  after: T
}

export interface Effect {
  /** permits up to and with the day, as reported (approved or not; a withdrawal that waits takes nothing away yet) */
  total: Move
  /** percentage points from the path at the end of the day; unrounded */
  points: Move
  /** permits per working day still needed after the day; null when reached, or when no working day is left */
  required: Move<number | null>
  /** share of the threshold in percent */
  percent: Move
  /** something is reported, be it zero */
  changed: boolean
}

/**
 * Everything is of one moment, the end of the sheet's day: `through` is what is reported up to and with it, of which
 * `stored` is the day's own and `value` takes its place (null = blank). Null for a unit without a part of the target.
 */
export function effectOf(
  plan: Plan,
  unit: string,
  day: Day,
  report: { through: number; stored: number | null; value: number | null },
): Effect | null {
  const without = report.through - (report.stored ?? 0)
  const before = standingWith(plan, unit, day, without)
  const after = standingWith(plan, unit, day, without + (report.value ?? 0))
  if (before === null || after === null) return null
  const of = <T>(f: (standing: Standing) => T): Move<T> => ({ before: f(before), after: f(after) })
  return {
    total: of((s) => s.counted),
    points: of((s) => s.points),
    required: of((s) => s.required),
    percent: of((s) => s.countedPercent),
    changed: report.value !== null,
  }
}

/** Where a unit would stand at the end of a day if all `counted` permits were approved. */
function standingWith(plan: Plan, unit: string, day: Day, counted: number): Standing | null {
  const counts = Array.from({ length: plan.counter + 1 }, (_, i) => (i === plan.counter ? counted : 0))
  const none = { up: [], down: [] }
  const total: Breakdown = { approved: counts, waiting: none, disputed: none, returned: none, missing: [] }
  return standingOf(plan, unit, { total }, { counted: counts, week: null, reached: [] }, { today: day, due: day })
}

/**
 * Rank by share of the threshold among all (1 = first), without and with the unit's own report;
 * the others stand with theirs. Equal shares have equal ranks; nothing yet has none.
 */
export function rankOf(effects: ReadonlyMap<string, Effect>, unit: string): Move<number | null> | null {
  const own = effects.get(unit)
  if (own === undefined) return null
  const rank = (percent: number) => {
    if (percent <= 0) return null
    let above = 0
    for (const [code, e] of effects) if (code !== unit && e.percent.after > percent) above++
    return above + 1
  }
  return { before: rank(own.percent.before), after: rank(own.percent.after) }
}
