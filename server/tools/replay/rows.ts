/** Rows of a recorded source. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Day } from '../../../shared/progress/day.ts'

/** What a publication says of one reporting unit and day. */
export interface Row {
  unit: string
  day: Day
  /** blanks are left out: they are not zero */
  values: Values
  /** running totals of counters that the programme keeps so, as they are published */
  totals?: Values
  /** row of the file, or the first of those that were put together */
  row: number
  /** of a day that the publication does not name, whose figure follows from another day's running total */
  derived?: true
}

export interface Publication {
  /** as published, e.g. `2021-01-05T23:26Z`, and the same in ms since epoch */
  at: string
  moment: number
  rows: Row[]
}

/** A row of the file, before groups are added up. */
export interface Part extends Row {
  /** which group of the unit, '' without groups */
  group: string
}

/** What becomes of rows of one unit that are parts of a figure. */
export const KEEP_ONE =
  'Keep one; where they are parts of one figure, such as age groups, name their columns as "groups" in replay.json.'
