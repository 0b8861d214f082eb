/** Order of units by completion, and who is furthest behind. All figures of one moment: standings at the due day. */
import { downsOf, upsOf } from '../../../shared/progress/breakdown.ts'
import type { Standing } from '../../../shared/progress/standing.ts'

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

/** The unit that lacks most against its path, and how much; null when none is behind. */
export function worstOf(standings: readonly Standing[]): { unit: string; gap: number } | null {
  let worst: { unit: string; gap: number } | null = null
  for (const { unit, expected, counted, ended } of standings) {
    const gap = expected - counted
    if (ended === null && gap > 0 && (worst === null || gap > worst.gap)) worst = { unit, gap }
  }
  return worst
}

const STEPS = [5, 7, 10, 15, 25, 50, 100] as const

/** A range of points that holds the given ones, in steps, so that it seldom changes; never tighter than the severe line. */
export function rangeOf(points: readonly number[], severe: number): { low: number; high: number } {
  const step = (least: number) => STEPS.find((s) => s >= least) ?? 100
  return {
    low: -step(Math.max(7, -severe * 1.2, ...points.map((p) => -p))),
    high: step(Math.max(5, ...points)),
  }
}

/** What is reported and not approved yet, in points of the threshold: ups, and the balance of ups and downs. */
export function restPoints({ breakdown, threshold }: Pick<Standing, 'breakdown' | 'threshold'>): {
  ups: number
  balance: number
} {
  const points = (n: number) => (threshold === 0 ? 0 : (n / threshold) * 100)
  return { ups: points(upsOf(breakdown)), balance: points(upsOf(breakdown) - downsOf(breakdown)) }
}
