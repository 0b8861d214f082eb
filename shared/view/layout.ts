/** How each kind of row is laid out on the wire: what follows its key, in order. */
import type { FigureState } from '../domain/cells.ts'
import type { Role, Task } from '../domain/roles.ts'
import type { DataOrigin, Restatement } from '../domain/values.ts'
import type { EventType } from '../event.ts'
import type { WireCalendarDay } from './calendar.ts'
import type { AskedQuestion } from './asked.ts'
import type { RowByKind, VersionRow } from './rows.ts'
import type { ReminderStage, Sent } from '../domain/silence.ts'

/** Place of a unit in the programme's order and back; `Units` is one. */
export interface UnitIndex {
  index(code: string): number
  at(index: number): string
}

export type Num = number | null
export type Text = string | null
export type WirePerson = [id: string, name: string]
export type WireChange = [counter: number, before: Num, after: Num]
export type WireSide = [unit: number, day: number, values: Num[], versions: number[]]
/** mask of the parts that are there (bit 0 = approved …), then their counts, one part after the other */
export type WireBreakdown = number[]

/** Fields by kind of row. What a key itself holds (a unit, a day, a number) is not said again. */
export interface Layout {
  programme: [hash: string, origin: DataOrigin]
  clock: [today: Num, closed: Num, due: Num, lockedThrough: Num, over?: Num, doubted?: number]
  sums: [
    total: WireBreakdown,
    today: WireBreakdown,
    state?: Num,
    blank?: readonly number[] | null,
    spans?: Num[] | null,
    confirmed?: number,
  ]
  closed: [
    counted: number[],
    reports: [expected: number, in_: number, partial: number, missing: number],
    owed: number[],
    confirmed: number,
    reached: WireReached[],
    recent: number[] | null,
    week: WireBreakdown | null,
    sinceReference?: WireBreakdown | null,
    rates?: WireRate[],
  ]
  day: [
    breakdown: WireBreakdown,
    blank?: readonly number[] | null,
    spans?: Num[] | null,
    notAsked?: 0 | 1,
    confirmed?: number,
  ]
  span: [address: string]
  change: [
    seq: number,
    at: number,
    type: EventType,
    unit: number,
    day: number,
    changes: WireChange[],
    restated?: Restatement | null,
    confirmed?: readonly number[],
  ]
  below: [in_: number, partial: number, missing: number, behind: number]
  urgent: [units: [unit: number, owedCount: number][]]
  calendar: [days: WireCalendarDay[]]
  silence: [reached: Num[], sent: Sent | null, owed: number, locked: number, open: number, closed: number]
  chase: [
    owed: readonly number[],
    partial: 0 | 1,
    officials: WirePerson[],
    item: Num,
    reminded: [at: number, seen: Num] | null,
    call: [by: WirePerson, at: number, to: WirePerson, text: string] | null,
    postponed: [until: number, reason: string, by: WirePerson] | null,
  ]
  reminder: [
    seq: number,
    at: number,
    by: WirePerson,
    stage: ReminderStage,
    cells: [unit: number, day: number][],
    more: number,
    text: Text,
    seen: Num,
  ]
  item: [
    unit: number,
    day: number,
    state: number,
    lock: 0 | 1 | 2,
    opened: number,
    official: Num,
    district: Num,
    reported: Num,
    closed: [at: number, seq: number] | null,
  ]
  report: [people: WirePerson[], figures: WireFigure[]]
  queue: [people: WirePerson[], figures: WireFigure[], asked?: readonly AskedQuestion[]]
  queueCounts: [waiting: readonly number[], confirmed: number]
  line: [
    through: number[],
    total: number[],
    usual: number[][],
    past: [day: number, ...values: Num[]][],
    estimate: Num[] | null,
    earlier?: number[] | null,
    covered?: readonly number[] | null,
    totals?: (WireTotal | 0)[],
  ]
  asked: [questions: readonly AskedQuestion[]]
  above: [total: Num[], through?: number[]]
  offer: [
    from: WireSide,
    to: WireSide,
    asksTaker: 0 | 1,
    moved: Num[],
    changed: 0 | 1,
    reason: string,
    by: WirePerson,
    at: number,
  ]
  work: [counters: readonly number[], said?: [text: string, by: WirePerson, at: number]]
  workCounts: [counts: readonly number[], offers: number]
  issueLine: WireIssueHead
  issue: [issue: number, text: string, ...head: WireIssueHead]
  step: [...step: WireStep, text: string]
  member: [name: string, role: Role, unit: number, ended: 0 | 1, tasks: readonly Task[]]
  version: [at: number, by: WirePerson, type: EventType, changes: WireChange[], more: VersionMore]
}
/** `last` as its day and its total */
export type WireTotal = [
  own: Num,
  last: [day: number, total: number] | null,
  between: number,
  blank: number,
  changed: number,
]
export type WireReached = [
  baseline: string,
  target: string,
  on: Num,
  takenBack?: [seq: number, unit: number, day: number, type: EventType, was: number],
]
/** `best` as its sum and its last day */
export type WireRate = [baseline: string, target: string, due: WireBreakdown | null, best?: [sum: number, on: number]]
/** 0 = blank and never written; people by their index in the row's list */
export type WireFigure =
  | 0
  | [
      value: Num,
      approved: Num,
      state: FigureState,
      version: number,
      foreign: number,
      by: number,
      at: number,
      level: number,
      more?: {
        restated?: { type: Restatement; reason: string }
        confirmed?: readonly string[]
        why?: string
        claim?: [value: number, by: number, at: number, version: number]
        returned?: [reason: string, by: number, at: number]
        moves?: readonly number[]
        away?: number
        carried?: true
        inquiries?: readonly [
          seq: number,
          text: string,
          by: number,
          at: number,
          answer?: [text: string, by: number, at: number],
        ][]
      },
    ]
export type WireStep = [step: RowByKind<'step'>['step'], by: WirePerson, at: number, day: Num, seq: number]
export type WireIssueHead = [
  number: string,
  title: string,
  category: string,
  unit: number,
  from: number,
  to: Num,
  article: Text,
  counters: readonly string[],
  closed: 0 | 1,
  closedOn: Num,
  by: WirePerson,
  at: number,
  day: Num,
  seq: number,
  replies: number,
  latest: WireStep | null,
]
type VersionMore = Omit<VersionRow, 'kind' | 'key' | 'seq' | 'at' | 'by' | 'type' | 'changes'>
