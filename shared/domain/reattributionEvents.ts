/** Events of moving figures from one report to another, and their folds. */
import type { Day } from '../progress/day.ts'
import { withValue } from './figures.ts'
import { aboutCell, aboutValues, stampOf, stepSide } from './folding.ts'
import { balance } from './moves.ts'
import type { EventTable } from './noun.ts'
import type { CellName, Confirmed, Values } from './values.ts'
import type { Offer, World } from './world.ts'

export interface ReattributionEvents {
  /** one side of a move; the same command has an event for the other side */
  ReportReattributed: {
    unit: string
    day: Day
    side: 'from' | 'to'
    /** values of this report after the move; null = blank */
    values: Record<string, number | null>
    moved: Values
    other: CellName
    reason: string
    /** the offer that was accepted, if it began as one */
    offer?: number
    /**
     * by counter whose giving side awaits review: numbers of the moves reviewed together with it, this one and those
     * that the moved value was already part of
     */
    moves?: Record<string, number[]>
    /** on the taking side: questions confirmed now, and the marks of the values that make up the sum */
    confirmed?: Confirmed
  }
  /** `unit` and `day` name the giving report; `asks` is the side that has to accept */
  ReattributionOffered: {
    offer: number
    unit: string
    day: Day
    to: CellName
    asks: 'from' | 'to'
    values: Values
    /** values of the taking report when the offer was made; null = blank */
    there: Record<string, number | null>
    /** versions of both sides' figures when the offer was made, by counter */
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
      const isGiving = data.side === 'from'
      stepSide(world, data, Object.keys(data.values), (before, key, levels) =>
        withValue(before, data.values[key]!, stamp, levels, {
          restated,
          confirmed: data.confirmed?.[key],
          moves: data.moves?.[key],
          away: isGiving ? (before.approved ?? undefined) : undefined,
        }),
      )
      for (const move of new Set(Object.values(data.moves ?? {}).flat())) takePart(world, move, data)
      if (!isGiving) for (const [key, moves] of Object.entries(data.moves ?? {})) balance(world, moves, key)
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

/** Records that figures of the report await review as part of the move. */
function takePart({ moves }: World, move: number, { unit, day }: CellName): void {
  const parts = moves.get(move) ?? []
  if (!parts.some((part) => part.unit === unit && part.day === day)) moves.set(move, [...parts, { unit, day }])
}

function end({ offers }: World, offer: number, state: Offer['state']): void {
  offers.set(offer, { ...offers.get(offer)!, state })
}
