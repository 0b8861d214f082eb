/** Order of units by completion, and who is furthest behind. All figures of one moment: standings at the due day. */
import { downsOf, upsOf } from '../../../shared/progress/breakdown.ts'
import type { Standing } from '../../../shared/progress/standing.ts'
import { cut, pointsText } from '../../ui/numbers.ts'

export interface Ranked {
  unit: string
  /** equal completion shares a rank; null of a unit that has ended, or has nothing yet */
  rank: number | null
}

/** By completion, highest first; equals stay in the given order, units that have ended come last. */
export function rankUnits(standings: readonly Standing[]): Ranked[] {
  const live = standings.filter((s) => s.ended === null).toSorted((a, b) => b.countedPercent - a.countedPercent)
  const ended = standings.filter((s) => s.ended !== null)
  return [
    ...live.map(({ unit, countedPercent }) => ({
      unit,
      rank: countedPercent > 0 ? live.findIndex((s) => s.countedPercent === countedPercent) + 1 : null,
    })),
    ...ended.map(({ unit }) => ({ unit, rank: null })),
  ]
}

/**
 * The unit that lacks most against its path, and how much; null when none is behind. Of what is counted in whole permits the
 * path asks for the next whole number; a mean (`rate`) has decimals.
 */
export function worstOf(standings: readonly Standing[], rate: boolean): { unit: string; gap: number } | null {
  let worst: { unit: string; gap: number } | null = null
  for (const { unit, expected, counted, ended } of standings) {
    const gap = (rate ? expected : Math.ceil(expected)) - counted
    if (ended === null && gap > 0 && (worst === null || gap > worst.gap)) worst = { unit, gap }
  }
  return worst
}

/** What was approved since, in percent, so that the two percents add up to that of now as all three are shown (cut). */
export function sinceShown(counted: number, since: number): string {
  const shown = (percent: number) => Number(cut(percent, 2).replace('−', '-'))
  return pointsText(shown(counted + since) - shown(counted), 2)
}

const STEPS = [5, 7, 10, 15, 25, 50, 100] as const

/**
 * A range of points in steps, so that it seldom changes; never tighter than the severe line. It holds the given points but
 * for a few that lie so far out that the rest could not be told apart; those are to be marked as beyond it.
 */
export function rangeOf(points: readonly number[], severe: number): { low: number; high: number } {
  const step = (least: number) => STEPS.find((s) => s >= least) ?? 100
  const furthest = (values: readonly number[], least: number) => step(Math.max(least, furthestOfMost(values, least)))
  return {
    low: -furthest(
      points.map((p) => -p),
      Math.max(7, -severe * 1.2),
    ),
    high: furthest(points, 5),
  }
}

/** Where fewer are given, each is as good as the rest. */
const MANY = 4

/** The greatest value, without those (a tenth, at least one) that are more than twice as far out as all others need. */
function furthestOfMost(values: readonly number[], least: number): number {
  const sorted = values.toSorted((a, b) => b - a)
  const [most = 0] = sorted
  if (sorted.length < MANY) return most
  const others = sorted.slice(1, 1 + Math.ceil(sorted.length / 10))
  return others.find((next) => 2 * Math.max(least, next) < most) ?? most
}

/**
 * What is reported and not approved yet, in points of the threshold: what would be added, and what taken away. Points are
 * compared with the path through the reference day, so `breakdown` is that of the same days (see `standingAtDue`): what is
 * reported later is in neither, and approving it makes no difference.
 */
export function restPoints({ breakdown, threshold }: Pick<Standing, 'breakdown' | 'threshold'>): {
  ups: number
  downs: number
} {
  const points = (n: number) => (threshold === 0 ? 0 : (n / threshold) * 100)
  return { ups: points(upsOf(breakdown)), downs: points(downsOf(breakdown)) }
}

/** The first and the last of the units that are ranked; null when none has anything, or there is only one. */
export function firstAndLast(standings: readonly Standing[]): { first: string; last: string } | null {
  const live = rankUnits(standings.filter((s) => s.ended === null))
  const [first, last] = [live[0], live.at(-1)]
  return first?.rank == null || live.length < 2 ? null : { first: first.unit, last: last!.unit }
}
