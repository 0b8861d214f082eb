/** A day's figure as the panels print it, and the mark beside one that is not approved. */
import { type CounterBreakdown, upsOf } from '../../../shared/progress/breakdown.ts'
import { amountOf, SHIFT_PARTS, type ShiftPart } from '../../ui/texture.ts'

/**
 * What is approved and what waits to be added. What waits to be taken away still counts, and stays in it: a figure whose
 * withdrawal is open or was returned is no 0.
 */
export const printed = (figures: CounterBreakdown): number => figures.approved + upsOf(figures)

/** The least proven part of a figure; a bite where that would only take away. Null when all of it is approved. */
export function leastProven(figures: CounterBreakdown): { part: ShiftPart; bite: boolean } | null {
  const part = SHIFT_PARTS.findLast((p) => {
    const { up, down } = amountOf(figures, p)
    return up > 0 || down > 0
  })
  return part === undefined ? null : { part, bite: amountOf(figures, part).up === 0 }
}
