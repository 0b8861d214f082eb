/** Which targets concern a unit, and which of them is the main one. */
import type { Baseline, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import type { Day } from './day.ts'
import type { PaceStatus } from './pace.ts'

/** A target that concerns a unit: seen from that unit, or from the target's own unit when that lies below it. */
export interface Stake {
  target: Target
  unit: string
}

/** The targets of which the unit has a part, and those of units below it, in order of their due days. */
export function targetsOf(baseline: Baseline, units: Units, unit: string): Stake[] {
  const stakes: Stake[] = []
  for (const target of baseline.targets) {
    if (units.within(unit, target.unit)) stakes.push({ target, unit })
    else if (units.within(target.unit, unit)) stakes.push({ target, unit: target.unit })
  }
  return stakes.sort((a, b) => (a.target.due < b.target.due ? -1 : a.target.due > b.target.due ? 1 : 0))
}

/**
 * The main target. `stakes` are in order of due days; it is the `wanted` one (a key), else the next due that is not
 * reached, else the last.
 */
export function mainTarget<T extends { target: Target; standing: { status: PaceStatus | null } }>(
  stakes: readonly T[],
  today: Day | null,
  wanted?: string,
): T | undefined {
  const chosen = stakes.find((s) => s.target.key === wanted)
  if (chosen !== undefined) return chosen
  const open = stakes.find(
    ({ target, standing: { status } }) =>
      status !== 'reached' && status !== 'reachedLate' && (today === null || target.due >= today),
  )
  return open ?? stakes.at(-1)
}

/** Of the targets of which the unit has a part, the next that is due, else the last, whatever has been reached; undefined without any. */
export function nextDue(baseline: Baseline, units: Units, unit: string, today: Day | null): Target | undefined {
  const own = targetsOf(baseline, units, unit).filter((s) => s.unit === unit)
  return (own.find(({ target }) => today === null || target.due >= today) ?? own.at(-1))?.target
}
