/** What of a unit's reports wants somebody, the gravest first: each names the street and, where it is known, the day. */
import type { Day } from '../../../shared/progress/day.ts'
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'
import type { Arrival, Owing } from './arrivals.ts'

export const KINDS = ['disputed', 'returned', 'missing', 'partial', 'owed'] as const
export type Kind = (typeof KINDS)[number]

/** One street with what it is about; `days` are the latest of those that are meant, ascending, empty where they are not known. */
export interface Wanting {
  unit: string
  days: readonly Day[]
  /** of `owed` and of what lies before today: how many reports */
  count: number
}

export interface AttentionInput {
  /** today's reports */
  arrivals: readonly Arrival[]
  today: Day
  /** today is due: what is not in is missing */
  due: boolean
  /** reports of earlier days, most first */
  owing: readonly Owing[]
  /** what stands beside the approved total of a unit; undefined where it is not known */
  total(unit: string): CounterBreakdown | undefined
}

/** Every kind that there is something of. */
export function attentionOf({ arrivals, today, due, owing, total }: AttentionInput): { kind: Kind; of: Wanting[] }[] {
  const onToday = (fits: (a: Arrival) => boolean): Wanting[] =>
    arrivals.filter(fits).map(({ unit }) => ({ unit, days: [today], count: 1 }))
  const before = (part: 'disputed' | 'returned', state: Arrival['state']): Wanting[] =>
    arrivals.flatMap(({ unit, state: now }) => {
      const of = total(unit)?.[part]
      return now !== state && of !== undefined && (of.up > 0 || of.down > 0) ? [{ unit, days: [], count: 1 }] : []
    })
  const by: Record<Kind, Wanting[]> = {
    disputed: [...onToday((a) => a.state === 'disputed'), ...before('disputed', 'disputed')],
    returned: [...onToday((a) => a.state === 'returned'), ...before('returned', 'returned')],
    missing: onToday((a) => a.state === 'missing'),
    partial: due ? onToday((a) => a.partial && a.state !== 'missing') : [],
    owed: owing.map(({ unit, days, owedCount }) => ({ unit, days, count: owedCount })),
  }
  return KINDS.flatMap((kind) => (by[kind].length === 0 ? [] : [{ kind, of: by[kind] }]))
}
