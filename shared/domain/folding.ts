/** Folding an event about figures: each of its counters takes one step. */
import { dayNumber } from '../progress/day.ts'
import type { Figure } from './cells.ts'
import type { Stamp } from './figures.ts'
import type { CellName, FoldInput } from './noun.ts'
import type { World } from './world.ts'

export const stampOf = ({ seq, actor, at }: FoldInput<unknown>): Stamp => ({ seq, by: actor, at: Date.parse(at) })

/** Replaces the figures of these counters (keys) in a report; `levels` are the programme's levels of review. */
export function stepEach(
  { setting, cells }: World,
  { unit, day }: CellName,
  counters: Iterable<string>,
  step: (before: Figure, counter: string, levels: number) => Figure,
): void {
  const { programme, counters: index } = setting!
  const n = dayNumber(day)
  for (const key of counters) {
    const counter = index.get(key)!
    cells.set(unit, n, counter, step(cells.figure(unit, n, counter), key, programme.reporting.reviewLevels))
  }
}

/** What events about figures have in common in the table of events. */
export const aboutCell = {
  version: 1,
  upcast: [],
  subject: ({ unit, day }: CellName) => `report/${unit}/${day}`,
  cell: ({ unit, day }: CellName): CellName => ({ unit, day }),
  figures: (): readonly string[] => [],
  movesClock: false,
}

/** The same of events that give the figures of their values a new version. */
export const aboutValues = {
  ...aboutCell,
  figures: ({ values }: { values: Readonly<Record<string, unknown>> }): readonly string[] => Object.keys(values),
}
