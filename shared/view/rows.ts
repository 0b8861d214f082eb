/** The rows that are sent and shown, with absolute values: repeated or dropped without harm; positional on the wire (`wire.ts`). */
import type { TotalBase } from '../domain/deriving.ts'
import type { Role, Task } from '../domain/roles.ts'
import type { ReminderStage } from '../domain/silence.ts'
import type { CellName, DataOrigin, Restatement } from '../domain/values.ts'
import type { AsideReport } from '../domain/world.ts'
import type { EventType } from '../event.ts'
import type { Breakdown, Counts, Shift } from '../progress/breakdown.ts'
import type { Day } from '../progress/day.ts'
import type { RateWeeks, Reached as FirstReached, TakenBack as Cause } from '../progress/standing.ts'
import type { CalendarRow } from './calendar.ts'
import type { QualityCode } from '../quality/question.ts'
import type { AskedRow } from './asked.ts'
import type { DueState } from './due.ts'
import type { IssueLineRow, IssueRow, StepRow } from './issueRows.ts'
import type { AnyQueueRow } from './queueRows.ts'
import type { FigureInquiry, ReportFigure } from './reportFigure.ts'
import type { Person, RowOf } from './row.ts'
import type { ChaseRow, ItemRow, ReminderRow, SilenceRow } from './silenceRows.ts'
import type { AnyWorkRow } from './workRows.ts'

export type { Breakdown, Counts, Shift }
export type { FigureInquiry, IssueLineRow, IssueRow, Person, ReportFigure, StepRow }

/** Scope `programme`: which programme is open. The programme itself is fetched by its hash. */
export interface ProgrammeRow extends RowOf<'programme'> {
  hash: string
  origin: DataOrigin
}

/** Scopes `unit:`, `sheet:`, `work:` and `history:clock`: the clock of the log. One row. */
export interface ClockRow extends RowOf<'clock'> {
  today: Day | null
  /** last day whose deadline has passed */
  closed: Day | null
  /** days up to this one must have been reported */
  due: Day | null
  lockedThrough: Day | null
  /** there when the programme is over: since which day; and while the machine's clock is not believed: the day it says */
  over?: Day
  doubted?: Day
}

/** Scope `unit:U`, of U, its children and its grandchildren (these while they are at most 200). */
export interface SumsRow extends RowOf<'sums'> {
  unit: string
  /** all days together */
  total: Breakdown
  /** of today alone; zeros before the first day */
  today: Breakdown
  /** today's report of a reporting unit; null of a sum */
  state: DueState | null
  /**
   * Counters (indices) that today's report of a reporting unit leaves blank, where it gives others. Of the scope's own
   * unit where that is a sum: those that no unit below has given, where some has given any; empty, and there all the
   * same, where all sums are zeros.
   */
  blank?: readonly number[]
  /** of the scope's own unit, for today: as in a DayRow */
  spans?: readonly (Day | null)[]
  /** of the scope's own unit, for today: as in a DayRow */
  confirmed?: number
}

/** Expected reports up to the due day: `expected = in + partial + missing`. */
export interface ReportCounts {
  expected: number
  /** all counters expected that day are given */
  in: number
  /** some are */
  partial: number
  /** none is */
  missing: number
}

/** The event by which a target was not reached after all, or only later. */
export interface TakenBack extends Cause {
  type: EventType
}

/** A target of a baseline that the unit has reached, or had reached until a report was changed. */
export interface Reached extends FirstReached {
  takenBack: TakenBack | null
}

/** Scope `unit:U`, of the units that have a SumsRow: what only closed days tell. */
export interface ClosedRow extends RowOf<'closed'> {
  unit: string
  /** approved of the days up to the counter's reference day (A13); 0 before the first */
  counted: Counts
  /** the seven days that end with the due day; null where no target is a rate */
  week: Breakdown | null
  /** of the days after the counter's reference day and before today, where there are any with anything in them */
  sinceReference?: Breakdown
  /** of the rates of which the unit has a part, where there are any */
  rates?: readonly RateWeeks[]
  reports: ReportCounts
  /** of a reporting unit: the latest five days up to the due day of which a counter is owed, ascending; else empty */
  owed: readonly Day[]
  /** reports up to the due day of which a counter is owed: the partial and the missing ones */
  owedCount: number
  /**
   * Approved of the counter of the first target in force, on the latest 14 days before today that it is expected of the
   * unit, of a sum of the reporting units below it where they share a rhythm; oldest first. Of U and its children, else
   * null.
   */
  recent: readonly number[] | null
  /** only targets with a day or a mark */
  reached: readonly Reached[]
  /** figures below of which the value that counts was confirmed against a warning */
  confirmed: number
}

