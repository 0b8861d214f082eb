/** What the history of the clock comes to. Pure. */
import type { Programme } from '../../../shared/domain/programme.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import type { ClockRow, VersionRow } from '../../../shared/view/rows.ts'

/** A day that began, or the end, and can be taken back. */
export interface ClockStep {
  kind: 'began' | 'ended'
  day: Day
}

/** Those that stand, the latest first. */
export function stepsOf(versions: readonly VersionRow[]): ClockStep[] {
  const steps: ClockStep[] = []
  for (const { type, day } of inOrder(versions)) {
    if (day === undefined) continue
    if (type === 'DayTakenBack')
      steps.splice(
        Math.max(
          0,
          steps.findIndex((step) => step.day === day),
        ),
      )
    if (type === 'ProgrammeEnded') steps.push({ kind: 'ended', day })
    if (type !== 'DayBegan') continue
    // a day that is set after the end undoes it
    if (steps.at(-1)?.kind === 'ended') steps.pop()
    steps.push({ kind: 'began', day })
  }
  return steps.reverse()
}

/** The day that is offered to the office to begin; null where there is none to set (C17). ISO days compare as text. */
export function settable(
  { today, over, doubted }: Pick<ClockRow, 'today' | 'over' | 'doubted'>,
  { startsOn, endsOn }: Pick<Programme, 'startsOn' | 'endsOn'>,
): Day | null {
  const next = today === null ? startsOn : addDays(today, 1)
  if (over !== undefined) return next <= endsOn ? next : null
  if (doubted === undefined) return null
  // one that is past already cannot begin, and one past the end only ends the programme
  return (doubted >= next && doubted <= endsOn) || next > endsOn ? doubted : next
}

/** In the order in which they happened. */
export const inOrder = (versions: readonly VersionRow[]): VersionRow[] => versions.toSorted((a, b) => a.seq - b.seq)
