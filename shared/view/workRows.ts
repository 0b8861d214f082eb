/** What wants an official: the rows of the scope `work:U`. */
import type { Day } from '../progress/day.ts'

/** What a report may want of its official, the gravest first; `inquiry`: a reviewer's question without an answer. */
export const WORK_KINDS = ['returned', 'inquiry', 'disputed', 'missing', 'partial'] as const
export type WorkKind = (typeof WORK_KINDS)[number]

/**
 * Scope `work:U`: a report of U or below it that wants something, of whatever day that may still be written. The scope also
 * holds an OfferRow for each offer that asks one of its units, and a WorkCountsRow. At most 500 reports, the gravest kind
 * first, then the earliest day, then the programme's order.
 */
export interface WorkRow {
  kind: 'work'
  /** see `rowKey` */
  key: string
  unit: string
  day: Day
  what: WorkKind
  /** indices of those that it is about */
  counters: readonly number[]
  /** what the reviewer said with it: why it was returned, or what is asked; the newest of several */
  said?: { text: string; by: { id: string; name: string }; at: number }
}
export const WORK_ROWS = 500

/** Scope `work:U`: how much there is of each kind, in the order of `WORK_KINDS`, and the offers; also what has no row. */
export interface WorkCountsRow {
  kind: 'workCounts'
  key: string
  counts: readonly number[]
  offers: number
}

/** How many things the rows are: what a report wants of one kind is one, all the days on which a unit is silent are one. */
export const thingsIn = (rows: readonly Pick<WorkRow, 'unit' | 'what'>[]): number =>
  rows.filter(({ what }) => what !== 'missing').length +
  new Set(rows.flatMap(({ unit, what }) => (what === 'missing' ? [unit] : []))).size

export type AnyWorkRow = WorkRow | WorkCountsRow
