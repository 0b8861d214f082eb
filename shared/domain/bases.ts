/** The bases that coverages are measured against, looked up once for all reports. */
import type { Programme } from './programme.ts'

export interface CoverageBases {
  /** values of the unit's bases that some coverage target measures the counter (an index) against; newest version of each */
  of(unit: string, counter: number): readonly number[]
}

export function coverageBases({ baselines, bases, counters }: Programme): CoverageBases {
  const latest = new Map<string, Map<string, number>>()
  for (const b of bases) {
    const values = latest.get(b.key) ?? new Map<string, number>()
    latest.set(b.key, values.set(b.unit, b.value))
  }
  const keys = counters.map(() => new Set<string>())
  for (const { targets } of baselines)
    for (const { measure, counter, base } of targets)
      if (measure === 'coverage' && base !== null) keys[counters.findIndex((c) => c.key === counter)]?.add(base)
  const byCounter = keys.map((names) => {
    const found = new Map<string, number[]>()
    for (const name of names)
      for (const [unit, value] of latest.get(name) ?? []) found.set(unit, [...(found.get(unit) ?? []), value])
    return found
  })
  const none: readonly number[] = []
  return { of: (unit, counter) => byCounter[counter]?.get(unit) ?? none }
}
