/** Scope `unit:U`: the unit, its children and grandchildren in sums, its days, its latest changes, and what lies deeper. */
import { baselineOn } from '../../../shared/domain/baseline.ts'
import { hasBegun } from '../../../shared/domain/steps.ts'
import { dueThrough, type World } from '../../../shared/domain/world.ts'
import { isNothing } from '../../../shared/progress/breakdown.ts'
import { type Day, dayNumber, dayOf } from '../../../shared/progress/day.ts'
import { dueStateOf, type DueState } from '../../../shared/view/due.ts'
import type { ClosedRow, DayRow, Row, RowKind, SpanRow, SumsRow } from '../../../shared/view/rows.ts'
import { encodeRow, kindOf, rowKey, type WireRow } from '../../../shared/view/wire.ts'
import { unitsInScope } from '../../../shared/view/within.ts'
import { newestSlot } from '../changes.ts'
import { accountOf, figuresOf, type Ledger, monthOf } from '../ledger.ts'
import { blankOn, spansOn } from '../periods.ts'
import type { Change, State } from '../state.ts'
import {
  approvedOn,
  breakdownOf,
  breakdownOn,
  countedThroughReference,
  owedDays,
  ratesOf,
  reachedOf,
  reportsOf,
  sinceReference,
  weekToDue,
} from '../sums.ts'
import { belowOf } from './below.ts'
import { clockRow, touchesClock } from './clock.ts'
import { ALL, numberIn, type View } from './view.ts'

/** How many owed days are named, and days of which the latest figures are given. */
const OWED = 5
const RECENT = 14

export function unitView(state: State, ledger: Ledger, unit: string): View {
  const { world, rings } = state
  const { units } = world.setting!
  const shown = unitsInScope(units, unit)
  const shownSet = new Set(shown)
  const near = new Set([unit, ...units.children(unit)])
  const below = belowOf(ledger, unit)
  const account = accountOf(ledger, unit)

  const rows: Partial<Record<RowKind, (key: string) => Row | null>> = {
    clock: () => clockRow(world),
    sums: (key) => sumsRow(ledger, key, units.at(numberIn(key)), unit),
    closed: (key) => closedRow(ledger, key, units.at(numberIn(key)), near),
    day: (key) => dayRow(ledger, unit, numberIn(key)),
    span: (key) => spanRow(ledger, unit, numberIn(key)),
    change(key) {
      const entry = rings.get(unit)?.entries[numberIn(key)]
      return entry === undefined ? null : { kind: 'change', key, ...entry }
    },
    below: (key) => below.row(units.at(numberIn(key))),
    urgent: () => below.urgent(),
  }

  function touchReport({ unit: leaf, day }: { unit: string; day: Day }, mark: (key: string) => void): void {
    for (const up of units.chain(leaf)) {
      if (!shownSet.has(up)) continue
      mark(rowKey.sums(units.index(up)))
      mark(rowKey.closed(units.index(up)))
    }
    mark(dayNumber(day) < firstLiveDay(world) ? spanKey(monthOf(dayNumber(day))) : rowKey.day(day))
    const ring = rings.get(unit)
    if (ring !== undefined) mark(rowKey.change(newestSlot(ring)))
    if (!below.has(leaf)) return
    mark(rowKey.below(units.index(below.forget(leaf))))
    mark(rowKey.urgent())
  }

  return {
    *keys() {
      yield rowKey.clock()
      for (const code of shown) {
        yield rowKey.sums(units.index(code))
        yield rowKey.closed(units.index(code))
      }
      if (world.today !== null)
        for (let n = firstLiveDay(world), today = dayNumber(world.today); n < today; n++) yield rowKey.day(dayOf(n))
      for (const month of account.months.keys()) yield spanKey(month)
      for (let slot = 0; slot < (rings.get(unit)?.entries.length ?? 0); slot++) yield rowKey.change(slot)
      yield* below.keys()
    },
    row: (key) => rows[kindOf(key)]?.(key) ?? null,
    touch(change: Change, mark) {
      if (change.movesClock) {
        below.forgetAll()
        mark(ALL)
      } else if (touchesClock(change)) mark(rowKey.clock())
      if (change.cell !== null && units.within(change.cell.unit, unit)) touchReport(change.cell, mark)
    },
  }
}

const spanKey = (month: number): string => `h${month}`

/** Number of the first day of the month before today's: earlier days come in spans. 0 before the first day. */
function firstLiveDay({ today }: World): number {
  if (today === null) return 0
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  return month === 1 ? dayNumber(`${year - 1}-12-01`) : dayNumber(`${year}-${String(month - 1).padStart(2, '0')}-01`)
}

function sumsRow(ledger: Ledger, key: string, unit: string, own: string): SumsRow {
  const { today, setting } = ledger.world
  // no report is of the day before the first one
  const number = today === null ? 0 : dayNumber(today)
  const isLeaf = setting!.units.isLeaf(unit)
  const sums = breakdownOn(ledger, unit, number)
  const blank = isLeaf || unit === own ? blankOn(ledger.world, unit, number) : null
  const spans = unit === own ? spansOn(ledger.world, unit, number) : null
  const counters = setting!.programme.counters.length
  // of a sum nothing else tells zeros that were given from nothing
  const isOnlyZeros = !isLeaf && isNothing(sums)
  const confirmed = unit === own ? accountOf(ledger, unit).confirmedOn.get(number) : undefined
  return {
    kind: 'sums',
    key,
    unit,
    total: breakdownOf(ledger, unit),
    today: sums,
    state: isLeaf ? todayOf(ledger.world, unit) : null,
    ...(blank === null || blank.length === counters || (blank.length === 0 && !isOnlyZeros) ? {} : { blank }),
    ...(spans === null ? {} : { spans }),
    ...(confirmed === undefined ? {} : { confirmed }),
  }
}

