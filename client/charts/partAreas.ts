/** What stands beside a running total, part by part: ups on the approved line, bites below it, in the order of the parts (U7). */
import { type CounterBreakdown, upsOf } from '../../shared/progress/breakdown.ts'
import { amountOf, SHIFT_PARTS } from '../ui/texture.ts'
import type { Area } from './option.ts'
import type { Palette } from './palette.ts'
import { biteStyles, partStyles } from './texture.ts'

/** A total at the end of a day (x: index of the series). */
export type LevelAt = readonly [x: number, level: CounterBreakdown]

/** A part that is nothing on all of the days has no area. */
export function partAreas(levels: readonly LevelAt[], palette: Palette): Area[] {
  const styles = partStyles(palette)
  const bites = biteStyles(palette)
  const found: Area[] = []
  let top = levels.map(([x, level]) => [x, level.approved] as const)
  let bottom = top
  for (const part of SHIFT_PARTS) {
    const amounts = levels.map(([, level]) => amountOf(level, part))
    if (amounts.some(({ up }) => up > 0)) {
      const upper = top.map(([x, y], i) => [x, y + amounts[i]!.up] as const)
      found.push({ upper, lower: top, fill: styles[part].fill })
      top = upper
    }
    if (amounts.some(({ down }) => down > 0)) {
      const lower = bottom.map(([x, y], i) => [x, y - amounts[i]!.down] as const)
      found.push({ upper: bottom, lower, fill: bites[part].fill })
      bottom = lower
    }
  }
  return found
}

/** Where what is missing would bring the total, estimated; only days of which something is. */
export const missingLine = (levels: readonly LevelAt[]): (readonly [x: number, y: number])[] =>
  levels.flatMap(([x, level]) =>
    level.missing > 0 ? [[x, level.approved + upsOf(level) + level.missing] as const] : [],
  )
