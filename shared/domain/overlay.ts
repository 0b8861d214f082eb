/** A fork of cells: reads fall through to the base, writes stay here. Its cost grows only with what is written to it. */
import type { Cells, Figure } from './cells.ts'
import { countedValue } from './figures.ts'
import type { Units } from './units.ts'

/** The fork's own figures of one unit, by day, then counter. */
type Days = Map<number, Map<number, Figure>>

/** Forks cells without copying them. `units` is null when there are no units to write to. */
export function forkCells(base: Cells, units: Units | null): Cells {
  const written = new Map<string, Days>()
  /** differences from the base's totals, by unit, then counter */
  const shifts = new Map<string, Map<number, number>>()
  const figureHere = (unit: string, day: number, counter: number) => written.get(unit)?.get(day)?.get(counter)

  const fork: Cells = {
    figure: (unit, day, counter) => figureHere(unit, day, counter) ?? base.figure(unit, day, counter),
    value(unit, day, counter) {
      const figure = figureHere(unit, day, counter)
      return figure === undefined ? base.value(unit, day, counter) : figure.value
    },
    approved(unit, day, counter) {
      const figure = figureHere(unit, day, counter)
      return figure === undefined ? base.approved(unit, day, counter) : figure.approved
    },
    state: (unit, day, counter) => figureHere(unit, day, counter)?.state ?? base.state(unit, day, counter),
    counted(unit, day, counter) {
      const figure = figureHere(unit, day, counter)
      return figure === undefined ? base.counted(unit, day, counter) : (countedValue(figure) ?? 0)
    },
    set(unit, day, counter, figure) {
      if (units?.isLeaf(unit) !== true) throw new RangeError(`${unit} does not report`)
      const change = (countedValue(figure) ?? 0) - fork.counted(unit, day, counter)
      if (change !== 0)
        for (const up of units.chain(unit)) {
          const shift = entry(shifts, up, () => new Map<number, number>())
          shift.set(counter, (shift.get(counter) ?? 0) + change)
        }
      const days = entry(written, unit, (): Days => new Map())
      entry(days, day, () => new Map<number, Figure>()).set(counter, figure)
    },
    total: (unit, counter) => base.total(unit, counter) + (shifts.get(unit)?.get(counter) ?? 0),
    totalThrough(unit, day, counter) {
      let sum = base.totalThrough(unit, day, counter)
      for (const [n, figures] of written.get(unit) ?? []) {
        const figure = n <= day ? figures.get(counter) : undefined
        if (figure !== undefined) sum += (countedValue(figure) ?? 0) - base.counted(unit, n, counter)
      }
      return sum
    },
    latest(unit, counter, before, from, wanted, most) {
      const own = written.get(unit)
      if (own === undefined || ![...own.keys()].some((day) => day >= from && day < before))
        return base.latest(unit, counter, before, from, wanted, most)
      const found: number[] = []
      for (let day = before - 1; day >= from && found.length < most; day--) {
        const value = fork.value(unit, day, counter)
        if (value !== null && fork.state(unit, day, counter) !== 'disputed' && wanted(day)) found.push(value)
      }
      return found
    },
    span(unit) {
      const below = base.span(unit)
      const days = written.get(unit)
      if (days === undefined) return below
      let { first, last } = below ?? { first: Infinity, last: -Infinity }
      for (const day of days.keys()) {
        first = Math.min(first, day)
        last = Math.max(last, day)
      }
      return { first, last }
    },
    fork: () => forkCells(fork, units),
  }
  return fork
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
