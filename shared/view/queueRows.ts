/** What awaits review: the rows of the scope `queue:U`. */
import type { Day } from '../progress/day.ts'
import type { AskedQuestion } from './asked.ts'
import type { ReportFigure } from './reportFigure.ts'
import type { RowOf } from './row.ts'

/**
 * Scope `queue:U`: a report of U or below it with figures that await review at any level, or that were confirmed against a
 * warning and are not cleared (K11). At most 2,000: those that wait before the others, the earliest day first, then in the
 * programme's order.
 */
export interface QueueRow extends RowOf<'queue'> {
  unit: string
  day: Day
  /** by counter, all of the report */
  figures: readonly ReportFigure[]
  /** quality questions about them, with what somebody has said to them; absent without any */
  asked?: readonly AskedQuestion[]
}
export const QUEUE_ROWS = 2_000

/** Scope `queue:U`: how many there are, also without a row. */
export interface QueueCountsRow extends RowOf<'queueCounts'> {
  /** reports with figures that wait, by the level that they wait for (from 1), each at its lowest */
  waiting: readonly number[]
  /** reports with figures that were confirmed against a warning and are not cleared */
  confirmed: number
}

/** Who reviews: member id, the highest level of the unit, and the lowest one that the member looks after: absent = the same. */
export interface Reviewer {
  id: string
  level: number
  lowest?: number
}
/** Is the figure this reviewer's to approve: it waits for a level that they look after, and is not their own (K2, K6)? */
export const isFor = (
  { state, level: approvals, by }: ReportFigure,
  { id, level, lowest = level }: Reviewer,
): boolean => state === 'submitted' && approvals < level && approvals >= lowest - 1 && by?.id !== id

export type AnyQueueRow = QueueRow | QueueCountsRow
