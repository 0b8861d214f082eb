/** Which version of the targets is in force. Free of schemas, so that pages can import it without loading the validation library. */
import type { Day } from '../progress/day.ts'
import type { Baseline, Programme } from './programme.ts'

/** The baseline in force on a day; before the first one's day, the first. */
export function baselineOn(programme: Programme, day: Day | null): Baseline {
  const begun = programme.baselines.filter((b) => day !== null && b.inForceFrom <= day)
  return begun.at(-1) ?? programme.baselines[0]!
}
