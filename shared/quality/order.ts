/** Does a running total exceed that of the counter which it is within? (R49) */
import type { OrderEvidence } from './question.ts'

/** `before`, `after`: running totals by counter at the end of the day before and of the day. Asked where the excess grows, once. */
export function order(
  counter: number,
  within: number,
  before: readonly number[],
  after: readonly number[],
): OrderEvidence | null {
  const excess = after[counter]! - after[within]!
  const was = Math.max(0, before[counter]! - before[within]!)
  return excess <= was ? null : { totals: after, within, excess, before: was }
}
