/**
 * Sums of reports by unit and day, what is owed, and the first days reached: kept up by each event, along the chain of
 * units. Sums keep a column for each part; of a reporting unit the days are in the world's cells, and only what is
 * estimated stands here.
 */
import type { Figure } from '../../shared/domain/cells.ts'
import { usualValues } from '../../shared/domain/asking.ts'
import { openingOf } from '../../shared/domain/balance.ts'
import { isMarked } from '../../shared/domain/figures.ts'
import { hasBegun } from '../../shared/domain/steps.ts'
import { dueThrough, type World } from '../../shared/domain/world.ts'
import type { EventType } from '../../shared/event.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { median } from '../../shared/progress/usual.ts'
import { isGiven, reportStanding } from '../../shared/view/due.ts'
import { type FigureInPart, partOf } from '../../shared/view/parts.ts'
import type { TakenBack } from '../../shared/view/rows.ts'
import { addressAt } from './addresses.ts'
import { noReferences, type References } from './references.ts'
import { type Days, makeRoom, noDays, offsetOf } from './days.ts'
import { firstReached, type Given, type Goal, goalsOf, mayMove, NEVER, reachedWithout } from './goals.ts'

/** Parts of a total, each a block of one number by counter. */
export const PART = { approved: 0, waiting: 1, disputed: 3, returned: 5, missing: 7 } as const
/** Blocks of a total: `waiting`, `disputed` and `returned` have one for ups and one for downs. */
export const BLOCKS = 8
/** An estimate that there is none of. */
export const NONE = -1

/** What is kept of a unit. */
export interface Account {
  /** all days together, by block and counter */
  totals: Float64Array
  /** of a sum: the same by day */
  days: Days<Float64Array> | null
  /** of a reporting unit: estimates of what is owed, by day and counter; `NONE` where nothing is */
  estimates: Days<Int32Array> | null
  /** expected reports up to the due day: all counters given, some, none */
  in: number
  partial: number
  missing: number
  /** figures of which the value that counts was confirmed against a warning; see `isMarked` */
  confirmed: number
  /** the same by day (its number), of the days that have any */
  confirmedOn: Map<number, number>
  /** where the event that last changed any day of a month stands (`addressAt`), by year × 100 + month */
  months: Map<number, string>
  /** of a reporting unit: numbers of the days that began and of which a counter was owed when they became due */
  notInTime: Set<number>
  /** number of the first day reached, by goal; ahead of today while the goal's path has not begun; `NEVER` */
  reached: number[]
  /** what took back a day that was reached, by goal; only where it was and has not been reached by then again */
  takenBack: Map<number, TakenBack>
}

/** What is saved of a ledger. */
export interface LedgerData {
  /** by the unit's index in the programme */
  accounts: Account[]
  /** number of the day through which reports are counted as expected; null before the first */
  due: number | null
  /** reporting units (by index) whose history has changed since the clock last moved, and from which day on */
  changed: Map<number, number>
  judging: Judging
}

/**
 * The command whose events are being folded, and how the days reached that they have changed were before it, by unit (its
 * index) and goal: a day is taken back by a command as a whole, not by the first half of a move.
 */
interface Judging {
  command: string
  before: Map<string, ReachedBefore>
}
interface ReachedBefore {
  reached: number
  takenBack: TakenBack | null
}

export interface Ledger {
  data: LedgerData
  /** the world that the ledger goes with, folded before it */
  world: World
  goals: readonly Goal[]
  references: References
}

/** An event that changed something, as far as marks and months name it. */
export interface Cause {
  seq: number
  /** of the log's chain */
  hash: string
  type: EventType
  /** id of the command that it is of */
  command: string
}

