/** What happened to a question, and the order in which questions are listed. */
import type { IssueLineRow, StepRow } from '../../../shared/view/rows.ts'

/** Steps of one question in the order in which they happened. */
export const inOrder = (steps: Iterable<StepRow>): StepRow[] => [...steps].sort((a, b) => a.n - b.n)

/** The step that made the question what it is: the last closing or reopening; undefined when it was never closed. */
export const lastTurn = (steps: readonly StepRow[]): StepRow | undefined => steps.findLast((s) => s.step !== 'replied')

/** Newest logged first. */
export const newestFirst = <I extends Pick<IssueLineRow, 'issue'>>(issues: Iterable<I>): I[] =>
  [...issues].sort((a, b) => b.issue - a.issue)
