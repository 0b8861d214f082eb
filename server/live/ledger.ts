/** Sums of reports by unit and day, and what is owed: kept up by each event, along the chain of units. */
import { history, reportAt } from '../../shared/domain/book.ts'
import { dueThrough, type Frame, isExpected, type Report, type World } from '../../shared/domain/world.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { median } from '../../shared/progress/usual.ts'
import type { Makeup } from '../../shared/view/rows.ts'

type Part = 'a' | 'w' | 'd' | 'r'
/** counts by counter; parts come into being when first needed */
type Sums = Partial<Record<Part, number[]>>

interface Account {
  days: Map<number, Sums>
  first: number
  last: number
  total: Sums
  expected: number
  owed: number
}

const PART: Record<Report['state'], Part> = { approved: 'a', submitted: 'w', disputed: 'd', returned: 'r' }

export interface Ledger {
  frame: Frame
  counterIndex(key: string): number
  /** a report of a street changed; both sides as they stand before and after */
  report(unit: string, day: Day, before: Report | undefined, after: Report): void
  /** days up to the world's due day must be in: adds what is owed; the days newly due */
  advance(): Day[]
  /** days that the street owes, ascending */
  owed(unit: string): readonly Day[]
  owes(unit: string, day: Day): boolean
  expected(unit: string): { expected: number; reported: number }
  /** estimate of a missing report by counter, from the street's own history; 0 without one */
  estimate(unit: string, day: Day): readonly number[]
  makeupOn(unit: string, day: Day): Makeup
  makeup(unit: string): Makeup
  approvedOn(unit: string, day: Day, counter: number): number
  /** first and last day with a report; null without any */
  span(unit: string): { first: number; last: number } | null
}

export function createLedger(frame: Frame, world: World): Ledger {
  const { units, programme } = frame
  const counters = programme.counters.map((c) => c.key)
  const index = new Map(counters.map((k, i) => [k, i]))
  const accounts = new Map<string, Account>(
    units.all.map((code) => [
      code,
      { days: new Map(), first: Infinity, last: -Infinity, total: {}, expected: 0, owed: 0 },
    ]),
  )
  const owedBy = new Map<string, Set<Day>>(units.leaves(units.root).map((leaf) => [leaf, new Set()]))
  const estimates = new Map<string, Map<Day, readonly number[]>>()
  let due: number | null = null

  const add = (sums: Sums, part: Part, report: Report, sign: 1 | -1) => {
    const list = (sums[part] ??= counters.map(() => 0))
    for (const k in report.values) list[index.get(k)!]! += sign * report.values[k]!
  }

  function owe(leaf: string, day: Day): void {
    owedBy.get(leaf)!.add(day)
    for (const up of units.chain(leaf)) accounts.get(up)!.owed++
  }

  function missing(unit: string, days: (leaf: string) => Iterable<Day>): number[] | undefined {
    let sum: number[] | undefined
    for (const leaf of units.leaves(unit))
      for (const day of days(leaf)) {
        const guess = ledger.estimate(leaf, day)
        if (guess.some((g) => g > 0)) sum = guess.map((g, i) => g + (sum?.[i] ?? 0))
      }
    return sum
  }

  const ledger: Ledger = {
    frame,
    counterIndex: (key) => index.get(key)!,
    report(unit, day, before, after) {
      const n = dayNumber(day)
      for (const up of units.chain(unit)) {
        const account = accounts.get(up)!
        let sums = account.days.get(n)
        if (sums === undefined) account.days.set(n, (sums = {}))
        for (const target of [sums, account.total]) {
          if (before !== undefined) add(target, PART[before.state], before, -1)
          add(target, PART[after.state], after, 1)
        }
        account.first = Math.min(account.first, n)
        account.last = Math.max(account.last, n)
      }
      estimates.delete(unit)
      if (owedBy.get(unit)!.delete(day)) for (const up of units.chain(unit)) accounts.get(up)!.owed--
    },
    advance() {
      const through = dueThrough(world)
      if (through === null) return []
      const from = due === null ? dayNumber(programme.startsOn) : due + 1
      const fresh: Day[] = []
      for (let n = from; n <= dayNumber(through); n++) {
        const day = dayOf(n)
        fresh.push(day)
        for (const leaf of owedBy.keys()) {
          if (!isExpected(frame, leaf, day)) continue
          for (const up of units.chain(leaf)) accounts.get(up)!.expected++
          if (reportAt(world.book, leaf, day) === undefined) owe(leaf, day)
        }
      }
      due = Math.max(due ?? -Infinity, dayNumber(through))
      return fresh
    },
    owed: (unit) => [...(owedBy.get(unit) ?? [])].sort(),
    owes: (unit, day) => owedBy.get(unit)!.has(day),
    expected(unit) {
      const { expected, owed } = accounts.get(unit)!
      return { expected, reported: expected - owed }
    },
    estimate(unit, day) {
      let known = estimates.get(unit)
      if (known === undefined) estimates.set(unit, (known = new Map()))
      let guess = known.get(day)
      if (guess === undefined) {
        guess = counters.map((k) => {
          const past = history(world.book, frame.calendar, unit, k, day)
          return past.length === 0 ? 0 : Math.round(median(past))
        })
        known.set(day, guess)
      }
      return guess
    },
    makeupOn(unit, day) {
      const leaves = (leaf: string) => (ledger.owes(leaf, day) ? [day] : [])
      return makeupOf(accounts.get(unit)!.days.get(dayNumber(day)) ?? {}, missing(unit, leaves))
    },
    makeup: (unit) =>
      makeupOf(
        accounts.get(unit)!.total,
        missing(unit, (leaf) => owedBy.get(leaf)!),
      ),
    approvedOn: (unit, day, counter) => accounts.get(unit)!.days.get(dayNumber(day))?.a?.[counter] ?? 0,
    span(unit) {
      const { first, last } = accounts.get(unit)!
      return first > last ? null : { first, last }
    },
  }
  return ledger

  function makeupOf(sums: Sums, m: number[] | undefined): Makeup {
    const made: Makeup = { a: [...(sums.a ?? counters.map(() => 0))] }
    for (const part of ['w', 'd', 'r'] as const) if (sums[part]?.some((n) => n !== 0)) made[part] = [...sums[part]]
    if (m !== undefined) made.m = m
    return made
  }
}
