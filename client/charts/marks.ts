/** Legal questions as marks (§n) on a chart of one unit over some days. */
import type { Units } from '../../shared/domain/units.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { IssueRow } from '../../shared/view/rows.ts'

/** One mark: `n` is the issue's number in the log (its address too), `day` where the mark stands. */
export interface Mark {
  n: number
  day: Day
  title: string
  state: IssueRow['state']
}

/** True when a question on `place` also concerns the figures of `unit`: the same unit, one above it or one below it. */
export function samePlace(units: Units, place: string, unit: string): boolean {
  return units.within(place, unit) || units.within(unit, place)
}

/** Days that a question concerns, as far as they are known. */
export type IssueDays = Pick<IssueRow, 'from' | 'to' | 'closedOn'>

/** The last day it concerns: as logged, else the day on which it was closed; null while it goes on. */
export function lastDay({ from, to, closedOn }: IssueDays): Day | null {
  if (to !== null || closedOn === null) return to
  return closedOn < from ? from : closedOn
}

/** True when the question's days and `from`…`to` (both included) share a day. */
export function sameDays(issue: IssueDays, from: Day, to: Day): boolean {
  const last = lastDay(issue)
  return issue.from <= to && (last === null || last >= from)
}

/**
 * The marks of a chart of `unit` from `from` to `to`, by day, then by number.
 * A question on a district shows on the chart of the city (its figures are part of it) and on the charts of its streets
 * (it holds for them), not on those of other districts. The mark stands on the first day that the question concerns;
 * when that is before the chart begins, on the chart's first day. Closed questions keep their mark: they did touch the
 * figures of their days, up to the day of closing when they named no last one.
 */
export function marksFor(issues: Iterable<IssueRow>, unit: string, units: Units, from: Day, to: Day): Mark[] {
  const marks: Mark[] = []
  for (const issue of issues) {
    if (!sameDays(issue, from, to) || !samePlace(units, issue.unit, unit)) continue
    marks.push({
      n: issue.issue,
      day: issue.from < from ? from : issue.from,
      title: issue.title,
      state: issue.state,
    })
  }
  return marks.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.n - b.n))
}
