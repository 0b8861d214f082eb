/** What happened to each question, from the rows of scope `issues`. */
import type { IssueRow, IssueStepRow } from '../../../shared/view/rows.ts'

/** Steps by the issue's number in the log. */
export type StepsByIssue = ReadonlyMap<number, readonly IssueStepRow[]>

/** Steps of every issue, in the order in which they happened. */
export function stepsByIssue(steps: Iterable<IssueStepRow>): StepsByIssue {
  const by = new Map<number, IssueStepRow[]>()
  for (const s of steps) {
    const list = by.get(s.issue)
    if (list === undefined) by.set(s.issue, [s])
    else list.push(s)
  }
  for (const list of by.values()) list.sort((a, b) => a.seq - b.seq)
  return by
}

/** The step that made the issue what it is: the last closing or reopening; undefined when it was never closed. */
export function lastTurn(steps: readonly IssueStepRow[] | undefined): IssueStepRow | undefined {
  return steps?.findLast((s) => s.step !== 'replied')
}

/** Newest logged first. */
export function newestFirst(issues: Iterable<IssueRow>): IssueRow[] {
  return [...issues].sort((a, b) => b.issue - a.issue)
}
