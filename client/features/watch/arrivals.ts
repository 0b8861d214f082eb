/** Today's reports of the streets, grouped by the units that one looks at. */
import type { Units } from '../../../shared/domain/units.ts'
import type { DueState } from '../../../shared/view/due.ts'
import type { BelowRow, SumsRow } from '../../../shared/view/rows.ts'

/** A reporting unit and today's report of it. */
export interface Arrival {
  unit: string
  state: DueState
  /** counters (indices) that it leaves blank, where it gives others */
  blank: readonly number[]
  /** one of them is expected: the report is not whole, whatever state its figures are in */
  partial: boolean
}

export interface Arrivals {
  unit: string
  /** in the order of `ORDER`, so that what is in stands left and what is missing right */
  reports: readonly Arrival[]
  /** reporting units that are too many to have a row of their own: only how many, null where there are none */
  below: BelowRow | null
  missing: number
  partial: number
  open: number
}

const ORDER: readonly DueState[] = [
  'approved',
  'submitted',
  'disputed',
  'returned',
  'partial',
  'open',
  'missing',
  'off',
  'notStarted',
  'ended',
]

/** Reporting units among the rows of sums; `expected` are the counters (indices) that today expects of one. */
export const arrivals = (sums: Iterable<SumsRow>, expected: (unit: string) => readonly number[]): Arrival[] => {
  const found: Arrival[] = []
  for (const { unit, state, blank = [] } of sums) {
    if (state === null) continue
    const due = blank.length === 0 ? [] : expected(unit)
    found.push({ unit, state, blank, partial: state === 'partial' || due.some((c) => blank.includes(c)) })
  }
  return found
}

/** One group for each child of the unit; one of all when the children report themselves, or the unit does. */
export function arrivalsOf(
  units: Units,
  unit: string,
  reports: readonly Arrival[],
  below: (child: string) => BelowRow | undefined,
  /** today is due: what is not in is missing */
  due: boolean,
): Arrivals[] {
  const byUnit = new Map(reports.map((r) => [r.unit, r]))
  const children = units.children(unit)
  const flat = children.every((c) => units.isLeaf(c))
  return (flat ? [unit] : children).map((code) => {
    const found = units.leaves(code).flatMap((leaf) => byUnit.get(leaf) ?? [])
    const sum = below(code) ?? null
    const count = (state: DueState) => found.filter((r) => r.state === state).length
    return {
      unit: code,
      reports: flat ? found : found.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state)),
      below: sum,
      missing: count('missing') + (due ? (sum?.missing ?? 0) : 0),
      partial: found.filter((r) => r.partial).length + (sum?.partial ?? 0),
      open: count('open') + (due ? 0 : (sum?.missing ?? 0)),
    }
  })
}

/** How many reporting units are in each state. */
export function stateCounts(reports: readonly Arrival[]): ReadonlyMap<DueState, number> {
  const counts = new Map<DueState, number>()
  for (const { state } of reports) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** A unit that owes reports of days before today; `days` are the latest of them, ascending, where they are known. */
export interface Owing {
  unit: string
  owedCount: number
  days: readonly string[]
}

/** Units that owe something, most first. */
export const owing = (units: readonly Owing[]): Owing[] =>
  units.filter((u) => u.owedCount > 0).toSorted((a, b) => b.owedCount - a.owedCount)
