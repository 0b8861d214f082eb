/** Levels of review: who reviews at which of them follows from the tree (K6). */
import type { Setting } from './world.ts'

/**
 * The highest level at which somebody at this unit reviews: the topmost unit at the last, each step down at one less.
 * 0 = at none.
 */
export function reviewLevelAt({ units, programme }: Pick<Setting, 'units' | 'programme'>, unit: string): number {
  const depth = units.chain(unit).length - 1
  return depth < 0 ? 0 : Math.max(0, programme.reporting.reviewLevels - depth)
}
