/** What a total is made of: the approved figure, and beside it by how much everything else would change it. */

/** Permits by counter, in the programme's order of counters. */
export type Counts = readonly number[]

/** By how much a part would change the total: ups and downs kept apart, neither negative. */
export interface Shift {
  up: Counts
  down: Counts
}

/** All counters of a total. */
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

/** Parts that hold figures which are not approved. */
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

/** One counter (by index) of a breakdown; counters that it does not have are 0. */
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

/** Is every part zero? */
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

/** `factor × x`, part by part. */
export const times = (x: CounterBreakdown, factor: number): CounterBreakdown => plus(NO_BREAKDOWN, x, factor)

/** Everything that reported figures would add if it were approved; estimates are not reported. */
export const upsOf = ({ waiting, disputed, returned }: CounterBreakdown): number =>
  waiting.up + disputed.up + returned.up

/** Everything that reported figures would take away if it were approved. */
export const downsOf = ({ waiting, disputed, returned }: CounterBreakdown): number =>
  waiting.down + disputed.down + returned.down

/** The approved figure if everything that was reported were approved; without estimates. */
export const reportedOf = (x: CounterBreakdown): number => x.approved + upsOf(x) - downsOf(x)

/** Share of the approved in everything that is there or should be (审定率), 0…1; null when there is nothing. */
export function approvedShare(x: CounterBreakdown): number | null {
  const all = x.approved + upsOf(x) + x.missing
  return all === 0 ? null : x.approved / all
}

/** True when nothing but what is approved is there. */
export const isSettled = (x: CounterBreakdown): boolean => upsOf(x) === 0 && downsOf(x) === 0 && x.missing === 0
