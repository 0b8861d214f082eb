/** The state that decisions are based on: a fold of the log, as plain data that can be forked, saved and restored. */
import { type Workdays, workdays } from '../progress/calendar.ts'
import { addDays, type Day } from '../progress/day.ts'
import { type Rhythms, rhythmOf } from '../progress/rhythm.ts'
import type { QualityCode } from '../quality/question.ts'
import { openingTotals } from './balance.ts'
import { type CoverageBases, coverageBases } from './bases.ts'
import type { Cells } from './cells.ts'
import { createCells, restoreCells, saveCells, type SavedCells } from './columns.ts'
import type { MachineRight } from './machineId.ts'
import type { Programme } from './programme.ts'
import type { Role, Task } from './roles.ts'
import { forkSilence, noSilence, restoreSilence, type SavedSilences, saveSilence, type Silences } from './silence.ts'
import type { Step } from './steps.ts'
import { type Table, tableOf } from './table.ts'
import { indexUnits, type Units } from './units.ts'
import type { CellName, DataOrigin, Values } from './values.ts'

export interface Member {
  id: string
  name: string
  role: Role
  unit: string
  tasks: readonly Task[]
  ended: boolean
  /** member who has taken over the work */
  heir?: string
  /** what it may do, where it is a machine */
  machine?: readonly MachineRight[]
}

export interface Issue {
  number: string
  open: boolean
  replies: number
}

/** A re-attribution that the other side has to accept. */
export interface Offer {
  /** the report that gives */
  from: CellName
  /** the report that takes */
  to: CellName
  /** the side that has to accept */
  asks: 'from' | 'to'
  /** values to move, by counter key */
  values: Values
  /** values of the taking report when the offer was made, by counter key; null = blank */
  there: Readonly<Record<string, number | null>>
  /** versions of the figures when the offer was made, by side and counter key */
  versions: { from: Readonly<Record<string, number>>; to: Readonly<Record<string, number>> }
  reason: string
  by: string
  /** ms since epoch */
  at: number
  state: 'open' | 'accepted' | 'declined'
}

/** A report for a day that has not begun. */
export interface AsideReport {
  unit: string
  day: Day
  /** the newest values, by counter key */
  values: Values
  /** running totals as they were reported, by counter key, where there are any */
  totals?: Values
  /** member id of the newest of them */
  by: string
  /** ms since epoch, of the newest */
  at: number
}

/** What somebody said to a quality question about a figure (counter by key); it holds while the figure has this version. */
export interface QuestionAnswer {
  counter: string
  code: QualityCode
  version: number
  text: string
  by: string
  /** ms since epoch */
  at: number
}

/** The key under which `World.answers` holds those about a report. */
export const answersKey = (unit: string, day: Day): string => `${unit}/${day}`

/** What was reported for days that were taken back and have not begun. */
export interface NotBegun {
  /** today since then; null = no day has begun */
  to: Day | null
  reports: readonly AsideReport[]
}

/** A reviewer's question about a figure, in the version that was asked about. */
export interface Inquiry {
  /** of the event that asked: the same for all counters that were asked about at once */
  seq: number
  /** key */
  counter: string
  version: number
  text: string
  by: string
  /** ms since epoch */
  at: number
  /** absent while it is open */
  answer?: { text: string; by: string; at: number }
}

/** A running total of a counter of a reporting unit, as reported for the end of a day. */
export interface StoredTotal {
  /** day number */
  day: number
  /** permits */
  total: number
  /** seq of the event that reported it */
  version: number
  by: string
  /** ms since epoch */
  at: number
  /** by how much corrections have changed days up to this one since it was reported; see `noteCorrection` */
  changed: number
  /** by how much the days since the total before it may differ from the difference, since somebody has said why */
  off: number
}

/** The totals of one counter of one unit, by day. */
export type StoredTotals = readonly StoredTotal[]

/** Everything that follows from the programme alone; present once a programme is open. */
export interface Setting {
  programme: Programme
  units: Units
  calendar: Workdays
  rhythm: Rhythms
  /** bases that coverages are measured against */
  bases: CoverageBases
  /** index of each counter by key */
  counters: ReadonlyMap<string, number>
  /** what was counted before the first day; see `openingTotals` */
  opening: Float64Array
  origin: DataOrigin
}

export interface World {
  /** seq of the last event folded */
  seq: number
  setting: Setting | null
  today: Day | null
  /** last day whose deadline has passed, by `DeadlinePassed` or by a later day having begun */
  closed: Day | null
  lockedThrough: Day | null
  /** the day on which the programme was found to be over; null while it is not */
  over: Day | null
  /** the day that the machine's clock says and nobody believes; null = none */
  doubted: Day | null
  /** seq of the event by which a person last set the clock; 0 = never */
  setAt: number
  /** in the order of their days */
  steps: readonly Step[]
  /** by the seq of the event that took the days back */
  notBegun: Table<number, NotBegun>
  members: Table<string, Member>
  /** figures of every report; empty until a programme is open */
  cells: Cells
  issues: Table<number, Issue>
  offers: Table<number, Offer>
  /** moves that had to be reviewed, by number: the reports that took part. Figures name the moves they are waiting in */
  moves: Table<number, readonly CellName[]>
  /** by `UNIT/DAY`; those whose figures have changed since say nothing any more, see `standing` */
  inquiries: Table<string, readonly Inquiry[]>
  /** counters (keys) that a lock has carried over, by `UNIT/DAY`; see `isCarried` */
  carried: Table<string, readonly string[]>
  /** issues logged, by year of their number */
  issueCount: Table<string, number>
  /** answers to quality questions, by report (`answersKey`) */
  answers: Table<string, readonly QuestionAnswer[]>
  /** running totals as reported, by unit and counter (`totalsKey`) */
  totals: Table<string, StoredTotals>
  silence: Silences
}

