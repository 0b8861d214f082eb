/** What is given of a day, by counter, and the periods that it stands for. */
import type { World } from '../../shared/domain/world.ts'
import { type Day, dayOf } from '../../shared/progress/day.ts'

/** Has the reporting unit given the counter for a day (its number)? */
const isGiven = ({ cells }: World, leaf: string, day: number, counter: number): boolean =>
  cells.value(leaf, day, counter) !== null || cells.approved(leaf, day, counter) !== null

/** Counters (indices) that a unit, or every reporting unit below it, leaves blank on a day (its number). */
export function blankOn(world: World, unit: string, day: number): number[] {
  const { programme, units } = world.setting!
  const leaves = units.leaves(unit)
  return programme.counters.flatMap((_, counter) =>
    leaves.some((leaf) => isGiven(world, leaf, day, counter)) ? [] : [counter],
  )
}

/**
 * By counter the first day of the period that a unit's figures of a day (its number) stand for; null where that is the
 * day alone, nothing is given, or the reporting units below that give it differ. Null altogether where no counter has one.
 */
export function spansOn(world: World, unit: string, day: number): (Day | null)[] | null {
  const { programme, units, rhythm } = world.setting!
  const leaves = units.leaves(unit)

  function spanOf(counter: number): Day | null {
    let from = day
    for (const leaf of leaves) {
      if (!isGiven(world, leaf, day, counter)) continue
      const start = rhythm.spanFrom(leaf, counter, day)
      if (start === day || (from !== day && start !== from)) return null
      from = start
    }
    return from === day ? null : dayOf(from)
  }

  const spans = programme.counters.map((_, counter) => spanOf(counter))
  return spans.every((from) => from === null) ? null : spans
}
