/** What a ledger says of a unit: breakdowns, counts, days owed and days reached. Nothing here changes it. */
import { type Breakdown, type Counts, isNothing } from '../../shared/progress/breakdown.ts'
import { openingOf } from '../../shared/domain/balance.ts'
import { dueThrough } from '../../shared/domain/world.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { RATE_DAYS, type RateWeeks } from '../../shared/progress/standing.ts'
import type { Reached, ReportCounts } from '../../shared/view/rows.ts'
import { lastDay, offsetOf } from './days.ts'
import { bestWeek, NEVER } from './goals.ts'
import { accountOf, addFigure, BLOCKS, figuresOf, givenOf, type Ledger, NONE, PART } from './ledger.ts'
import { referencesOf } from './references.ts'

/** All days together. */
export const breakdownOf = (ledger: Ledger, unit: string): Breakdown =>
  breakdownIn(accountOf(ledger, unit).totals, 0, countersOf(ledger))

/** One day, by its number. */
export function breakdownOn(ledger: Ledger, unit: string, day: number): Breakdown {
  const sums = sumsOn(ledger, unit, day)
  return breakdownIn(sums.values, sums.at, countersOf(ledger))
}

/** The seven days that end with the due day; zeros before the first. */
export function weekToDue(ledger: Ledger, unit: string): Breakdown {
  const { due } = ledger.data
  return due === null ? breakdownOver(ledger, unit, 0, -1) : weekTo(ledger, unit, due)
}

const weekTo = (ledger: Ledger, unit: string, day: number): Breakdown =>
  breakdownOver(ledger, unit, day - RATE_DAYS + 1, day)

/** Of each rate of which the unit has a part: the week of its due day, once that is past, and the best. */
export function ratesOf(ledger: Ledger, unit: string): RateWeeks[] {
  const { due } = ledger.data
  return ledger.goals
    .filter(({ isRate, allocation }) => isRate && allocation.threshold(unit) !== undefined)
    .map((goal) => ({
      baseline: goal.baseline,
      target: goal.target,
      due: due === null || due <= goal.due ? null : weekTo(ledger, unit, goal.due),
      best:
        due === null ? null : bestWeek(goal, givenOf(ledger.world, unit, accountOf(ledger, unit), goal.counter), due),
    }))
}

/**
 * By counter the days after its reference day and before today, all of them before the first; null where there are none
 * with anything in them.
 */
export function sinceReference(ledger: Ledger, unit: string): Breakdown | null {
  const { today, setting } = ledger.world
  if (today === null) return null
  const counters = countersOf(ledger)
  const sums = new Float64Array(BLOCKS * counters)
  const begin = dayNumber(setting!.programme.startsOn)
  const firsts = references(ledger, unit).map((day) => (day === null ? begin : day + 1))
  for (let day = Math.min(...firsts); day < dayNumber(today); day++) {
    const { values, at } = sumsOn(ledger, unit, day)
    for (let i = 0; i < sums.length; i++) if (day >= firsts[i % counters]!) sums[i]! += values[at + i]!
  }
  const since = breakdownIn(sums, 0, counters)
  return isNothing(since) ? null : since
}

const references = (ledger: Ledger, unit: string) =>
  referencesOf(ledger.references, ledger.world, unit, dueThrough(ledger.world))

function breakdownOver(ledger: Ledger, unit: string, first: number, last: number): Breakdown {
  const counters = countersOf(ledger)
  const sums = new Float64Array(BLOCKS * counters)
  for (let day = first; day <= last; day++) {
    const { values, at } = sumsOn(ledger, unit, day)
    for (let i = 0; i < sums.length; i++) sums[i]! += values[at + i]!
  }
  return breakdownIn(sums, 0, counters)
}

/** Approved of the days up to the counter's reference day, by counter; before the first what was counted before all days. */
export function countedThroughReference(ledger: Ledger, unit: string): Counts {
  const account = accountOf(ledger, unit)
  return references(ledger, unit).map((reference, counter) => {
    if (reference === null) return openingOf(ledger.world.setting!, unit, counter)
    const { total, first, last, on } = givenOf(ledger.world, unit, account, counter)
    let counted = total
    for (let day = Math.max(reference + 1, first); day <= last; day++) counted -= on(day)
    return counted
  })
}

