/** Sums of reports by unit and day, and what is owed: kept up by each event, along the chain of units. */
import { histories, reportAt } from '../../shared/domain/book.ts'
import { dueThrough, type Frame, isExpected, type Report, type World } from '../../shared/domain/world.ts'
import type { Values } from '../../shared/event.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { median } from '../../shared/progress/usual.ts'
import type { Makeup } from '../../shared/view/rows.ts'

type Part = keyof Makeup
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

/** A street and a day of which a report is owed. */
export interface Owing {
  unit: string
  day: Day
}

export interface Ledger {
  frame: Frame
  counterIndex(key: string): number
  /** a report of a street changed; both sides as they stand before and after */
  report(unit: string, day: Day, before: Report | undefined, after: Report): void
  /**
   * The clock moved: days up to the world's due day must be in. What is missing is estimated once a day, from what
   * is known then. Returns what has become owed or is estimated otherwise than before.
   */
  advance(): Owing[]
  /** days that the street owes, ascending */
  owed(unit: string): readonly Day[]
  expected(unit: string): { expected: number; reported: number }
  /** estimate of an owed report by counter, from the street's own history; 0 without one */
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
  const nothing: readonly number[] = counters.map(() => 0)
  const accounts = new Map<string, Account>(
    units.all.map((code) => [
      code,
      { days: new Map(), first: Infinity, last: -Infinity, total: {}, expected: 0, owed: 0 },
    ]),
  )
  const leaves = units.leaves(units.root)
  const owedBy = new Map<string, Map<Day, readonly number[]>>(leaves.map((leaf) => [leaf, new Map()]))
  /** streets whose history has changed since the clock last moved */
  const changed = new Set<string>()
  let due: number | null = null

  const inOrder = (values: Values) => counters.map((k) => values[k] ?? 0)

  function add(unit: string, day: Day, part: Part, counts: readonly number[], sign: 1 | -1): void {
    const n = dayNumber(day)
    for (const up of units.chain(unit)) {
      const account = accounts.get(up)!
      let sums = account.days.get(n)
      if (sums === undefined) account.days.set(n, (sums = {}))
      for (const target of [sums, account.total]) {
        const list = (target[part] ??= [...nothing])
        for (let i = 0; i < list.length; i++) list[i]! += sign * counts[i]!
      }
    }
  }

  function guess(leaf: string, day: Day): readonly number[] {
    return histories(world.book, frame.calendar, leaf, counters, day).map((past) =>
      past.length === 0 ? 0 : Math.round(median(past)),
    )
  }

  function owe(leaf: string, day: Day): void {
    const estimate = guess(leaf, day)
    owedBy.get(leaf)!.set(day, estimate)
    add(leaf, day, 'm', estimate, 1)
    for (const up of units.chain(leaf)) accounts.get(up)!.owed++
  }

  function estimateAgain(leaf: string): Owing[] {
    const owed = owedBy.get(leaf)!
    const moved: Owing[] = []
    for (const [day, before] of owed) {
      const estimate = guess(leaf, day)
      if (estimate.every((n, i) => n === before[i])) continue
      add(leaf, day, 'm', before, -1)
      add(leaf, day, 'm', estimate, 1)
      owed.set(day, estimate)
      moved.push({ unit: leaf, day })
    }
    return moved
  }

  return {
    frame,
    counterIndex: (key) => index.get(key)!,
    report(unit, day, before, after) {
      const counts = inOrder(after.values)
      if (before?.state === after.state) {
        const was = inOrder(before.values)
        add(
          unit,
          day,
          PART[after.state],
          counts.map((n, i) => n - was[i]!),
          1,
        )
      } else {
        if (before !== undefined) add(unit, day, PART[before.state], inOrder(before.values), -1)
        add(unit, day, PART[after.state], counts, 1)
      }
      const n = dayNumber(day)
      for (const up of units.chain(unit)) {
        const account = accounts.get(up)!
        account.first = Math.min(account.first, n)
        account.last = Math.max(account.last, n)
      }
      changed.add(unit)
      const owed = owedBy.get(unit)!
      const estimate = owed.get(day)
      if (estimate === undefined) return
      owed.delete(day)
      add(unit, day, 'm', estimate, -1)
      for (const up of units.chain(unit)) accounts.get(up)!.owed--
    },
    advance() {
      const moved = [...changed].flatMap(estimateAgain)
      changed.clear()
      const through = dueThrough(world)
      if (through === null) return moved
      for (let n = due === null ? dayNumber(programme.startsOn) : due + 1; n <= dayNumber(through); n++) {
        const day = dayOf(n)
        for (const leaf of leaves) {
          if (!isExpected(frame, leaf, day)) continue
          for (const up of units.chain(leaf)) accounts.get(up)!.expected++
          if (reportAt(world.book, leaf, day) !== undefined) continue
          owe(leaf, day)
          moved.push({ unit: leaf, day })
        }
      }
      due = Math.max(due ?? -Infinity, dayNumber(through))
      return moved
    },
    owed: (unit) => [...owedBy.get(unit)!.keys()].sort(),
    expected(unit) {
      const { expected, owed } = accounts.get(unit)!
      return { expected, reported: expected - owed }
    },
    estimate: (unit, day) => owedBy.get(unit)!.get(day) ?? nothing,
    makeupOn: (unit, day) => makeupOf(accounts.get(unit)!.days.get(dayNumber(day)) ?? {}),
    makeup: (unit) => makeupOf(accounts.get(unit)!.total),
    approvedOn: (unit, day, counter) => accounts.get(unit)!.days.get(dayNumber(day))?.a?.[counter] ?? 0,
    span(unit) {
      const { first, last } = accounts.get(unit)!
      return first > last ? null : { first, last }
    },
  }

  function makeupOf(sums: Sums): Makeup {
    const made: Makeup = { a: [...(sums.a ?? nothing)] }
    for (const part of ['w', 'd', 'r', 'm'] as const) if (sums[part]?.some((n) => n !== 0)) made[part] = [...sums[part]]
    return made
  }
}
