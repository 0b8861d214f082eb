/** Order of units by completion, and who is furthest behind. */
import type { PaceRow } from '../../../shared/view/rows.ts'

export interface Ranked {
  unit: string
  /** equal completion shares a rank */
  rank: number
}

/** By completion, highest first; equals stay in the given order. */
export function rankUnits(paces: readonly PaceRow[]): Ranked[] {
  const sorted = paces.toSorted((a, b) => b.percent - a.percent)
  return sorted.map(({ unit, percent }) => ({ unit, rank: sorted.findIndex((p) => p.percent === percent) + 1 }))
}

/** The unit that lacks most against its path, and how much; null when none is behind. */
export function worstOf(paces: readonly PaceRow[]): { unit: string; gap: number } | null {
  let worst: { unit: string; gap: number } | null = null
  for (const { unit, expected, counted } of paces) {
    const gap = expected - counted
    if (gap > 0 && (worst === null || gap > worst.gap)) worst = { unit, gap }
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

/** Share of the approved in everything that is known or estimated, in percent; null when there is nothing. */
export function approvedShare({ a, w, d, r, m }: PaceRow['makeup']): number | null {
  const all = a + w + d + r + m
  return all === 0 ? null : (a / all) * 100
}

/** What is not approved yet, in points of the threshold. */
export const restPoints = ({ makeup: { w, d, r, m }, threshold }: Pick<PaceRow, 'makeup' | 'threshold'>): number =>
  threshold === 0 ? 0 : ((w + d + r + m) / threshold) * 100
