/** The rows that are sent and shown. Absolute values: a row can be repeated or dropped without harm. */
import type { Programme } from '../domain/programme.ts'
import type { ReportState } from '../domain/world.ts'
import type { EventType, Nature, Restatement, Values } from '../event.ts'
import type { Role } from '../policy.ts'
import type { Day } from '../progress/day.ts'
import type { PaceStatus } from '../progress/pace.ts'

/** Permits by counter, in the programme's order of counters. */
export type Counts = readonly number[]

/**
 * The make-up of a total: approved, awaiting review, disputed, returned and not replaced, missing (estimated).
 * Parts that are nothing are left out.
 */
export interface Makeup {
  a: Counts
  w?: Counts
  d?: Counts
  r?: Counts
  m?: Counts
}

export interface Person {
  id: string
  name: string
}

interface RowOf<K extends string> {
  kind: K
  /** `kind/…`, unique in its scope */
  key: string
}

/** Scope `programme`: what is rolled out. One row. */
export interface ProgrammeRow extends RowOf<'programme'> {
  programme: Programme
  nature: Nature
}

/** Scopes `unit:*` and `sheet:*`: the clock of the log. One row. */
export interface NowRow extends RowOf<'now'> {
  today: Day | null
  /** last day whose deadline has passed */
  closed: Day | null
  /** days up to this one must have been reported */
  due: Day | null
  lockedThrough: Day | null
}

/** Scope `unit:U`: of U and of each child: all days together. */
export interface TotalRow extends RowOf<'total'> {
  unit: string
  makeup: Makeup
  /** of today alone */
  today: Makeup
  /** reports expected up to the due day, and how many of them are in (any state) */
  expected: number
  reported: number
  /** approved of the first target's counter on the latest 15 days that reports were due on, oldest first, today last */
  recent: readonly number[]
}

/** Scope `unit:U`: of U alone, one day. Days without anything have no row. */
export interface DayRow extends RowOf<'day'> {
  unit: string
  day: Day
  makeup: Makeup
}

/** Scope `unit:U`: of U and of the two levels below: one target of a baseline. */
export interface PaceRow extends RowOf<'pace'> {
  unit: string
  baseline: string
  target: string
  /** make-up of the target's quantity: permits, or permits a day for a rate */
  makeup: { a: number; w: number; d: number; r: number; m: number }
  /** approved up to the reference day: what points, days and the required rate are reckoned from */
  counted: number
  threshold: number
  /** value given on the eve of the path; with threshold it gives the line */
  start: number
  /** expected by the end of the reference day */
  expected: number
  /** last day that must have been reported */
  reference: Day | null
  percent: number
  points: number
  days: number
  required: number | null
  daysLeft: number
  status: PaceStatus
  reachedOn: Day | null
}

/** `off`: nothing expected today; `open`: expected, deadline not passed; `missing`: deadline passed. */
export type DueState = 'notStarted' | 'off' | 'open' | 'missing' | ReportState

/** Scopes `unit:*` above and of the street: is today's report in, and which days are owed. */
export interface DueRow extends RowOf<'due'> {
  unit: string
  state: DueState
  /** permits by counter today, as far as reported; estimate while missing */
  values: (number | null)[]
  /** expected days without a report before today, latest five */
  owed: readonly Day[]
  owedCount: number
}

/**
 * Scopes `unit:*` above and of the street: one of the latest changes; slots run round. Figures alone, since everybody
 * may watch a unit: who reported and why stands in the sheet and its history.
 */
export interface ChangeRow extends RowOf<'change'> {
  seq: number
  at: string
  type: EventType
  unit: string
  day: Day
  values: Values
  before: Values | null
  restated?: Restatement
}
export const CHANGE_SLOTS = 24

/** Scope `sheet:U`: one report of one street (U itself or a child of U). */
export interface ReportRow extends RowOf<'report'> {
  unit: string
  day: Day
  values: (number | null)[]
  state: ReportState
  /** what an edit names as `basedOn` */
  version: number
  by: Person
  at: string
  restated?: { type: Restatement; reason: string }
  claim?: { values: (number | null)[]; by: Person; at: string }
}

/** Scope `issues`. */
export interface IssueRow extends RowOf<'issue'> {
  issue: number
  number: string
  title: string
  text: string
  category: string
  unit: string
  from: Day
  to: Day | null
  article: string | null
  counters: readonly string[]
  state: 'open' | 'closed'
  /** day of the log on which it was closed; null while it is open */
  closedOn: Day | null
  by: Person
  at: string
  /** day of the log on which it was logged */
  day: Day | null
  replies: number
}

/** Scope `issues`: what happened to an issue after it was logged, in order. */
export interface IssueStepRow extends RowOf<'step'> {
  issue: number
  step: 'replied' | 'closed' | 'reopened'
  text: string
  by: Person
  at: string
  /** day of the log */
  day: Day | null
  seq: number
}

/** Scope `people`. */
export interface MemberRow extends RowOf<'member'> {
  member: string
  name: string
  role: Role
  unit: string
  ended: boolean
}

export type Row =
  | ProgrammeRow
  | NowRow
  | TotalRow
  | DayRow
  | PaceRow
  | DueRow
  | ChangeRow
  | ReportRow
  | IssueRow
  | IssueStepRow
  | MemberRow
export type RowKind = Row['kind']
export type RowByKind<K extends RowKind> = Extract<Row, { kind: K }>

/** Keys of rows, so that both ends can look one up without searching. */
export const rowKey = {
  programme: () => 'programme',
  now: () => 'now',
  total: (unit: string) => `total/${unit}`,
  day: (unit: string, day: Day) => `day/${unit}/${day}`,
  pace: (unit: string, baseline: string, target: string) => `pace/${unit}/${baseline}/${target}`,
  due: (unit: string) => `due/${unit}`,
  change: (unit: string, slot: number) => `change/${unit}/${slot}`,
  report: (unit: string, day: Day) => `report/${unit}/${day}`,
  issue: (issue: number) => `issue/${issue}`,
  step: (issue: number, n: number) => `step/${issue}/${n}`,
  member: (member: string) => `member/${member}`,
} satisfies Record<RowKind, (...parts: never[]) => string>
