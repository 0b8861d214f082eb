/** Which targets concern a unit, and which of them is the main one. */
import type { Baseline, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import { type Day, dayNumber } from './day.ts'
import type { PaceStatus } from './pace.ts'

/** A target that concerns a unit: seen from that unit, or from the target's own unit when that lies below it. */
export interface Stake {
  target: Target
  unit: string
  /** whose target it is: the unit's own, one above of which it has a part, or one of a unit below */
  of: (typeof ORDER)[number]
}
const ORDER = ['own', 'above', 'below'] as const

/** The targets of which the unit has a part, and those of units below it, in their order (A18): the first concerns it most. */
export function targetsOf(baseline: Baseline, units: Units, unit: string): Stake[] {
  const stakes: Stake[] = []
  for (const target of baseline.targets) {
    if (target.unit === unit) stakes.push({ target, unit, of: 'own' })
    else if (units.within(unit, target.unit)) stakes.push({ target, unit, of: 'above' })
    else if (units.within(target.unit, unit)) stakes.push({ target, unit: target.unit, of: 'below' })
  }
  const isMain = ({ target }: Stake) => Number(target.key === baseline.main)
  const days = ({ target: { due } }: Stake) => dayNumber(due)
  return stakes.sort((a, b) => ORDER.indexOf(a.of) - ORDER.indexOf(b.of) || isMain(b) - isMain(a) || days(a) - days(b))
}

type Judged = Pick<Stake, 'target' | 'of'> & { standing: { status: PaceStatus | null } }

/** The target that heads a page (A18). `stakes` are in order; `main` is the baseline's, `wanted` what the reader asks for, both keys. */
export function mainTarget<T extends Judged>(
  stakes: readonly T[],
  today: Day | null,
  { main, wanted }: { main?: string | undefined; wanted?: string | undefined } = {},
): T | undefined {
  const chosen = stakes.find((s) => s.target.key === wanted)
  const [first] = stakes
  if (chosen !== undefined || first === undefined) return chosen
  if (first.target.key === main) return first
  const hasBegun = ({ target }: T) => today !== null && target.path.from <= today
  const isOpen = ({ target, standing: { status } }: T) =>
    status !== 'reached' && status !== 'reachedLate' && (today === null || target.due >= today)
  // what units below have to reach heads the page only while nothing of the unit's own has begun
  const its = stakes.filter((s) => s.of !== 'below')
  const heading = its.some(hasBegun) ? its : stakes
  return heading.find((s) => hasBegun(s) && isOpen(s)) ?? heading.find(isOpen) ?? lastDue(stakes)
}

/** Of the targets of which the unit has a part, the main one, else the next that is due, else the last, whatever has been reached; undefined without any. */
export function nextDue(baseline: Baseline, units: Units, unit: string, today: Day | null): Target | undefined {
  const its = targetsOf(baseline, units, unit).filter((s) => s.of !== 'below')
  if (its[0]?.target.key === baseline.main) return its[0]?.target
  return (its.find(({ target }) => today === null || target.due >= today) ?? lastDue(its))?.target
}

/**
 * The target by which a unit is ranked among its neighbours, on a page about `target`: its own of the same counter and kind while
 * that runs, else its part of `target` (A18).
 */
export function rankedBy(baseline: Baseline, target: Target, unit: string, today: Day | null): Target {
  const isAlike = (t: Target) => t.counter === target.counter && (t.measure === 'rate') === (target.measure === 'rate')
  const runs = (t: Target) => today !== null && t.path.from <= today && today <= t.due
  return baseline.targets.find((t) => t.unit === unit && isAlike(t) && runs(t)) ?? target
}

/** The last due of those that concern the unit most. */
function lastDue<T extends Pick<Stake, 'target' | 'of'>>(stakes: readonly T[]): T | undefined {
  return stakes
    .filter((s) => s.of === stakes[0]!.of)
    .toSorted((a, b) => dayNumber(a.target.due) - dayNumber(b.target.due))
    .at(-1)
}
