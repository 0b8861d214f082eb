/**
 * Events of offered re-attributions, for the histories of the reports that would take: in the log they are about the one
 * that would give. Plain data.
 */
import { aboutCell } from '../../shared/domain/folding.ts'
import { type Recorded, subjectOf } from '../../shared/event.ts'

/** By the subject of the report that would take. */
export type Offered = Map<string, Recorded[]>

/** The subject of the report that would take, where the event is an offer or ends one; else null. */
function takerOf(event: Recorded): string | null {
  const isOffer = event.type === 'ReattributionOffered' || event.type === 'ReattributionDeclined'
  return isOffer ? aboutCell.subject(event.data.to) : null
}

/** Everything that has the event in its history. */
export const subjectsOf = (event: Recorded): string[] =>
  [subjectOf(event), takerOf(event)].filter((subject) => subject !== null)

/** Takes in what was offered to a report, or is no more. */
export function takeOffer(offered: Offered, event: Recorded): void {
  const taker = takerOf(event)
  if (taker === null) return
  const events = offered.get(taker)
  if (events === undefined) offered.set(taker, [event])
  else events.push(event)
}
