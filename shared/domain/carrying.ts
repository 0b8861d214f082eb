/** Open figures that a lock has carried over: they can still be brought to an end, and nothing else of their days (P5). */
import { dayNumber } from '../progress/day.ts'
import type { CellClock } from './cell.ts'
import type { FigureState } from './cells.ts'
import type { CellName } from './values.ts'
import type { World } from './world.ts'

/** States of a figure that a lock does not take: it waits, has two values, or was returned and not given anew. */
export const OPEN_STATES = ['submitted', 'disputed', 'returned'] as const satisfies readonly FigureState[]
export type OpenState = (typeof OPEN_STATES)[number]
export const isOpenState = (state: FigureState): state is OpenState => OPEN_STATES.some((open) => open === state)

const nameOf = ({ unit, day }: CellName): string => `${unit}/${day}`

/** Was this figure named when its day was locked? */
export const isCarried = ({ carried }: Pick<World, 'carried'>, name: CellName, counter: string): boolean =>
  carried.get(nameOf(name))?.includes(counter) === true

/** The clock by which a report is judged whose figures may be written to while they are in these states, although their day is locked. */
export const clockFor = (world: World, name: CellName, ...states: readonly OpenState[]): CellClock => ({
  today: world.today,
  lockedThrough: world.lockedThrough,
  over: world.over,
  isCarried(key) {
    const counter = world.setting?.counters.get(key)
    if (counter === undefined || !isCarried(world, name, key)) return false
    const state = world.cells.state(name.unit, dayNumber(name.day), counter)
    return states.some((open) => open === state)
  },
})

/** Remembers what a lock carries over. */
export function carry(world: World, items: readonly (CellName & { counters: readonly string[] })[]): void {
  for (const { unit, day, counters } of items) {
    const before = world.carried.get(nameOf({ unit, day })) ?? []
    world.carried.set(nameOf({ unit, day }), [...new Set([...before, ...counters])])
  }
}

/** Days after `through` are open again: nothing of them is carried over any more. */
export function uncarry(world: World, through: string | null): void {
  for (const [name] of [...world.carried.entries()])
    if (through === null || name.slice(name.indexOf('/') + 1) > through) world.carried.set(name, [])
}
