/** Bars of days by their parts: what is approved, what stands on it, and bites where something would be taken away. */
import { type CounterBreakdown, reportedOf } from '../../shared/progress/breakdown.ts'
import { BITE_DEPTH, PARTS, segments } from '../ui/texture.ts'
import type { Box } from './option.ts'
import type { Palette } from './palette.ts'
import { biteStyles, type PartStyle, partStyles } from './texture.ts'

/** Half widths of bars, in days. */
const WORK = 0.38
const OFF = 0.26

/** How tall the bar of a breakdown is, estimates included. */
export const heightOf = (breakdown: CounterBreakdown): number =>
  segments(breakdown, 0, 1).reduce((top, s) => Math.max(top, s.x + s.width), 0)

/**
 * A working day's bar from the middle of day `first` to the middle of day `last` (the same for a report of one day).
 * `approved` overrides how the approved part is drawn.
 */
export function partBars(
  breakdown: CounterBreakdown,
  first: number,
  last: number,
  palette: Palette,
  approved?: PartStyle,
): Box[] {
  const styles = partStyles(palette)
  const bites = biteStyles(palette)
  const [left, right] = [first - WORK, last + WORK]
  return segments(breakdown, 0, 1)
    .toSorted((a, b) => Number(a.bite) - Number(b.bite) || PARTS.indexOf(a.part) - PARTS.indexOf(b.part))
    .map(({ part, x, width, bite }): Box => {
      if (bite && part !== 'a' && part !== 'm')
        return { value: [left + (1 - BITE_DEPTH) * (right - left), x, right, x + width], ...bites[part] }
      return { value: [left, x, right, x + width], ...(part === 'a' && approved ? approved : styles[part]) }
    })
}

/** A day off: one narrow grey bar of everything that was reported. */
export const offBar = (breakdown: CounterBreakdown, at: number, palette: Palette): Box => ({
  value: [at - OFF, 0, at + OFF, reportedOf(breakdown)],
  fill: palette.ink3,
})
