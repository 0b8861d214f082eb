/** The days that units are held against their paths at (A13), kept as long as the due day stays. */
import type { World } from '../../shared/domain/world.ts'
import { type Day, dayNumber } from '../../shared/progress/day.ts'
import { referenceOf } from '../../shared/progress/standing.ts'

/** By unit; of one due day. */
export interface References {
  due: Day | null
  byUnit: Map<string, readonly (number | null)[]>
}

export const noReferences = (): References => ({ due: null, byUnit: new Map() })

/** By counter the number of the unit's reference day; null before the first. */
export function referencesOf(
  references: References,
  { setting }: World,
  unit: string,
  due: Day | null,
): readonly (number | null)[] {
  if (references.due !== due) {
    references.due = due
    references.byUnit.clear()
  }
  let days = references.byUnit.get(unit)
  if (days === undefined) {
    days = setting!.programme.counters.map((_, counter) => {
      const day = referenceOf({ setting: setting!, counter }, unit, due)
      return day === null ? null : dayNumber(day)
    })
    references.byUnit.set(unit, days)
  }
  return days
}
