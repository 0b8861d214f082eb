/** Moves that await review: which figures wait together, and where what of them is approved counts meanwhile (R38, K5). */
import { dayNumber } from '../progress/day.ts'
import type { Figure } from './cells.ts'
import type { CellName } from './values.ts'
import type { World } from './world.ts'

type Moving = Pick<World, 'setting' | 'cells' | 'moves'>

const figureIn = ({ setting, cells }: Moving, { unit, day }: CellName, counter: string): Figure =>
  cells.figure(unit, dayNumber(day), setting!.counters.get(counter)!)

const isSame = (some: CellName, other: CellName): boolean => some.unit === other.unit && some.day === other.day

/** Reports whose figure of the counter (a key) waits in one of these moves, directly or by way of others. */
export function partsIn(world: Moving, moves: readonly number[], counter: string): CellName[] {
  const parts: CellName[] = []
  const found = [...moves]
  // the list grows while it is iterated
  for (const move of found)
    for (const part of world.moves.get(move) ?? []) {
      const own = figureIn(world, part, counter).moves ?? []
      if (!own.includes(move) || parts.some((known) => isSame(known, part))) continue
      parts.push(part)
      found.push(...own.filter((more) => !found.includes(more)))
    }
  return parts
}

/** The report itself, then every other whose figure of the counter waits together with this one's. */
export const partsOf = (world: Moving, cell: CellName, counter: string): CellName[] => [
  cell,
  ...partsIn(world, figureIn(world, cell, counter).moves ?? [], counter).filter((part) => !isSame(part, cell)),
]

/**
 * To be called after a figure that waits in these moves has changed: what of approved values counts elsewhere must be part
 * of a value there. Where that was withdrawn, returned, or given anew with less, the rest counts where it is approved.
 */
export function balance(world: Moving, moves: readonly number[], counter: string): void {
  const parts = partsIn(world, moves, counter).map((cell) => ({ cell, figure: figureIn(world, cell, counter) }))
  let excess = 0
  for (const { figure } of parts)
    excess += (figure.away ?? 0) - (figure.returned === undefined ? (figure.value ?? 0) : 0)
  for (const { cell, figure } of parts) {
    if (excess <= 0) return
    const back = Math.min(excess, figure.away ?? 0)
    if (back === 0) continue
    excess -= back
    const next = { ...figure, away: figure.away! - back }
    world.cells.set(cell.unit, dayNumber(cell.day), world.setting!.counters.get(counter)!, next)
  }
}
