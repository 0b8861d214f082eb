/** Where a unit stands against a target: a pure function of its counted figures, the calendar and the programme. */
import type { Baseline, Programme, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import { allocate, type Allocation } from './allocate.ts'
import { type Breakdown, type CounterBreakdown, counterOf, type Counts, over, plus } from './breakdown.ts'
import type { Workdays } from './calendar.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { type Pace, paceOf, type PaceStatus } from './pace.ts'
import { courseOf, type Path, pathOf } from './path.ts'
import { isPeriodic, type Rhythms } from './rhythm.ts'

/** Number of days that a rate is the mean of (A9). */
export const RATE_DAYS = 7

/** The part of a setting that standings depend on. */
export interface PlanSetting {
  programme: Programme
  units: Units
  calendar: Workdays
  rhythm: Rhythms
}

/** One target of a baseline with everything needed for any unit's standing. */
export interface Plan {
  setting: PlanSetting
  baseline: Baseline
  target: Target
  /** index of the target's counter */
  counter: number
  allocation: Allocation
  /** the unit's own path; undefined when it has no part of the target. Computed once for each unit */
  path(unit: string): Path | undefined
}

/** Shares the target out and caches the paths; keep the result as long as the programme stays the same. */
export function planOf(setting: PlanSetting, baseline: Baseline, target: Target): Plan {
  const { programme, units, calendar } = setting
  const allocation = allocate(programme, units, target, baseline.inForceFrom)
  const course = courseOf(target, calendar)
  const paths = new Map<string, Path | undefined>()
  return {
    setting,
    baseline,
    target,
    counter: programme.counters.findIndex((c) => c.key === target.counter),
    allocation,
    path(unit) {
      if (paths.has(unit)) return paths.get(unit)
      const threshold = allocation.threshold(unit)
      const path =
        threshold === undefined ? undefined : pathOf(target, allocation.start(unit), threshold, calendar, course)
      paths.set(unit, path)
      return path
    },
  }
}

/** All plans of a programme. */
export interface Plans {
  /** by the keys of the baseline and of its target; undefined when the programme has no such target */
  get(baseline: string, target: string): Plan | undefined
}

/** Makes each plan when it is first asked for. */
export function plansOf(setting: PlanSetting): Plans {
  const made = new Map<string, Plan>()
  return {
    get(baselineKey, targetKey) {
      const id = `${baselineKey}/${targetKey}`
      const known = made.get(id)
      if (known !== undefined) return known
      const baseline = setting.programme.baselines.find((b) => b.key === baselineKey)
      const target = baseline?.targets.find((t) => t.key === targetKey)
      if (baseline === undefined || target === undefined) return undefined
      const plan = planOf(setting, baseline, target)
      made.set(id, plan)
      return plan
    },
  }
}

/** A unit's totals, by part. */
export interface StandingSums {
  /** all days */
  total: Breakdown
  /** today alone */
  today: Breakdown
}

/** The event that took back the first day reached (A12). */
export interface TakenBack {
  seq: number
  unit: string
  day: Day
  /** type of the event */
  type: string
  /** the first day reached before the event */
  was: Day
}

/** When a target was first reached, by the figures approved now (A15). */
export interface Reached {
  baseline: string
  target: string
  on: Day | null
  /** set while a day reached earlier no longer is (A12) */
  takenBack: TakenBack | null
}

/** The best seven days of a rate. */
export interface BestWeek {
  /** approved in them */
  sum: number
  /** the last of them */
  on: Day
}

/** A rate beside the current week (A16). */
export interface RateWeeks {
  baseline: string
  target: string
  /** the seven days that end with the target's due day; null until it is past */
  due: Breakdown | null
  /** the best that end in the time of the path; null while nothing is approved in any */
  best: BestWeek | null
}

/** The part of a unit's figures that changes only with the clock or with a change to a day that is due. */
export interface StandingClosed {
  /** approved through the counter's reference day (A13); 0 before the first */
  counted: Counts
  /** the seven days ending with the due day; null when no target is a rate */
  week: Breakdown | null
  /** of the rates of which the unit has a part; absent where there are none */
  rates?: readonly RateWeeks[]
  /** the days after the counter's reference day and before today; absent when they hold nothing */
  sinceReference?: Breakdown
  reached: readonly Reached[]
}

/** The state of the log's clock that a standing depends on. */
export interface StandingClock {
  today: Day | null
  /** the due day (C4) */
  due: Day | null
}

/** A unit's standing against a target. All amounts are in the target's quantity: permits, or permits per day for a rate. */
export interface Standing extends Omit<Pace, 'status'> {
  unit: string
  /** key of the baseline */
  baseline: string
  /** key of the target */
  target: string
  breakdown: CounterBreakdown
  /** value on the eve of the path; `start` and `threshold` determine the path */
  start: number
  /** the day at whose end the unit is compared with its path; see `referenceOf` */
  reference: Day | null
  /** null once the unit has ended */
  status: PaceStatus | null
  /** first day at whose end the figures approved now meet the threshold; null = none */
  reachedOn: Day | null
  /** set while a day reached earlier no longer is */
  takenBack: TakenBack | null
  /** of a rate its best week, as a mean per day, and the last day of that week; null for other targets and before there is one */
  best: { mean: number; on: Day } | null
  /** last day of a unit that has ended by today, of a sum that of the last reporting unit below it; null while it lives */
  ended: Day | null
}

/**
 * The reference day (A1, A13), at whose end a unit is compared with its path. It is the due day; for a counter reported
 * less often than daily it is the last day through the due day for which a report was expected, so that nobody falls
 * behind between two reports. Null before that. A sum has the reference day of the reporting units below it that live on
 * the due day, provided those that have one agree; where they differ, or none lives, it is the due day.
 */
export function referenceOf(plan: Pick<Plan, 'setting' | 'counter'>, unit: string, due: Day | null): Day | null {
  const { units } = plan.setting
  if (due === null || units.isLeaf(unit)) return ownReference(plan, unit, due)
  const living = units.leaves(unit).filter((leaf) => units.startsOn(leaf) <= due && !units.ended(leaf, due))
  if (living.length === 0) return due
  const found = new Set(living.map((leaf) => ownReference(plan, leaf, due)))
  found.delete(null)
  return found.size > 1 ? due : ([...found][0] ?? null)
}

function ownReference(
  { setting, counter }: Pick<Plan, 'setting' | 'counter'>,
  leaf: string,
  due: Day | null,
): Day | null {
  const { rhythm, programme } = setting
  if (due === null || !isPeriodic(rhythm.of(leaf, counter))) return due
  for (let n = dayNumber(due), first = dayNumber(programme.startsOn); n >= first; n--)
    if (rhythm.expects(leaf, counter, n)) return dayOf(n)
  return null
}

/**
 * Null when the unit has no part of the target (A14). The headline (`value`, `percent`, `breakdown`) includes everything
 * approved now; the comparison with the path (`counted`, `points`, `days`, `required`) ends with the reference day.
 */
export function standingOf(
  plan: Plan,
  unit: string,
  sums: Pick<StandingSums, 'total'>,
  closed: StandingClosed,
  clock: StandingClock,
): Standing | null {
  const { target, counter } = plan
  if (target.measure === 'rate') return rateOf(plan, unit, closed, clock)
  return measured(plan, unit, counterOf(sums.total, counter), closed.counted[counter] ?? 0, closed, clock)
}

/**
 * The standing as of one moment, the end of the reference day, with headline, breakdown and status of that moment too.
 * Rankings use it, so that reporting early today gains nothing (A10).
 */
export function standingAtDue(
  plan: Plan,
  unit: string,
  sums: StandingSums,
  closed: StandingClosed,
  clock: StandingClock,
): Standing | null {
  const { target, counter } = plan
  if (target.measure === 'rate') return rateOf(plan, unit, closed, clock)
  const reference = referenceOf(plan, unit, clock.due)
  const isTodayLater = clock.today !== null && (reference === null || reference < clock.today)
  const later = [isTodayLater ? sums.today : undefined, closed.sinceReference].filter((days) => days !== undefined)
  const total = later.reduce((sum, days) => plus(sum, counterOf(days, counter), -1), counterOf(sums.total, counter))
  const counted = closed.counted[counter] ?? 0
  return measured(plan, unit, { ...total, approved: counted }, counted, closed, clock)
}

/** A rate is that of the current week, and from the target's due day on for ever that of the week that ends with it (A9). */
function rateOf(plan: Plan, unit: string, closed: StandingClosed, clock: StandingClock): Standing | null {
  const { target, baseline, counter } = plan
  const isPast = clock.due !== null && clock.due > target.due
  const weeks = closed.rates?.find((r) => r.baseline === baseline.key && r.target === target.key)
  const week = counterOf((isPast ? weeks?.due : closed.week) ?? EMPTY, counter)
  const standing = measured(plan, unit, week, week.approved, closed, isPast ? { ...clock, due: target.due } : clock)
  const best = weeks?.best ?? null
  return standing && { ...standing, best: best && { mean: best.sum / RATE_DAYS, on: best.on } }
}

/** `sums` and `counted` are permits: those of the whole week for a rate. */
function measured(
  plan: Plan,
  unit: string,
  sums: CounterBreakdown,
  counted: number,
  closed: StandingClosed,
  clock: StandingClock,
): Standing | null {
  const { setting, target, baseline, allocation } = plan
  const threshold = allocation.threshold(unit)
  const path = plan.path(unit)
  if (threshold === undefined || path === undefined) return null
  const reached = closed.reached.find((r) => r.baseline === baseline.key && r.target === target.key)
  const reachedOn = reached?.on ?? null
  const reference = referenceOf(plan, unit, clock.due)
  const per = target.measure === 'rate' ? RATE_DAYS : 1
  const pace = paceOf(target, path, setting.calendar, {
    value: sums.approved,
    counted,
    per,
    threshold,
    // a target of more than all expects more than all
    base: target.measure === 'coverage' && target.threshold <= 1 ? allocation.base(unit) : undefined,
    reference,
    reachedOn,
    severe: setting.programme.pace.severe,
  })
  const last = setting.units.lastDay(unit)
  const ended = clock.today !== null && last !== null && last < clock.today ? last : null
  return {
    ...pace,
    unit,
    baseline: baseline.key,
    target: target.key,
    breakdown: over(sums, per),
    start: allocation.start(unit),
    reference,
    status: ended === null ? pace.status : null,
    reachedOn,
    takenBack: reached?.takenBack ?? null,
    best: null,
    ended,
  }
}

const NONE = { up: [], down: [] }
const EMPTY: Breakdown = { approved: [], waiting: NONE, disputed: NONE, returned: NONE, missing: [] }
