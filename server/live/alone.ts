/** What a report's stored events did to it: folded into a world that holds nothing else. */
import { createCells } from '../../shared/domain/columns.ts'
import { putAside } from '../../shared/domain/puttingAside.ts'
import { noSilence } from '../../shared/domain/silence.ts'
import { tableOf } from '../../shared/domain/table.ts'
import type { World } from '../../shared/domain/world.ts'
import { cellOf, evolve, type Recorded } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { figuresOf } from './ledger.ts'
import type { ChangedCell } from './state.ts'

/** Events about one subject, in order, each with its report before and after; null where it is about none. */
export interface Alone {
  world: World
  fold(events: readonly Recorded[]): { event: Recorded; cell: ChangedCell | null }[]
}

/** A world for the events of one subject after the other; `world` is the one that they come from. */
export function standAlone(world: World): Alone {
  const { setting, offers, moves, inquiries } = world
  const own = { cells: createCells(setting), offers: offers.fork(), moves: moves.fork(), silence: noSilence() }
  const alone: World = { ...world, ...own, inquiries: inquiries.fork(), totals: tableOf() }
  return {
    world: alone,
    fold(events) {
      const takings = [...world.notBegun.entries()]
      return events.map((event) => {
        while (takings.length > 0 && takings[0]![0] < event.seq) putAside(alone, takings.shift()![1].to)
        return { event, cell: foldOne(alone, event) }
      })
    },
  }
}

function foldOne(alone: World, event: Recorded): ChangedCell | null {
  const name = cellOf(event)
  if (name === null) return null
  const day = dayNumber(name.day)
  const before = figuresOf(alone, name.unit, day)
  evolve(alone, event)
  return { ...name, before, after: figuresOf(alone, name.unit, day), others: [] }
}
