/** Today's reports of the streets, grouped by the units that one looks at. */
import type { Units } from '../../../shared/domain/units.ts'
import type { DueRow, DueState } from '../../../shared/view/rows.ts'

export interface Arrivals {
  unit: string
  /** in the order of `ORDER`, so that what is in stands left and what is missing right */
  dues: readonly DueRow[]
  missing: number
  open: number
}

const ORDER: readonly DueState[] = [
  'approved',
  'submitted',
  'disputed',
  'returned',
  'open',
  'missing',
  'off',
  'notStarted',
]

/** One group for each child of the unit; one of all when the children report themselves, or the unit does. */
export function arrivalsOf(units: Units, unit: string, dues: readonly DueRow[]): Arrivals[] {
  const byUnit = new Map(dues.map((d) => [d.unit, d]))
  const children = units.children(unit)
  const flat = children.every((c) => units.isLeaf(c))
  return (flat ? [unit] : children).map((code) => {
    const found = units.leaves(code).flatMap((leaf) => byUnit.get(leaf) ?? [])
    return {
      unit: code,
      dues: flat ? found : found.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
      missing: found.filter((d) => d.state === 'missing').length,
      open: found.filter((d) => d.state === 'open').length,
    }
  })
}

/** How many streets are in each state. */
export function stateCounts(dues: readonly DueRow[]): ReadonlyMap<DueState, number> {
  const counts = new Map<DueState, number>()
  for (const { state } of dues) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** Streets that owe days before today, most days first. */
export const owing = (dues: readonly DueRow[]): DueRow[] =>
  dues.filter((d) => d.owedCount > 0).toSorted((a, b) => b.owedCount - a.owedCount)