function todayOf(world: World, leaf: string): DueState {
  const { today, setting } = world
  if (today === null) return 'notStarted'
  const { units, rhythm } = setting!
  return dueStateOf({
    day: today,
    due: dueThrough(world),
    starts: units.startsOn(leaf),
    ends: units.endsOn(leaf),
    expected: rhythm.expected(leaf, dayNumber(today)),
    figures: figuresOf(world, leaf, dayNumber(today)),
  })
}

function closedRow(ledger: Ledger, key: string, unit: string, near: ReadonlySet<string>): ClosedRow {
  const reports = reportsOf(ledger, unit)
  const since = sinceReference(ledger, unit)
  const rates = ratesOf(ledger, unit)
  return {
    kind: 'closed',
    key,
    unit,
    counted: countedThroughReference(ledger, unit),
    week: ledger.goals.some((goal) => goal.isRate) ? weekToDue(ledger, unit) : null,
    ...(since === null ? {} : { sinceReference: since }),
    ...(rates.length === 0 ? {} : { rates }),
    reports,
    owed: owedDays(ledger, unit, OWED),
    owedCount: reports.partial + reports.missing,
    recent: near.has(unit) ? recentOf(ledger, unit) : null,
    reached: reachedOf(ledger, unit),
    confirmed: accountOf(ledger, unit).confirmed,
  }
}

function recentOf(ledger: Ledger, unit: string): number[] {
  const { today, setting } = ledger.world
  if (today === null) return []
  const { programme, units, rhythm, counters } = setting!
  const counter = counters.get(baselineOn(programme, today).targets[0]!.counter)!
  const like = units.isLeaf(unit) ? unit : (likeOf(ledger.world, unit, counter, today) ?? unit)
  const found: number[] = []
  for (let n = dayNumber(today) - 1; n >= dayNumber(programme.startsOn) && found.length < RECENT; n--)
    if (rhythm.expects(like, counter, n)) found.push(approvedOn(ledger, unit, n, counter))
  return found.reverse()
}

/** Of the reporting units below a sum that live by today the one that has lived longest, where they report the counter alike. */
function likeOf({ setting }: World, unit: string, counter: number, today: Day): string | undefined {
  const { units, rhythm } = setting!
  const living = units.leaves(unit).filter((leaf) => units.startsOn(leaf) <= today && !units.ended(leaf, today))
  const [first, ...others] = living
  if (first === undefined || others.some((leaf) => rhythm.of(leaf, counter) !== rhythm.of(first, counter))) return
  return others.reduce((oldest, leaf) => (units.startsOn(leaf) < units.startsOn(oldest) ? leaf : oldest), first)
}

/** Null on days that have no row: too early, not yet, or nothing there, unless it is owed and nobody was asked. */
function dayRow(ledger: Ledger, unit: string, day: number): DayRow | null {
  const { world } = ledger
  if (world.today === null || day >= dayNumber(world.today) || day < firstLiveDay(world)) return null
  const row = dayRowOf(ledger, unit, day)
  if (holdsAnything(row)) return row
  const { units, rhythm } = world.setting!
  return row.notAsked === true && units.leaves(unit).some((leaf) => rhythm.expected(leaf, day).length > 0) ? row : null
}

function dayRowOf(ledger: Ledger, unit: string, day: number): DayRow {
  const { steps, setting } = ledger.world
  const blank = blankOn(ledger.world, unit, day)
  const spans = spansOn(ledger.world, unit, day)
  const confirmed = accountOf(ledger, unit).confirmedOn.get(day)
  const wasAsked = dayOf(day) < setting!.programme.startsOn || hasBegun(steps, dayOf(day))
  return {
    ...{ kind: 'day', key: rowKey.day(dayOf(day)), day: dayOf(day), breakdown: breakdownOn(ledger, unit, day) },
    ...(blank.length > 0 ? { blank } : {}),
    ...(spans === null ? {} : { spans }),
    ...(wasAsked ? {} : { notAsked: true }),
    ...(confirmed === undefined ? {} : { confirmed }),
  }
}

const holdsAnything = ({ breakdown, blank }: DayRow): boolean =>
  !isNothing(breakdown) || blank?.length !== breakdown.approved.length

/** Null for months that come day by day, and for those without anything. */
function spanRow(ledger: Ledger, unit: string, month: number): SpanRow | null {
  const address = accountOf(ledger, unit).months.get(month)
  if (address === undefined || month >= monthOf(firstLiveDay(ledger.world))) return null
  return { kind: 'span', key: spanKey(month), month: nameOf(month), address }
}

const nameOf = (month: number): string => `${Math.floor(month / 100)}-${String(month % 100).padStart(2, '0')}`

/**
 * Days of a month of a unit (`YYYY-MM`) as they stand, and their address; null when there is nothing in it. Equal for
 * equal addresses.
 */
export function spanOf({ ledger }: State, unit: string, month: string): { address: string; days: WireRow[] } | null {
  if (ledger === null || ledger.world.setting!.units.get(unit) === undefined) return null
  const address = accountOf(ledger, unit).months.get(Number(month.slice(0, 4)) * 100 + Number(month.slice(5)))
  if (address === undefined) return null
  const { units } = ledger.world.setting!
  const days: WireRow[] = []
  const first = dayNumber(`${month}-01`)
  for (let n = first; monthOf(n) === monthOf(first); n++) {
    const row = dayRowOf(ledger, unit, n)
    if (holdsAnything(row)) days.push(encodeRow(row, units))
  }
  return { address, days }
}
