/**
 * Events that stand in another history than the one of what they are about: an offered re-attribution in that of the report
 * that would take, a day that was taken back in that of locking, where it opened days again. Plain data.
 */
import { aboutCell } from '../../shared/domain/folding.ts'
import { type Recorded, subjectOf } from '../../shared/event.ts'

/** By the subject of the other history. */
export type Elsewhere = Map<string, Recorded[]>

/** The subject of the other history; null = none. */
function otherSubject(event: Recorded): string | null {
  if (event.type === 'DayTakenBack') return event.data.through === undefined ? null : 'period'
  const isOffer = event.type === 'ReattributionOffered' || event.type === 'ReattributionDeclined'
  return isOffer ? aboutCell.subject(event.data.to) : null
}

/** Everything that has the event in its history. */
export const subjectsOf = (event: Recorded): string[] =>
  [subjectOf(event), otherSubject(event)].filter((subject) => subject !== null)

/** Takes in what stands elsewhere as well. */
export function takeElsewhere(elsewhere: Elsewhere, event: Recorded): void {
  const subject = otherSubject(event)
  if (subject === null) return
  const events = elsewhere.get(subject)
  if (events === undefined) elsewhere.set(subject, [event])
  else events.push(event)
}
