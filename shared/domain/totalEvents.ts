/** The event of running totals: they are stored as reported, beside whatever figures they come to (F21). */
import { type Day, dayNumber } from '../progress/day.ts'
import { aboutCell, stampOf } from './folding.ts'
import type { EventTable } from './noun.ts'
import { totalsKey, totalsOf, withTotal } from './runningTotals.ts'
import type { Values } from './values.ts'

export interface TotalEvents {
  /**
   * `totals` by counter key, as reported. `off`: by how much the days since the total before are known to differ from the
   * difference, where they do; `reason` where one was given
   */
  TotalsReported: { unit: string; day: Day; totals: Values; off?: Record<string, number>; reason?: string }
}

export const totalEvents: EventTable<TotalEvents> = {
  TotalsReported: {
    ...aboutCell,
    evolve(world, event) {
      const { unit, day, totals, off } = event.data
      const { seq: version, by, at } = stampOf(event)
      for (const counter in totals) {
        const stored = { day: dayNumber(day), total: totals[counter]!, version, by, at, changed: 0 }
        const all = withTotal(totalsOf(world, unit, counter), { ...stored, off: off?.[counter] ?? 0 })
        world.totals.set(totalsKey(unit, counter), all)
      }
    },
  },
}