/** A world before the first event. */
export const emptyWorld = (): World => ({
  seq: 0,
  setting: null,
  today: null,
  closed: null,
  lockedThrough: null,
  over: null,
  doubted: null,
  setAt: 0,
  steps: [],
  notBegun: tableOf(),
  members: tableOf(),
  cells: createCells(null),
  issues: tableOf(),
  offers: tableOf(),
  moves: tableOf(),
  inquiries: tableOf(),
  carried: tableOf(),
  issueCount: tableOf(),
  answers: tableOf(),
  totals: tableOf(),
  silence: noSilence(),
})

/** Derives the setting from a programme; done once for each programme or baseline. */
export function settingOf(programme: Programme, origin: DataOrigin): Setting {
  const units = indexUnits(programme)
  const calendar = workdays(programme.calendar)
  return {
    programme,
    units,
    calendar,
    rhythm: rhythmOf(programme, units, calendar),
    bases: coverageBases(programme),
    counters: new Map(programme.counters.map((c, i) => [c.key, i])),
    opening: openingTotals(programme, units),
    origin,
  }
}

/** The due day (C4): the last closed day less the programme's grace days; null before the first closed day. */
export function dueThrough({ closed, setting }: Pick<World, 'closed' | 'setting'>): Day | null {
  if (closed === null || setting === null) return null
  return addDays(closed, -setting.programme.reporting.graceDays)
}

/** An overlay on the world that can be folded into without touching it. Costs the same for any size of world. */
export const forkWorld = (world: World): World => ({
  ...world,
  notBegun: world.notBegun.fork(),
  members: world.members.fork(),
  cells: world.cells.fork(),
  issues: world.issues.fork(),
  offers: world.offers.fork(),
  moves: world.moves.fork(),
  inquiries: world.inquiries.fork(),
  carried: world.carried.fork(),
  issueCount: world.issueCount.fork(),
  answers: world.answers.fork(),
  totals: world.totals.fork(),
  silence: forkSilence(world.silence),
})

/** A world as plain data, for `structuredClone` and `v8.serialize`. */
export interface SavedWorld {
  seq: number
  /** from which the setting is derived again */
  programme: { programme: Programme; origin: DataOrigin } | null
  today: Day | null
  closed: Day | null
  lockedThrough: Day | null
  over: Day | null
  doubted: Day | null
  setAt: number
  steps: readonly Step[]
  notBegun: [number, NotBegun][]
  members: [string, Member][]
  cells: SavedCells
  issues: [number, Issue][]
  offers: [number, Offer][]
  moves: [number, readonly CellName[]][]
  inquiries: [string, readonly Inquiry[]][]
  carried: [string, readonly string[]][]
  issueCount: [string, number][]
  answers: [string, readonly QuestionAnswer[]][]
  totals: [string, StoredTotals][]
  silence: SavedSilences
}

/** Saves a world that is not a fork; the result shares nothing that the world changes later. */
export function saveWorld(world: World): SavedWorld {
  const { seq, setting, today, closed, lockedThrough, over, doubted, setAt, steps } = world
  return {
    seq,
    programme: setting === null ? null : { programme: setting.programme, origin: setting.origin },
    today,
    closed,
    lockedThrough,
    over,
    doubted,
    setAt,
    steps,
    notBegun: [...world.notBegun.entries()],
    members: [...world.members.entries()],
    cells: saveCells(world.cells),
    issues: [...world.issues.entries()],
    offers: [...world.offers.entries()],
    moves: [...world.moves.entries()],
    inquiries: [...world.inquiries.entries()],
    carried: [...world.carried.entries()],
    issueCount: [...world.issueCount.entries()],
    answers: [...world.answers.entries()],
    totals: [...world.totals.entries()],
    silence: saveSilence(world.silence),
  }
}

/** Restores a saved world. */
export function restoreWorld(saved: SavedWorld): World {
  const { seq, programme, today, closed, lockedThrough, over, doubted, setAt, steps } = saved
  const setting = programme === null ? null : settingOf(programme.programme, programme.origin)
  return {
    seq,
    setting,
    today,
    closed,
    lockedThrough,
    over,
    doubted,
    setAt,
    steps,
    notBegun: tableOf(saved.notBegun),
    members: tableOf(saved.members),
    cells: restoreCells(saved.cells, setting),
    issues: tableOf(saved.issues),
    offers: tableOf(saved.offers),
    moves: tableOf(saved.moves),
    inquiries: tableOf(saved.inquiries),
    carried: tableOf(saved.carried),
    issueCount: tableOf(saved.issueCount),
    answers: tableOf(saved.answers),
    totals: tableOf(saved.totals),
    silence: restoreSilence(saved.silence),
  }
}