/** Approved of a counter on one day. */
export const approvedOn = (ledger: Ledger, unit: string, day: number, counter: number): number =>
  givenOf(ledger.world, unit, accountOf(ledger, unit), counter).on(day)

/** Expected reports up to the due day. */
export function reportsOf(ledger: Ledger, unit: string): ReportCounts {
  const { in: given, partial, missing } = accountOf(ledger, unit)
  return { expected: given + partial + missing, in: given, partial, missing }
}

/** The latest days of which a reporting unit owes a counter, ascending; at most `most`. */
export function owedDays(ledger: Ledger, leaf: string, most: number): Day[] {
  const { estimates, partial, missing } = accountOf(ledger, leaf)
  const found: Day[] = []
  if (estimates === null || partial + missing === 0) return found
  for (let day = lastDay(estimates); day >= estimates.first && found.length < most; day--)
    if (estimateOn(ledger, leaf, day)?.some((n) => n !== null) === true) found.push(dayOf(day))
  return found.reverse()
}

/** Reports owed by the reporting units at a unit and below it, of days through one (its number). */
export function owedThrough(ledger: Ledger, unit: string, through: number): number {
  let found = 0
  for (const leaf of ledger.world.setting!.units.leaves(unit)) {
    const { estimates, partial, missing } = accountOf(ledger, leaf)
    if (estimates === null || partial + missing === 0) continue
    const { first, width, values } = estimates
    for (let at = 0; at < values.length && first + at / width <= through; at += width)
      for (let counter = at; counter < at + width; counter++)
        if (values[counter] !== NONE) {
          found++
          break
        }
  }
  return found
}

/** What a reporting unit is estimated at where it owes a counter, else null; null altogether where nothing is owed. */
export function estimateOn(ledger: Ledger, leaf: string, day: number): (number | null)[] | null {
  const { estimates } = accountOf(ledger, leaf)
  const at = estimates === null ? -1 : offsetOf(estimates, day)
  if (estimates === null || at < 0) return null
  const found = [...estimates.values.subarray(at, at + estimates.width)].map((n) => (n === NONE ? null : n))
  return found.every((n) => n === null) ? null : found
}

/** Goals that the unit has reached by today, or had reached until a report was changed. */
export function reachedOf(ledger: Ledger, unit: string): Reached[] {
  const { reached, takenBack } = accountOf(ledger, unit)
  const { today } = ledger.world
  const found: Reached[] = []
  ledger.goals.forEach(({ baseline, target }, g) => {
    const day = reached[g]!
    // a path that has not begun holds nothing as reached yet
    const on = day === NEVER || today === null || day > dayNumber(today) ? null : dayOf(day)
    const mark = takenBack.get(g) ?? null
    if (on !== null || mark !== null) found.push({ baseline, target, on, takenBack: mark })
  })
  return found
}

const countersOf = ({ world }: Ledger): number => world.setting!.programme.counters.length

/** A day's blocks: in the column of a sum, or put together from a reporting unit's cells. */
function sumsOn(ledger: Ledger, unit: string, day: number): { values: Float64Array; at: number } {
  const { days } = accountOf(ledger, unit)
  const counters = countersOf(ledger)
  if (days !== null) {
    const at = offsetOf(days, day)
    return at < 0 ? { values: new Float64Array(BLOCKS * counters), at: 0 } : { values: days.values, at }
  }
  const values = new Float64Array(BLOCKS * counters)
  figuresOf(ledger.world, unit, day).forEach((figure, i) => addFigure(values, counters, i, figure, 1))
  estimateOn(ledger, unit, day)?.forEach((n, i) => (values[PART.missing * counters + i] = n ?? 0))
  return { values, at: 0 }
}

function breakdownIn(values: Float64Array, at: number, counters: number): Breakdown {
  const block = (i: number) => Array.from(values.subarray(at + i * counters, at + (i + 1) * counters))
  const shift = (i: number) => ({ up: block(i), down: block(i + 1) })
  return {
    approved: block(PART.approved),
    waiting: shift(PART.waiting),
    disputed: shift(PART.disputed),
    returned: shift(PART.returned),
    missing: block(PART.missing),
  }
}
