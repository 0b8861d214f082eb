/** Folding events about figures: one step for each counter. */
import { dayNumber } from '../progress/day.ts'
import type { Figure } from './cells.ts'
import type { Stamp } from './figures.ts'
import { balance } from './moves.ts'
import { noteCorrection } from './runningTotals.ts'
import type { CellName } from './values.ts'
import type { FoldInput } from './noun.ts'
import type { World } from './world.ts'

/** The stamp that an event leaves on the figures it changes. */
export const stampOf = ({ seq, actor, at }: FoldInput<unknown>): Stamp => ({ seq, by: actor, at: Date.parse(at) })

type Step = (before: Figure, counter: string, levels: number) => Figure

/** Applies a step to the figures of these counters (keys) of a report; `levels` is the programme's number of review levels. */
export function stepEach(world: World, cell: CellName, counters: Iterable<string>, step: Step): void {
  eachFigure(world, cell, counters, (before, counter, set, levels) => {
    set(step(before, counter, levels))
    if (before.moves !== undefined) balance(world, before.moves, counter)
  })
}

/** The same for one side of a move, which is balanced when both are there. */
export const stepSide = (world: World, cell: CellName, counters: Iterable<string>, step: Step): void =>
  eachFigure(world, cell, counters, (before, counter, set, levels) => set(step(before, counter, levels)))

function eachFigure(
  world: World,
  { unit, day }: CellName,
  counters: Iterable<string>,
  visit: (before: Figure, counter: string, set: (after: Figure) => void, levels: number) => void,
): void {
  const { setting, cells } = world
  const { programme, counters: index } = setting!
  const n = dayNumber(day)
  for (const key of counters) {
    const counter = index.get(key)!
    const before = cells.figure(unit, n, counter)
    const set = (after: Figure) => {
      cells.set(unit, n, counter, after)
      noteCorrection(world, unit, n, key, before.value, after.value)
    }
    visit(before, key, set, programme.reporting.reviewLevels)
  }
}

/** What all events about figures share in the table of events. */
export const aboutCell = {
  version: 1,
  upcast: [],
  subject: ({ unit, day }: CellName) => `report/${unit}/${day}`,
  cell: ({ unit, day }: CellName): CellName => ({ unit, day }),
  figures: (): readonly string[] => [],
  movesClock: false,
}

/** The same for events that give new versions to the figures in their `values`. */
export const aboutValues = {
  ...aboutCell,
  figures: ({ values }: { values: Readonly<Record<string, unknown>> }): readonly string[] => Object.keys(values),
}
