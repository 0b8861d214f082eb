/** Legal questions as marks (§n) on a chart of one unit over some days. */
import type { Units } from '../../shared/domain/units.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { IssueLineRow } from '../../shared/view/rows.ts'
import { issuesTouching } from '../../shared/view/touching.ts'

/** One mark: `n` is the issue's number in the log (its address too), `day` where the mark stands. */
export interface Mark {
  n: number
  day: Day
  title: string
  state: IssueLineRow['state']
}

/**
 * The marks of a chart of `unit` from `from` to `to`, by day, then by number: questions that touch its figures. The mark
 * stands on the first day that the question concerns; when that is before the chart begins, on the chart's first day.
 */
export function marksFor(issues: Iterable<IssueLineRow>, unit: string, units: Units, from: Day, to: Day): Mark[] {
  return issuesTouching(issues, units, unit, { from, to })
    .map((issue) => ({
      n: issue.issue,
      day: issue.from < from ? from : issue.from,
      title: issue.title,
      state: issue.state,
    }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.n - b.n))
}