/** Every unit at what was counted before the first day. A programme is open. */
export function createLedger(world: World): Ledger {
  const setting = world.setting!
  const { programme, units } = setting
  const counters = programme.counters.length
  const goals = goalsOf(setting)
  const accounts = units.all.map((code): Account => {
    const isLeaf = units.isLeaf(code)
    const opening = programme.counters.map((_, counter) => openingOf(setting, code, counter))
    const totals = new Float64Array(BLOCKS * counters)
    totals.set(opening)
    return {
      totals,
      days: isLeaf ? null : noDays(BLOCKS * counters, new Float64Array(0)),
      estimates: isLeaf ? noDays(counters, new Int32Array(0)) : null,
      in: 0,
      partial: 0,
      missing: 0,
      confirmed: 0,
      confirmedOn: new Map(),
      months: new Map(),
      notInTime: new Set(),
      reached: goals.map((goal) => reachedWithout(goal, code, opening[goal.counter]!)),
      takenBack: new Map(),
    }
  })
  const judging: Judging = { command: '', before: new Map() }
  return { data: { accounts, due: null, changed: new Map(), judging }, world, goals, references: noReferences() }
}

/** A ledger that was saved, with the world that was saved with it. */
export const restoreLedger = (data: LedgerData, world: World): Ledger => ({
  data: { ...data, accounts: data.accounts.map(ownCopy) },
  world,
  goals: goalsOf(world.setting!),
  references: noReferences(),
})

/** What was read from a file is a window on the whole file, which would stay in memory with it. */
const ownCopy = (account: Account): Account => ({
  ...account,
  totals: account.totals.slice(),
  days: account.days && { ...account.days, values: account.days.values.slice() },
  estimates: account.estimates && { ...account.estimates, values: account.estimates.values.slice() },
})

/** The unit's account. */
export const accountOf = ({ data, world }: Ledger, unit: string): Account =>
  data.accounts[world.setting!.units.index(unit)]!

/** The programme has another baseline. What it asks for may be reached already. */
export function takeBaseline(ledger: Ledger): void {
  const { units } = ledger.world.setting!
  ledger.goals = goalsOf(ledger.world.setting!)
  for (const unit of units.all) {
    const account = accountOf(ledger, unit)
    for (let g = account.reached.length; g < ledger.goals.length; g++)
      account.reached.push(searchReached(ledger, unit, account, ledger.goals[g]!))
  }
}

/** A report changed; both sides by counter. The world has been folded. */
export function takeReport(
  ledger: Ledger,
  cause: Cause,
  cell: { unit: string; day: number },
  before: readonly Figure[],
  after: readonly Figure[],
): void {
  const { unit, day } = cell
  const { units, rhythm } = ledger.world.setting!
  if (ledger.data.judging.command !== cause.command) ledger.data.judging = { command: cause.command, before: new Map() }
  const delta = new Float64Array(BLOCKS * before.length)
  before.forEach((figure, i) => addFigure(delta, before.length, i, figure, -1))
  after.forEach((figure, i) => addFigure(delta, after.length, i, figure, 1))
  const { changed } = ledger.data
  const index = units.index(unit)
  changed.set(index, Math.min(changed.get(index) ?? day, day))
  const due = ledger.data.due
  const expected = due !== null && day <= due ? rhythm.expected(unit, day) : []
  for (const counter of expected) owe(ledger, unit, day, counter, !isGiven(after[counter]!), delta)
  const was = expected.length === 0 ? null : reportStanding(before, expected)
  const is = expected.length === 0 ? null : reportStanding(after, expected)
  const confirmed = count(after) - count(before)
  const isAnswered = after.some((figure, counter) => isGiven(figure) !== isGiven(before[counter]!))
  for (const up of units.chain(unit)) {
    const account = accountOf(ledger, up)
    // a zero changes no sum, but what is blank
    if (isAnswered || confirmed !== 0) account.months.set(monthOf(day), addressAt(cause))
    if (was !== null && is !== null && was !== is) {
      account[was]--
      account[is]++
    }
    confirm(account, day, confirmed)
  }
  add(ledger, cause, unit, day, delta)
}

function confirm(account: Account, day: number, more: number): void {
  if (more === 0) return
  account.confirmed += more
  const on = (account.confirmedOn.get(day) ?? 0) + more
  if (on === 0) account.confirmedOn.delete(day)
  else account.confirmedOn.set(day, on)
}

