/** What happens when figures move from one report to another, and how it is folded. */
import type { Day } from '../progress/day.ts'
import { withValue } from './figures.ts'
import { aboutCell, aboutValues, stampOf, stepEach } from './folding.ts'
import type { CellName, EventTable } from './noun.ts'
import type { Confirmed, Values } from './values.ts'
import type { Offer, World } from './world.ts'

export interface ReattributionEvents {
  /** one side of a move; the event about the other side is in the same command */
  ReportReattributed: {
    unit: string
    day: Day
    side: 'from' | 'to'
    /** of this report after the move; null = blank */
    values: Record<string, number | null>
    moved: Values
    other: CellName
    reason: string
    /** the offer that was accepted, if it began as one */
    offer?: number
    /**
     * with review, by counter of which the giving side waits: numbers of the moves that are reviewed together with it,
     * its own and those that what moves was part of already
     */
    moves?: Record<string, number[]>
    /** of what takes: questions confirmed now, and those that what moves or what stood there had */
    confirmed?: Confirmed
  }
  /** `unit` and `day` are the report that would give; `asks` is the side that has yet to agree */
  ReattributionOffered: {
    offer: number
    unit: string
    day: Day
    to: CellName
    asks: 'from' | 'to'
    values: Values
    /** what stood in the report that would take */
    there: Record<string, number | null>
    /** of both sides, by counter */
    versions: { from: Record<string, number>; to: Record<string, number> }
    reason: string
  }
  ReattributionDeclined: { offer: number; unit: string; day: Day; to: CellName; reason: string }
}

export const reattributionEvents: EventTable<ReattributionEvents> = {
  ReportReattributed: {
    ...aboutValues,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      const restated = { type: 'reattributed' as const, reason: data.reason }
      stepEach(world, data, Object.keys(data.values), (before, key, levels) =>
        withValue(before, data.values[key]!, stamp, levels, {
          restated,
          confirmed: data.confirmed?.[key],
          moves: data.moves?.[key],
        }),
      )
      for (const move of new Set(Object.values(data.moves ?? {}).flat())) takePart(world, move, data)
      if (data.offer !== undefined) end(world, data.offer, 'accepted')
    },
  },
  ReattributionOffered: {
    ...aboutCell,
    evolve(world, event) {
      const { offer, unit, day, ...about } = event.data
      const { by, at } = stampOf(event)
      world.offers.set(offer, { from: { unit, day }, ...about, by, at, state: 'open' })
    },
  },
  ReattributionDeclined: { ...aboutCell, evolve: (world, { data }) => end(world, data.offer, 'declined') },
}

/** Remembers that figures of the report wait as parts of the move. */
function takePart({ moves }: World, move: number, { unit, day }: CellName): void {
  const parts = moves.get(move) ?? []
  if (!parts.some((part) => part.unit === unit && part.day === day)) moves.set(move, [...parts, { unit, day }])
}

function end({ offers }: World, offer: number, state: Offer['state']): void {
  offers.set(offer, { ...offers.get(offer)!, state })
}
