/** What a total is made of: the approved figure and, beside it, by how much everything else would change it (U7). */

/** Permits by counter, in the programme's order of counters. */
export type Counts = readonly number[]

/** By how much a part would change the total, by counter; ups and downs apart, neither negative. */
export interface Shift {
  up: Counts
  down: Counts
}

/** A total with all its counters. */
export interface Breakdown {
  approved: Counts
  waiting: Shift
  disputed: Shift
  returned: Shift
  /** estimated; never part of a printed total */
  missing: Counts
}

/** The ups and downs of one counter, neither negative. */
export interface UpDown {
  readonly up: number
  readonly down: number
}

/** One counter of a breakdown: permits, or permits a day for a rate. */
export interface CounterBreakdown {
  readonly approved: number
  readonly waiting: UpDown
  readonly disputed: UpDown
  readonly returned: UpDown
  readonly missing: number
}

/** The parts made of reported but unapproved figures. */
export const SHIFTS = ['waiting', 'disputed', 'returned'] as const

const STILL: UpDown = Object.freeze({ up: 0, down: 0 })

/** A breakdown of nothing. */
export const NO_BREAKDOWN: CounterBreakdown = Object.freeze({
  approved: 0,
  waiting: STILL,
  disputed: STILL,
  returned: STILL,
  missing: 0,
})

/** One counter (by index) of a breakdown; missing entries are 0. */
export function counterOf(breakdown: Breakdown, counter: number): CounterBreakdown {
  const shift = ({ up, down }: Shift): UpDown => ({ up: up[counter] ?? 0, down: down[counter] ?? 0 })
  return {
    approved: breakdown.approved[counter] ?? 0,
    waiting: shift(breakdown.waiting),
    disputed: shift(breakdown.disputed),
    returned: shift(breakdown.returned),
    missing: breakdown.missing[counter] ?? 0,
  }
}

/** True when every part of every counter is 0. */
export function isNothing({ approved, missing, waiting, disputed, returned }: Breakdown): boolean {
  const parts = [approved, missing, ...[waiting, disputed, returned].flatMap(({ up, down }) => [up, down])]
  return parts.every((counts) => counts.every((n) => n === 0))
}

/** `x + factor × y`, part by part. */
export function plus(x: CounterBreakdown, y: CounterBreakdown, factor: number): CounterBreakdown {
  const shift = (a: UpDown, b: UpDown): UpDown => ({ up: a.up + factor * b.up, down: a.down + factor * b.down })
  return {
    approved: x.approved + factor * y.approved,
    waiting: shift(x.waiting, y.waiting),
    disputed: shift(x.disputed, y.disputed),
    returned: shift(x.returned, y.returned),
    missing: x.missing + factor * y.missing,
  }
}

/** `x ÷ n`, part by part: each is divided once. */
export function over(x: CounterBreakdown, n: number): CounterBreakdown {
  const shift = ({ up, down }: UpDown): UpDown => ({ up: up / n, down: down / n })
  return {
    approved: x.approved / n,
    waiting: shift(x.waiting),
    disputed: shift(x.disputed),
    returned: shift(x.returned),
    missing: x.missing / n,
  }
}

/** What approving every reported figure would add; estimates are not reported. */
export const upsOf = ({ waiting, disputed, returned }: CounterBreakdown): number =>
  waiting.up + disputed.up + returned.up

/** What approving every reported figure would take away. */
export const downsOf = ({ waiting, disputed, returned }: CounterBreakdown): number =>
  waiting.down + disputed.down + returned.down

/** The approved figure as it would be if every reported figure were approved; without estimates. */
export const reportedOf = (x: CounterBreakdown): number => x.approved + upsOf(x) - downsOf(x)

/** Approved share (审定率), a ÷ (a + ups + m), in percent (U13), divided once; null when there is nothing. */
export function approvedShare(x: CounterBreakdown): number | null {
  const all = x.approved + upsOf(x) + x.missing
  return all === 0 ? null : (100 * x.approved) / all
}

/** True when there is nothing beside the approved part. */
export const isSettled = (x: CounterBreakdown): boolean => upsOf(x) === 0 && downsOf(x) === 0 && x.missing === 0
