/** Rows of scopes `silence:U`: what is owed at U and below it, and what is done about it. */
import type { Reached, ReminderStage, Sent } from '../domain/silence.ts'
import type { CellName } from '../domain/values.ts'
import type { Day } from '../progress/day.ts'
import type { DueState } from './due.ts'
import type { Person, RowOf } from './row.ts'

/** How far the clock has escalated, and counts. One row. */
export interface SilenceRow extends RowOf<'silence'> {
  reached: Reached
  /** what the clock sent last, everywhere */
  sent: Sent | null
  /** reports at U and below that are owed, of any day; `chase` rows name the latest */
  owed: number
  /** those of them whose day is locked: it has to be reopened before they can be given */
  locked: number
  /** items of supervision that are open, and those that this month closed */
  open: number
  closed: number
}

/** A report that is owed and not locked, with whoever is to be reminded of it: of the last 31 days, of fewer where there are many units. */
export interface ChaseRow extends RowOf<'chase'> {
  unit: string
  day: Day
  /** counters (indices) that are owed */
  owed: readonly number[]
  /** true when others are given */
  partial: boolean
  officials: readonly Person[]
  /** when the officials were last reminded of it, whatever they were reminded of since, and when the first had seen it */
  reminded: { at: number; seen: number | null } | null
  call: { by: Person; at: number; to: Person; text: string } | null
  postponed: { until: Day; reason: string; by: Person } | null
  /** number of its item of supervision; null = none */
  item: number | null
}

/** The last reminder of a living member of U, of below or of above. */
export interface ReminderRow extends RowOf<'reminder'> {
  member: string
  /** of the event; what is named when it has been seen */
  seq: number
  /** ms since epoch */
  at: number
  by: Person
  stage: ReminderStage
  cells: readonly CellName[]
  more: number
  text: string | null
  /** ms since epoch; null = not yet */
  seen: number | null
}

/** An item of supervision: those that are open, of reports of the last 92 days, and those that this month closed. Moments are ms since epoch. */
export interface ItemRow extends RowOf<'item'> {
  item: number
  unit: string
  day: Day
  /** of the report: missing or partial while it is owed, else as its figures are */
  state: DueState
  /** its day is locked; `carried`: a figure of it was carried over and can be brought to an end all the same */
  lock: 'locked' | 'carried' | null
  opened: number
  /** when the officials and the district's were first reminded; null = never */
  official: number | null
  district: number | null
  /** since when the report is complete, and since when it is approved as well, by which event; null = it is not */
  reported: number | null
  closed: { at: number; seq: number } | null
}
