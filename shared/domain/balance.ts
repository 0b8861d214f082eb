/** What was counted before a programme's first day: part of every total, and of no day (U15). */
import type { Programme } from './programme.ts'
import type { Units } from './units.ts'

/** By index in the tree × counters + counter. */
export function openingTotals({ opening = {}, counters }: Programme, units: Units): Float64Array {
  const totals = new Float64Array(units.all.length * counters.length)
  for (const [unit, values] of Object.entries(opening))
    for (const up of units.chain(unit))
      counters.forEach(({ key }, c) => (totals[units.index(up) * counters.length + c]! += values[key] ?? 0))
  return totals
}

/** The part of a unit's total that was counted before the first day. */
export const openingOf = (
  { opening, units, counters }: { opening: Float64Array; units: Units; counters: ReadonlyMap<string, number> },
  unit: string,
  counter: number,
): number => opening[units.index(unit) * counters.size + counter] ?? 0
