/** The state that decisions look at: a fold of the log, as plain data that can be forked, saved and restored. */
import { type Workdays, workdays } from '../progress/calendar.ts'
import { addDays, type Day } from '../progress/day.ts'
import { type Rhythms, rhythmOf } from '../progress/rhythm.ts'
import { type CoverageBases, coverageBases } from './bases.ts'
import type { Cells } from './cells.ts'
import { createCells, restoreCells, saveCells, type SavedCells } from './columns.ts'
import type { Programme } from './programme.ts'
import type { Role } from './roles.ts'
import { type Table, tableOf } from './table.ts'
import { indexUnits, type Units } from './units.ts'
import type { DataOrigin, Values } from './values.ts'

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

/** A report, by whom it is of and the day it is about. */
interface Place {
  unit: string
  day: Day
}

/** A re-attribution that the other side has to accept. */
export interface Offer {
  /** the report that gives */
  from: Place
  /** the report that takes */
  to: Place
  /** the side that has yet to agree */
  asks: 'from' | 'to'
  /** what is to be moved, by counter key */
  values: Values
  /** what stood in the report that takes, by counter key */
  there: Readonly<Record<string, number | null>>
  /** versions of the figures that it was made upon, by side and counter key */
  versions: { from: Readonly<Record<string, number>>; to: Readonly<Record<string, number>> }
  reason: string
  by: string
  /** ms since epoch */
  at: number
  state: 'open' | 'accepted' | 'declined'
}

/** Everything that follows from the programme alone. Present once one is open. */
export interface Setting {
  programme: Programme
  units: Units
  calendar: Workdays
  rhythm: Rhythms
  /** bases that coverages are measured against */
  bases: CoverageBases
  /** index of each counter by key */
  counters: ReadonlyMap<string, number>
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
  members: Table<string, Member>
  /** figures of every report; of no unit until a programme is open */
  cells: Cells
  issues: Table<number, Issue>
  offers: Table<number, Offer>
  /** by number: reports whose figures took part in a move that had to be reviewed; figures name those that they wait in */
  moves: Table<number, readonly Place[]>
  /** issues logged, by year of their number */
  issueCount: Table<string, number>
}

export const emptyWorld = (): World => ({
  seq: 0,
  setting: null,
  today: null,
  closed: null,
  lockedThrough: null,
  members: tableOf(),
  cells: createCells(null),
  issues: tableOf(),
  offers: tableOf(),
  moves: tableOf(),
  issueCount: tableOf(),
})

/** Indexes a programme once. */
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
    origin,
  }
}

/** Days up to this one must have been reported: the last closed day less the programme's grace; null before the first. */
export function dueThrough({ closed, setting }: Pick<World, 'closed' | 'setting'>): Day | null {
  if (closed === null || setting === null) return null
  return addDays(closed, -setting.programme.reporting.graceDays)
}

/** An overlay on the world: may be decided on and folded into without touching it. Its cost is the same for any world. */
export const forkWorld = (world: World): World => ({
  ...world,
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
  /** the setting is built from it again */
  programme: { programme: Programme; origin: DataOrigin } | null
  today: Day | null
  closed: Day | null
  lockedThrough: Day | null
  members: [string, Member][]
  cells: SavedCells
  issues: [number, Issue][]
  offers: [number, Offer][]
  moves: [number, readonly Place[]][]
  issueCount: [string, number][]
}

/** Of a world that is no fork. Shares nothing with it that it changes later. */
export function saveWorld(world: World): SavedWorld {
  const { seq, setting, today, closed, lockedThrough } = world
  return {
    seq,
    programme: setting === null ? null : { programme: setting.programme, origin: setting.origin },
    today,
    closed,
    lockedThrough,
    members: [...world.members.entries()],
    cells: saveCells(world.cells),
    issues: [...world.issues.entries()],
    offers: [...world.offers.entries()],
    moves: [...world.moves.entries()],
    issueCount: [...world.issueCount.entries()],
  }
}

export function restoreWorld(saved: SavedWorld): World {
  const { seq, programme, today, closed, lockedThrough } = saved
  const setting = programme === null ? null : settingOf(programme.programme, programme.origin)
  return {
    seq,
    setting,
    today,
    closed,
    lockedThrough,
    members: tableOf(saved.members),
    cells: restoreCells(saved.cells, setting),
    issues: tableOf(saved.issues),
    offers: tableOf(saved.offers),
    moves: tableOf(saved.moves),
    issueCount: tableOf(saved.issueCount),
  }
}