const count = (figures: readonly Figure[]): number => figures.filter(isMarked).length

/**
 * The clock moved: days up to the world's due day must be in. What is missing is estimated once a day, from what is
 * known then.
 */
export function takeClock(ledger: Ledger, cause: Cause): void {
  const { data, world } = ledger
  const { units, programme } = world.setting!
  for (const [index, day] of data.changed) estimateAgain(ledger, cause, units.at(index), day)
  data.changed.clear()
  const through = dueThrough(world)
  if (through === null) return
  const last = dayNumber(through)
  const first = data.due === null ? dayNumber(programme.startsOn) : data.due + 1
  data.due = Math.max(data.due ?? last, last)
  const leaves = units.leaves(units.root)
  for (let day = first; day <= last; day++) for (const leaf of leaves) expect(ledger, cause, leaf, day)
}

/** A day of a reporting unit has become due. */
function expect(ledger: Ledger, cause: Cause, leaf: string, day: number): void {
  const { units, rhythm, programme } = ledger.world.setting!
  const expected = rhythm.expected(leaf, day)
  if (expected.length === 0) return
  const figures = figuresOf(ledger.world, leaf, day)
  const standing = reportStanding(figures, expected)
  for (const up of units.chain(leaf)) accountOf(ledger, up)[standing]++
  if (standing === 'in') return
  if (hasBegun(ledger.world.steps, dayOf(day))) accountOf(ledger, leaf).notInTime.add(day)
  const delta = new Float64Array(BLOCKS * programme.counters.length)
  for (const counter of expected) owe(ledger, leaf, day, counter, !isGiven(figures[counter]!), delta)
  add(ledger, cause, leaf, day, delta)
}

/** What is owed after `changed`: estimates look at earlier days alone. */
function estimateAgain(ledger: Ledger, cause: Cause, leaf: string, changed: number): void {
  const estimates = accountOf(ledger, leaf).estimates!
  const { width, values } = estimates
  const first = Math.max(0, changed + 1 - estimates.first) * width
  for (let at = first; at < values.length; at += width) {
    if (!values.subarray(at, at + width).some((n) => n !== NONE)) continue
    const day = estimates.first + at / width
    const delta = new Float64Array(BLOCKS * width)
    for (let counter = 0; counter < width; counter++) {
      if (values[at + counter] === NONE) continue
      owe(ledger, leaf, day, counter, false, delta)
      owe(ledger, leaf, day, counter, true, delta)
    }
    add(ledger, cause, leaf, day, delta)
  }
}

/** Makes the counter owed, with an estimate, or not owed; `delta` takes what the missing part gains or loses. */
function owe(ledger: Ledger, leaf: string, day: number, counter: number, isOwed: boolean, delta: Float64Array): void {
  const estimates = accountOf(ledger, leaf).estimates!
  const { width } = estimates
  let at = offsetOf(estimates, day)
  const stands = at < 0 ? NONE : estimates.values[at + counter]!
  if (isOwed === (stands !== NONE)) return
  if (at < 0) at = makeRoom(estimates, day, (length) => new Int32Array(length).fill(NONE))
  const estimate = isOwed ? guess(ledger.world, leaf, day, counter) : NONE
  estimates.values[at + counter] = estimate
  delta[PART.missing * width + counter]! += isOwed ? estimate : -stands
}

/** From the unit's own history; 0 without one. */
function guess({ cells, setting }: World, leaf: string, day: number, counter: number): number {
  const past = usualValues(setting!, cells, leaf, counter, day)
  return past.length === 0 ? 0 : Math.round(median(past))
}

/** Figures of a report, by counter. */
export function figuresOf({ cells, setting }: World, unit: string, day: number): Figure[] {
  return setting!.programme.counters.map((_, counter) => cells.figure(unit, day, counter))
}

/** Adds a figure to sums by block and counter, or takes it away. */
export function addFigure(
  sums: Float64Array,
  counters: number,
  counter: number,
  figure: FigureInPart,
  sign: 1 | -1,
): void {
  const { approved, part, shift } = partOf(figure)
  sums[counter]! += sign * approved
  if (part === null || shift === 0) return
  sums[(PART[part] + (shift > 0 ? 0 : 1)) * counters + counter]! += sign * Math.abs(shift)
}

