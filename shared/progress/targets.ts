/** Which targets concern a unit, and which of them is the main one. */
import type { Baseline, Target } from '../domain/programme.ts'
import type { Units } from '../domain/units.ts'
import type { Day } from './day.ts'
import type { PaceStatus } from './pace.ts'

/** A target and the unit whose part of it is looked at: the given one, or the target's own when that is below. */
export interface Stake {
  target: Target
  unit: string
}

/** Targets that the unit has a part in, or that lie within it; in order of their due days. */
export function targetsOf(baseline: Baseline, units: Units, unit: string): Stake[] {
  const stakes: Stake[] = []
  for (const target of baseline.targets) {
    if (units.within(unit, target.unit)) stakes.push({ target, unit })
    else if (units.within(target.unit, unit)) stakes.push({ target, unit: target.unit })
  }
  return stakes.sort((a, b) => (a.target.due < b.target.due ? -1 : a.target.due > b.target.due ? 1 : 0))
}

/**
 * The main one of the targets in order of their due days: the wanted one, else the next due that is not reached, else
 * the one due last.
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