/**
 * Scope `unit:U`: a day of U before today, of this month and the one before. Days without anything have no row; a figure
 * is something, also zero.
 */
export interface DayRow extends RowOf<'day'> {
  day: Day
  breakdown: Breakdown
  /** counters (indices) that nobody has given, of U or below it, where there are any: their zeros are no answer */
  blank?: readonly number[]
  /**
   * By counter, where any has one: first day of the period that its figures of this day stand for. Null where that is the
   * day itself, where nothing is given, and where the reporting units below that give it differ.
   */
  spans?: readonly (Day | null)[]
  /** the day itself never began, so that nobody could report on it that day */
  notAsked?: true
  /** figures of the day, there or below, of which the value that counts was confirmed against a warning; absent without any */
  confirmed?: number
}

/** Scope `unit:U`: an older month of U with anything in it; its days are fetched by their address, and never change under it. */
export interface SpanRow extends RowOf<'span'> {
  /** `YYYY-MM` */
  month: string
  /** names the last change of any of its days, in this log and by these rules; nothing is to be read from it */
  address: string
}

/** A figure before and after. `counter` is the index in the programme's order; null = blank. */
export interface FigureChange {
  counter: number
  before: number | null
  after: number | null
}

/**
 * Scope `unit:U`: one of the latest changes of U and all below it; slots run round. Figures alone, since everybody may
 * watch a unit: who reported and why stands in the sheet and its history. What is before and after: the newest value; of
 * a dispute the one that stands and the claim; of an approval or a return the approved value.
 */
export interface ChangeRow extends RowOf<'change'> {
  seq: number
  /** ms since epoch */
  at: number
  type: EventType
  unit: string
  day: Day
  changes: readonly FigureChange[]
  /** re-attributed also where counters of the report took over what others gave away */
  restated?: Restatement
  /** counters (indices) of which the newest value was confirmed against a warning, where any was */
  confirmed?: readonly number[]
}
export const CHANGE_SLOTS = 24

/** Scope `unit:U`, of each child with reporting units that have no row of their own: today's reports of those. */
export interface BelowRow extends RowOf<'below'> {
  unit: string
  in: number
  partial: number
  /** expected today and nothing is there, whether the deadline has passed or not */
  missing: number
  /** units behind the path of the main target, or far behind it, or that missed it */
  behind: number
}

/** Scope `unit:U`: of the reporting units without a row of their own, at most 30 that owe the most reports. */
export interface UrgentRow extends RowOf<'urgent'> {
  units: readonly { unit: string; owedCount: number }[]
}

/** Scope `sheet:U/DAY`, of every line with anything written for DAY. */
export interface ReportRow extends RowOf<'report'> {
  unit: string
  /** by counter */
  figures: readonly ReportFigure[]
}

/** Scope `sheet:U/DAY`, of every line: what its figures are judged by. A unit that ended before DAY has one only where something is written. */
export interface LineRow extends RowOf<'line'> {
  unit: string
  /** newest values of the days up to and with DAY, as questions sum them */
  through: Counts
  /** the same of all days */
  total: Counts
  /** by counter: the values that are compared with DAY's to see whether it is unusual, newest first */
  usual: readonly Counts[]
  /** at most 15 days before DAY of which anything is expected, newest first; values by counter, null = blank */
  past: readonly { day: Day; values: readonly (number | null)[] }[]
  /** by counter: what DAY is estimated at while it is owed, else null */
  estimate: readonly (number | null)[]
  /**
   * where a counter is within one that is reported more rarely, by counter: what was given on earlier days that DAY's
   * report of that one covers
   */
  earlier?: Counts
  /** counters (indices) that are not reported on DAY and given in the report that covers it, where any is */
  covered?: readonly number[]
  /** by counter: what a running total for DAY is held against; null where the unit has reported none, absent without any */
  totals?: readonly (TotalBase | null)[]
}

/**
 * Scope `sheet:U/DAY`, of U, when it is the sum of the lines, and of every unit above that has a base that some coverage
 * is measured by: a report anywhere changes the totals of those above, so they hold no more than is asked about.
 */
