/** Days for charts: counter 1 of a breakdown. */
import type { DayFigures } from '../../../client/charts/series.ts'
import { type Breakdown, type CounterBreakdown, NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'

/** A breakdown of two counters of which the second has what is given. */
export function second(of: Partial<CounterBreakdown>): Breakdown {
  const { approved, waiting, disputed, returned, missing } = { ...NO_BREAKDOWN, ...of }
  const shift = ({ up, down }: CounterBreakdown['waiting']) => ({ up: [0, up], down: [0, down] })
  return {
    approved: [9, approved],
    waiting: shift(waiting),
    disputed: shift(disputed),
    returned: shift(returned),
    missing: [0, missing],
  }
}

export const day = (of: string, figures: Partial<CounterBreakdown>): DayFigures => ({
  day: of,
  breakdown: second(figures),
})
