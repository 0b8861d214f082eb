/** What rows should say, counted by hand: from the figures as they stand, cell by cell, without a ledger. */
import type { Figure } from '../../shared/domain/cells.ts'
import { dueThrough, type World } from '../../shared/domain/world.ts'
import { allocate } from '../../shared/progress/allocate.ts'
import type { Breakdown } from '../../shared/progress/breakdown.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'

/** Days of the programme with anything to look at: from its start to today, as numbers. */
export function daysOf({ setting, today }: World): number[] {
  if (today === null) return []
  const first = dayNumber(setting!.programme.startsOn)
  return Array.from({ length: dayNumber(today) - first + 1 }, (_, i) => first + i)
}

/** The breakdown of a unit over some days without the missing part, added up figure by figure. */
export function breakdownByHand(world: World, unit: string, days: readonly number[]): Omit<Breakdown, 'missing'> {
  const { units, programme } = world.setting!
  const zeros = () => programme.counters.map(() => 0)
  const sum = {
    approved: zeros(),
    waiting: { up: zeros(), down: zeros() },
    disputed: { up: zeros(), down: zeros() },
    returned: { up: zeros(), down: zeros() },
  }
  for (const leaf of units.leaves(unit))
    for (const day of days)
      programme.counters.forEach((_, c) => {
        const figure = world.cells.figure(leaf, day, c)
        sum.approved[c]! += figure.approved ?? 0
        const part = PART[figure.state]
        if (part === null) return
        const shift = wouldBe(figure) - (figure.approved ?? 0)
        sum[part][shift > 0 ? 'up' : 'down'][c]! += Math.abs(shift)
      })
  return sum
}

const PART = {
  blank: null,
  approved: null,
  submitted: 'waiting',
  disputed: 'disputed',
  returned: 'returned',
} as const

/** What would count if what is newer were approved. */
function wouldBe({ state, value, approved, claim }: Figure): number {
  if (state === 'disputed' && approved !== null && value === approved) return claim!.value
  return value ?? 0
}

/** Counters that a reporting unit owes for a day. */
export function owedByHand(world: World, leaf: string, day: number): number[] {
  const due = dueThrough(world)
  if (due === null || day > dayNumber(due)) return []
  return world
    .setting!.rhythm.expected(leaf, day)
    .filter((c) => world.cells.value(leaf, day, c) === null && world.cells.approved(leaf, day, c) === null)
}

/** Expected reports of a unit up to the due day: in, partial, missing. */
export function reportsByHand(world: World, unit: string): { in: number; partial: number; missing: number } {
  const counts = { in: 0, partial: 0, missing: 0 }
  const due = dueThrough(world)
  if (due === null) return counts
  for (const leaf of world.setting!.units.leaves(unit))
    for (let day = dayNumber(world.setting!.programme.startsOn); day <= dayNumber(due); day++) {
      const expected = world.setting!.rhythm.expected(leaf, day).length
      const owed = owedByHand(world, leaf, day).length
      if (expected > 0) counts[owed === 0 ? 'in' : owed === expected ? 'missing' : 'partial']++
    }
  return counts
}

/** First day at whose end the figures approved now meet each target that the unit has a part of, by baseline and target. */
export function reachedByHand(world: World, unit: string): Map<string, Day | null> {
  const { programme, units, counters } = world.setting!
  const found = new Map<string, Day | null>()
  const last = daysOf(world).at(-1) ?? 0
  const approved = (day: number, counter: number) =>
    units.leaves(unit).reduce((sum, leaf) => sum + (world.cells.approved(leaf, day, counter) ?? 0), 0)
  for (const baseline of programme.baselines)
    for (const target of baseline.targets) {
      const threshold = allocate(programme, units, target, baseline.inForceFrom).threshold(unit)
      if (threshold === undefined) continue
      const counter = counters.get(target.counter)!
      let day: Day | null = null
      let total = 0
      for (let n = dayNumber(programme.startsOn); n <= last && day === null; n++) {
        total += approved(n, counter)
        const week = [0, 1, 2, 3, 4, 5, 6].reduce((sum, back) => sum + approved(n - back, counter), 0)
        const [value, wanted] = target.measure === 'rate' ? [week, 7 * threshold] : [total, threshold]
        if (value >= wanted && n >= dayNumber(target.path.from)) day = dayOf(n)
      }
      found.set(`${baseline.key}/${target.key}`, day)
    }
  return found
}
