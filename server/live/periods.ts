/** The periods that the figures of a day stand for. */
import type { World } from '../../shared/domain/world.ts'
import { type Day, dayOf } from '../../shared/progress/day.ts'

/**
 * By counter the first day of the period that a unit's figures of a day (its number) stand for; null where that is the
 * day alone, nothing is given, or the reporting units below that give it differ. Null altogether where no counter has one.
 */
export function spansOn({ cells, setting }: World, unit: string, day: number): (Day | null)[] | null {
  const { programme, units, rhythm } = setting!
  const leaves = units.leaves(unit)
  const isGiven = (leaf: string, counter: number) =>
    cells.value(leaf, day, counter) !== null || cells.approved(leaf, day, counter) !== null

  function spanOf(counter: number): Day | null {
    let from = day
    for (const leaf of leaves) {
      if (!isGiven(leaf, counter)) continue
      const start = rhythm.spanFrom(leaf, counter, day)
      if (start === day || (from !== day && start !== from)) return null
      from = start
    }
    return from === day ? null : dayOf(from)
  }

  const spans = programme.counters.map((_, counter) => spanOf(counter))
  return spans.every((from) => from === null) ? null : spans
}