export interface AboveRow extends RowOf<'above'> {
  unit: string
  /** by counter, what a LineRow says of a line; null where the unit has no base for it */
  total: readonly (number | null)[]
  /** of U alone: the days up to and with DAY, by counter */
  through?: Counts
}

/** Scope `sheet:U/DAY`: a re-attribution, of whatever day, that is offered from or to one of these lines and not answered yet; `work:U`: one that asks U or below. */
export interface OfferRow extends RowOf<'offer'> {
  offer: number
  from: OfferSide
  to: OfferSide
  /** the side that has yet to agree */
  asks: 'from' | 'to'
  /** what moves, by counter; null = stays */
  moved: readonly (number | null)[]
  /** a figure of either side has changed since: it can only be declined */
  changed: boolean
  reason: string
  by: Person
  /** ms since epoch */
  at: number
}

/** A report that figures would move from or to, as it stands now. */
export interface OfferSide {
  unit: string
  day: Day
  /** by counter; null = blank */
  values: readonly (number | null)[]
  /** by counter; what an acceptance names as its basis */
  versions: readonly number[]
}

/** Scope `people`. */
export interface MemberRow extends RowOf<'member'> {
  member: string
  name: string
  role: Role
  unit: string
  tasks: readonly Task[]
  ended: boolean
}

/** Scopes `history:…`: one event about the subject, in the words of the domain. */
export interface VersionRow extends RowOf<'version'> {
  seq: number
  /** ms since epoch */
  at: number
  by: Person
  type: EventType
  /** of a report's cell; as in a ChangeRow, those that stayed left out */
  changes: readonly FigureChange[]
  reason?: string
  restated?: Restatement
  /** counters that were confirmed against a warning, with the codes */
  confirmed?: Readonly<Record<string, readonly string[]>>
  /** quality questions that were answered, by counter; the answer is the reason */
  answered?: Readonly<Record<string, readonly QualityCode[]>>
  /** why, where it was said */
  why?: string
  /** counters (keys) that a reviewer asked about, or of which it was answered; `reason` is the text */
  about?: readonly string[]
  /** of locking: how many reports had open figures that were carried over */
  carried?: number
  /** running totals as they were reported, by counter key */
  totals?: Readonly<Record<string, number>>
  /** of an approval: the level that approved */
  level?: number
  /** of a re-attribution: which side of it this cell is, and the other one */
  side?: 'from' | 'to'
  other?: { unit: string; day: Day }
  /** of a re-attribution or its offer: what moves, by counter key */
  moved?: Readonly<Record<string, number>>
  /** of locking, and of a day that was taken back where locks went with it: days up to this one are locked now */
  through?: Day | null
  /** the day up to which reminders are postponed; of the clock: the day that began, was doubted, or was taken back, and what is today since then (null = no day) */
  day?: Day
  to?: Day | null
  /** of a day that was taken back: reports for days that have not begun since, which count nowhere */
  notBegun?: readonly NotBegunReport[]
  /** of a reminder: who sent it, of which reports, and how many beyond */
  reminder?: { stage: ReminderStage; cells: readonly CellName[]; more: number }
  /** of an item of supervision: its number */
  item?: number
  /** of a member who was added */
  member?: { name: string; role: Role; unit: string }
  /** of a member: id of who took over the work, or whose work it was */
  colleague?: string
  /** of a member: the tasks from then on */
  tasks?: readonly Task[]
}

/** A report for a day that has not begun; see `AsideReport`. */
export type NotBegunReport = Omit<AsideReport, 'by'> & { by: Person }

export type Row =
  | ProgrammeRow
  | ClockRow
  | SumsRow
  | ClosedRow
  | DayRow
  | SpanRow
  | ChangeRow
  | BelowRow
  | UrgentRow
  | CalendarRow
  | ChaseRow
  | ItemRow
  | ReminderRow
  | SilenceRow
  | ReportRow
  | LineRow
  | AskedRow
  | AboveRow
  | OfferRow
  | AnyWorkRow
  | AnyQueueRow
  | IssueLineRow
  | IssueRow
  | StepRow
  | MemberRow
  | VersionRow
export type RowKind = Row['kind']
export type RowByKind<K extends RowKind> = Extract<Row, { kind: K }>
