/** Events of reports, and how they are folded into figures. */
import type { Day } from '../progress/day.ts'
import { withClaim, withValue, withoutClaim } from './figures.ts'
import { aboutCell, aboutValues, stampOf, stepEach } from './folding.ts'
import type { EventTable } from './noun.ts'
import { withdrawTotals } from './runningTotals.ts'
import type { Confirmed, Correction, Values } from './values.ts'

/** `values` holds only the counters that the event is about. `confirmed`: questions raised and confirmed, by counter, `confirmedWhy` the reason given. */
export interface ReportEvents {
  /** first values of an open day, or a change while it is still open */
  ReportSubmitted: { unit: string; day: Day; values: Values; confirmed?: Confirmed; confirmedWhy?: string }
  /** first values or a change when the day is due */
  ReportRestated: {
    unit: string
    day: Day
    values: Values
    type: Correction
    reason: string
    confirmed?: Confirmed
    confirmedWhy?: string
  }
  /**
   * Claims beside the standing values, replacing earlier claims by the same person; `basis` holds the version that each
   * is based on, `type` and `reason` are the claimant's. A claim equal to the standing value ends the dispute
   */
  ReportDisputed: {
    unit: string
    day: Day
    values: Values
    basis: Record<string, number>
    type?: Correction
    reason?: string
    confirmed?: Confirmed
    confirmedWhy?: string
  }
  DisputeSettled: { unit: string; day: Day; values: Values; reason: string; confirmed?: Confirmed }
  /** values, or the actor's own claims, are withdrawn */
  ReportWithdrawn: { unit: string; day: Day; counters: string[]; reason: string }
}

export const reportEvents: EventTable<ReportEvents> = {
  ReportSubmitted: {
    ...aboutValues,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      stepEach(world, data, Object.keys(data.values), (before, key, levels) =>
        withValue(before, data.values[key]!, stamp, levels, {
          confirmed: data.confirmed?.[key],
          why: data.confirmedWhy,
        }),
      )
    },
  },
  ReportRestated: {
    ...aboutValues,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      const restated = { type: data.type, reason: data.reason }
      stepEach(world, data, Object.keys(data.values), (before, key, levels) =>
        withValue(before, data.values[key]!, stamp, levels, {
          restated,
          confirmed: data.confirmed?.[key],
          why: data.confirmedWhy,
        }),
      )
    },
  },
  ReportDisputed: {
    ...aboutValues,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      stepEach(world, data, Object.keys(data.values), (before, key, levels) =>
        withClaim(before, data.values[key]!, stamp, levels, {
          confirmed: data.confirmed?.[key],
          why: data.confirmedWhy,
        }),
      )
    },
  },
  DisputeSettled: {
    ...aboutValues,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      const restated = { type: 'corrected' as const, reason: data.reason, settled: true as const }
      stepEach(world, data, Object.keys(data.values), (before, key, levels) =>
        withValue(before, data.values[key]!, stamp, levels, {
          restated,
          confirmed: data.confirmed?.[key],
          // what was settled for has its reason
          why: data.confirmed?.[key] && data.reason,
        }),
      )
    },
  },
  ReportWithdrawn: {
    ...aboutCell,
    figures: ({ counters }) => counters,
    evolve(world, event) {
      const { unit, day, counters } = event.data
      const stamp = stampOf(event)
      stepEach(world, event.data, counters, (before, counter, levels) => {
        if (before.state === 'disputed') return withoutClaim(before, levels)
        withdrawTotals(world.totals, unit, day, [counter])
        return withValue(before, null, stamp, levels)
      })
    },
  },
}
