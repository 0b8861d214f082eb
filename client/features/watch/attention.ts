/** What of a unit's reports wants somebody, the gravest first: each names the street and, where it is known, the day. */
import type { Day } from '../../../shared/progress/day.ts'
import type { Breakdown } from '../../../shared/progress/breakdown.ts'
import type { DayRow, SumsRow } from '../../../shared/view/rows.ts'
import type { Arrival, Owing } from './arrivals.ts'

export const KINDS = ['disputed', 'returned', 'missing', 'partial', 'owed'] as const
export type Kind = (typeof KINDS)[number]

/** One street with what it is about; `days` are the latest of those that are meant, ascending, empty where they are not known. */
export interface Wanting {
  unit: string
  days: readonly Day[]
  /** of `owed` and of what lies before today: how many reports */
  count: number
  /** the counter (index) of the figure that it is about; absent where that is not known, or all of them */
  counter?: number
}

export interface AttentionInput {
  /** today's reports */
  arrivals: readonly Arrival[]
  today: Day
  /** today is due: what is not in is missing */
  due: boolean
  /** reports of earlier days, most first */
  owing: readonly Owing[]
  /** of a reporting unit; undefined where it is not known */
  sums(unit: string): Pick<SumsRow, 'total' | 'today'> | undefined
  /** the days of a reporting unit, as far as they are known */
  days(unit: string): readonly Pick<DayRow, 'day' | 'breakdown'>[]
}

/** A part of a figure that somebody has to settle, or to give anew. */
type Contested = 'disputed' | 'returned'

/** Counters (indices) of which something is contested. */
const contestedIn = (breakdown: Breakdown, part: Contested): number[] =>
  breakdown.approved.flatMap((_, i) => {
    const { up, down } = breakdown[part]
    return (up[i] ?? 0) > 0 || (down[i] ?? 0) > 0 ? [i] : []
  })

/** Counters (indices) of which something of days before today is contested. */
const contestedBefore = ({ total, today }: Pick<SumsRow, 'total' | 'today'>, part: Contested): number[] =>
  contestedIn(total, part).filter((i) => {
    const more = (side: 'up' | 'down') => (total[part][side][i] ?? 0) > (today[part][side][i] ?? 0)
    return more('up') || more('down')
  })

/** Every kind that there is something of. */
export function attentionOf(input: AttentionInput): { kind: Kind; of: Wanting[] }[] {
  const { arrivals, today, due, owing } = input
  const named = (counter: number | undefined) => (counter === undefined ? {} : { counter })
  const onToday = (fits: (a: Arrival) => boolean, counterOf: (a: Arrival) => number | undefined): Wanting[] =>
    arrivals.filter(fits).map((a) => ({ unit: a.unit, days: [today], count: 1, ...named(counterOf(a)) }))
  const contested = (part: Contested): Wanting[] => [
    ...onToday(
      (a) => a.state === part,
      ({ unit }) => contestedIn(input.sums(unit)?.today ?? NOTHING, part)[0],
    ),
    ...arrivals.flatMap(({ unit }) => before(unit, part)),
  ]
  function before(unit: string, part: Contested): Wanting[] {
    const sums = input.sums(unit)
    if (sums === undefined || contestedBefore(sums, part).length === 0) return []
    const days = input
      .days(unit)
      .filter(({ day, breakdown }) => day !== today && contestedIn(breakdown, part).length > 0)
      .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    const counter = days.length === 0 ? undefined : contestedIn(days.at(-1)!.breakdown, part)[0]
    return [{ unit, days: days.map(({ day }) => day), count: Math.max(1, days.length), ...named(counter) }]
  }
  const by: Record<Kind, Wanting[]> = {
    disputed: contested('disputed'),
    returned: contested('returned'),
    missing: onToday(
      (a) => a.state === 'missing',
      () => undefined,
    ),
    partial: due
      ? onToday(
          (a) => a.partial && a.state !== 'missing',
          (a) => a.blank[0],
        )
      : [],
    owed: owing.map(({ unit, days, owedCount }) => ({ unit, days, count: owedCount })),
  }
  return KINDS.flatMap((kind) => (by[kind].length === 0 ? [] : [{ kind, of: by[kind] }]))
}

const NOTHING: Breakdown = {
  ...{ approved: [], waiting: { up: [], down: [] }, missing: [] },
  ...{ disputed: { up: [], down: [] }, returned: { up: [], down: [] } },
}
