/** Where a unit stands against a target: a pure function of what was counted, the calendar and the programme. */
import type { Baseline, Programme, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import { allocate, type Allocation } from './allocate.ts'
import { type Breakdown, type CounterBreakdown, counterOf, type Counts, plus, times } from './breakdown.ts'
import type { Workdays } from './calendar.ts'
import { type Day, dayNumber, dayOf } from './day.ts'
import { type Pace, paceOf, type PaceStatus } from './pace.ts'
import { type Path, pathOf } from './path.ts'
import { isPeriodic, type Rhythms } from './rhythm.ts'

/** Days that a rate is the mean of. */
export const RATE_DAYS = 7

/** What is rolled out, as far as a standing depends on it. */
export interface PlanSetting {
  programme: Programme
  units: Units
  calendar: Workdays
  rhythm: Rhythms
}

/** One target of a baseline, ready for any unit. */
export interface Plan {
  setting: PlanSetting
  baseline: Baseline
  target: Target
  /** index of the target's counter */
  counter: number
  allocation: Allocation
  /** the unit's own path; undefined when it has no part of the target. Each is worked out once */
  path(unit: string): Path | undefined
}

/** Shares the target out and keeps the paths; worth keeping as long as the programme stays. */
export function planOf(setting: PlanSetting, baseline: Baseline, target: Target): Plan {
  const { programme, units, calendar } = setting
  const allocation = allocate(programme, units, target, baseline.inForceFrom)
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
      const path = threshold === undefined ? undefined : pathOf(target, allocation.start(unit), threshold, calendar)
      paths.set(unit, path)
      return path
    },
  }
}

/** All plans of a programme; each is made when it is first asked for. */
export interface Plans {
  /** by the keys of the baseline and of its target; undefined when the programme has no such target */
  get(baseline: string, target: string): Plan | undefined
}

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

/** All days together, by part. */
export interface StandingSums {
  total: Breakdown
  /** today alone */
  today: Breakdown
}

/** The event that took a reached day back. */
export interface TakenBack {
  seq: number
  unit: string
  day: Day
  /** type of the event */
  type: string
  /** the first day reached as it was before */
  was: Day
}

/** A target of a baseline and the first day at whose end the figures approved now meet its threshold. */
export interface Reached {
  baseline: string
  target: string
  on: Day | null
  /** why a day that was once reached no longer is; null while nothing was taken back */
  takenBack: TakenBack | null
}

/** What only changes with the clock or with a change of a day that must have been reported. */
export interface StandingClosed {
  /** approved of the days up to the due day */
  counted: Counts
  /** the seven days that end with the due day; null where no target is a rate */
  week: Breakdown | null
  /** the days after the due day and before today, where there are any with anything in them */
  sinceDue?: Breakdown
  reached: readonly Reached[]
}

/** The days of the log that a standing depends on. */
export interface StandingClock {
  today: Day | null
  /** the last day that must have been reported */
  due: Day | null
}

/** Where a unit stands against a target. All amounts in the target's quantity: permits, or permits a day for a rate. */
export interface Standing extends Omit<Pace, 'status'> {
  unit: string
  /** key of the baseline */
  baseline: string
  /** key of the target */
  target: string
  breakdown: CounterBreakdown
  /** given on the eve of the path; with `threshold` it gives the line */
  start: number
  /** the day that is held against the path, see `referenceOf` */
  reference: Day | null
  /** null once the unit has ended */
  status: PaceStatus | null
  /** first day at whose end the figures approved now meet the threshold */
  reachedOn: Day | null
  /** why a day once reached no longer is */
  takenBack: TakenBack | null
  /** last day of a unit that has ended by today */
  ended: Day | null
}

/**
 * The day at whose end a unit is held against its path: the due day, or of a counter that is reported rarer than daily
 * the last day up to it that a report was expected of, so that nobody falls behind between two reports. Null before it.
 * A sum has that of the reporting units below it that live on the due day, where all of them that have one yet have the
 * same; where they differ, or none lives, the due day.
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
 * Null when the unit has no part of the target. The headline (`value`, `percent`, `breakdown`) holds everything that is
 * approved now; what is held against the path (`counted`, `points`, `days`, `required`) ends with the reference day.
 */
export function standingOf(
  plan: Plan,
  unit: string,
  sums: Pick<StandingSums, 'total'>,
  closed: StandingClosed,
  clock: StandingClock,
): Standing | null {
  const { target, baseline, counter } = plan
  const breakdown = target.measure === 'rate' ? perDay(closed.week, counter) : counterOf(sums.total, counter)
  const counted = target.measure === 'rate' ? breakdown.approved : (closed.counted[counter] ?? 0)
  const mark = closed.reached.find((r) => r.baseline === baseline.key && r.target === target.key)
  return measured(plan, unit, breakdown, counted, mark, clock)
}

/**
 * The same of one moment, the end of the reference day: headline, breakdown and status too are of what was counted.
 * This is what units are ranked by, so that who reports first today gains nothing.
 */
export function standingAtDue(
  plan: Plan,
  unit: string,
  sums: StandingSums,
  closed: StandingClosed,
  clock: StandingClock,
): Standing | null {
  const { target, baseline, counter } = plan
  if (target.measure === 'rate') return standingOf(plan, unit, sums, closed, clock)
  const open = clock.today !== null && (clock.due === null || clock.due < clock.today)
  const later = [open ? sums.today : undefined, closed.sinceDue].filter((days) => days !== undefined)
  const total = later.reduce((sum, days) => plus(sum, counterOf(days, counter), -1), counterOf(sums.total, counter))
  const counted = closed.counted[counter] ?? 0
  const breakdown = { ...total, approved: counted }
  const mark = closed.reached.find((r) => r.baseline === baseline.key && r.target === target.key)
  return measured(plan, unit, breakdown, counted, mark, clock)
}

function measured(
  plan: Plan,
  unit: string,
  breakdown: CounterBreakdown,
  counted: number,
  mark: Reached | undefined,
  clock: StandingClock,
): Standing | null {
  const { setting, target, baseline, allocation } = plan
  const threshold = allocation.threshold(unit)
  const path = plan.path(unit)
  if (threshold === undefined || path === undefined) return null
  const reachedOn = mark?.on ?? null
  const reference = referenceOf(plan, unit, clock.due)
  const pace = paceOf(target, path, setting.calendar, {
    value: breakdown.approved,
    counted,
    threshold,
    reference,
    reachedOn,
    severe: setting.programme.pace.severe,
  })
  const ended = clock.today !== null && setting.units.ended(unit, clock.today) ? setting.units.endsOn(unit) : null
  return {
    ...pace,
    unit,
    baseline: baseline.key,
    target: target.key,
    breakdown,
    start: allocation.start(unit),
    reference,
    status: ended === null ? pace.status : null,
    reachedOn,
    takenBack: mark?.takenBack ?? null,
    ended,
  }
}

/** Mean per day of the seven days that end with the due day. */
const perDay = (week: Breakdown | null, counter: number): CounterBreakdown =>
  times(counterOf(week ?? EMPTY, counter), 1 / RATE_DAYS)

const NONE = { up: [], down: [] }
const EMPTY: Breakdown = { approved: [], waiting: NONE, disputed: NONE, returned: NONE, missing: [] }
