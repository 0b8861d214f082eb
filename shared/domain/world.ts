/** The state that decisions are based on: a fold of the log, as plain data that can be forked, saved and restored. */
import { type Workdays, workdays } from '../progress/calendar.ts'
import { addDays, type Day } from '../progress/day.ts'
import { type Rhythms, rhythmOf } from '../progress/rhythm.ts'
import { openingTotals } from './balance.ts'
import { type CoverageBases, coverageBases } from './bases.ts'
import type { Cells } from './cells.ts'
import { createCells, restoreCells, saveCells, type SavedCells } from './columns.ts'
import type { Programme } from './programme.ts'
import type { Role } from './roles.ts'
import type { Step } from './steps.ts'
import { type Table, tableOf } from './table.ts'
import { indexUnits, type Units } from './units.ts'
import type { CellName, DataOrigin, Values } from './values.ts'

export interface Member {
  id: string
  name: string
  role: Role
  unit: string
  ended: boolean
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
  /** member id of the newest of them */
  by: string
  /** ms since epoch, of the newest */
  at: number
}

/** What was reported for days that were taken back and have not begun. */
export interface NotBegun {
  /** today since then; null = no day has begun */
  to: Day | null
  reports: readonly AsideReport[]
}

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
  /** issues logged, by year of their number */
  issueCount: Table<string, number>
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
  issueCount: tableOf(),
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
  issueCount: world.issueCount.fork(),
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
  issueCount: [string, number][]
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
    issueCount: [...world.issueCount.entries()],
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
    issueCount: tableOf(saved.issueCount),
  }
}