/** Adds to a day of the reporting unit and of all above it. */
function add(ledger: Ledger, cause: Cause, leaf: string, day: number, delta: Float64Array): void {
  if (delta.every((n) => n === 0)) return
  const { units } = ledger.world.setting!
  const [month, address] = [monthOf(day), addressAt(cause)]
  for (const unit of units.chain(leaf)) {
    const account = accountOf(ledger, unit)
    addTo(account.totals, 0, delta)
    if (account.days !== null) {
      const at = makeRoom(account.days, day, (length) => new Float64Array(length))
      addTo(account.days.values, at, delta)
    }
    account.months.set(month, address)
    updateReached(ledger, cause, { unit, leaf, day }, account, delta)
  }
}

function addTo(sums: Float64Array, at: number, delta: Float64Array): void {
  for (let i = 0; i < delta.length; i++) sums[at + i]! += delta[i]!
}

/** Year × 100 + month of a day's number. */
export function monthOf(day: number): number {
  const iso = dayOf(day)
  return Number(iso.slice(0, 4)) * 100 + Number(iso.slice(5, 7))
}

/** Looks again at the goals that the change of a day may have moved. */
function updateReached(
  ledger: Ledger,
  cause: Cause,
  { unit, leaf, day }: { unit: string; leaf: string; day: number },
  account: Account,
  delta: Float64Array,
): void {
  const { goals, world, data } = ledger
  for (let g = 0; g < goals.length; g++) {
    const goal = goals[g]!
    if (delta[goal.counter] === 0) continue
    const threshold = goal.allocation.threshold(unit)
    const was = account.reached[g]!
    const total = account.totals[goal.counter]!
    if (threshold === undefined || !mayMove(goal, threshold, was, total, day)) continue
    const is = searchReached(ledger, unit, account, goal)
    if (is === was) continue
    const takenBack = account.takenBack.get(g) ?? null
    const key = `${world.setting!.units.index(unit)} ${g}`
    let before = data.judging.before.get(key)
    if (before === undefined) data.judging.before.set(key, (before = { reached: was, takenBack }))
    account.reached[g] = is
    const { seq, type } = cause
    // the first event that took the day back stays its cause
    const by = takenBack ?? { seq, unit: leaf, day: dayOf(day), type, was: dayOf(before.reached) }
    const mark = markOf(before, is, world.today, by)
    if (mark === null) account.takenBack.delete(g)
    else account.takenBack.set(g, mark)
  }
}

/** What took the day back, if it is, after a command so far; `by` if that did. */
function markOf(before: ReachedBefore, is: number, today: Day | null, by: TakenBack): TakenBack | null {
  const { reached, takenBack } = before
  const isLater = reached !== NEVER && (is === NEVER || is > reached)
  // a path that has not begun holds nothing as reached yet
  if (isLater && today !== null && reached <= dayNumber(today)) return takenBack ?? by
  const isBack = takenBack !== null && is !== NEVER && dayOf(is) <= takenBack.was
  return isBack ? null : takenBack
}

function searchReached({ world }: Ledger, unit: string, account: Account, goal: Goal): number {
  const threshold = goal.allocation.threshold(unit)
  return threshold === undefined ? NEVER : firstReached(goal, threshold, givenOf(world, unit, account, goal.counter))
}

/** What the unit has been approved for, by day. */
export function givenOf({ cells, setting }: World, unit: string, { totals, days }: Account, counter: number): Given {
  const total = totals[counter]!
  const before = openingOf(setting!, unit, counter)
  if (days === null) {
    const span = cells.span(unit) ?? { first: 0, last: -1 }
    return { total, before, ...span, on: (day) => cells.approved(unit, day, counter) ?? 0 }
  }
  const { first, width, values } = days
  return {
    total,
    before,
    first,
    last: first + values.length / width - 1,
    on: (day) => values[(day - first) * width + counter] ?? 0,
  }
}
