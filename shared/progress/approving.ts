/** What approving would do to a unit's standing: before and after, ups and downs never netted. Pure. */
import { approvedShare, type Breakdown, type Counts, type UpDown } from './breakdown.ts'
import { type Day } from './day.ts'
import { type Plan, type Standing, type StandingClock, type StandingClosed, standingOf } from './standing.ts'

/** By how much approving one figure of the plan's counter changes what is approved, in permits; neither is negative. */
export interface Approval extends UpDown {
  unit: string
  day: Day
}

/** A unit now, and as it would be after the approvals. */
export interface Approving extends UpDown {
  /** of them those through the reference day, which are compared with the path */
  inTime: UpDown
  before: Standing
  after: Standing
  /** approved share in percent, before and after; null where there is nothing */
  share: { before: number | null; after: number | null }
}

const added = (counts: Counts, counter: number, by: number): Counts =>
  Array.from({ length: Math.max(counts.length, counter + 1) }, (_, i) => (counts[i] ?? 0) + (i === counter ? by : 0))

/** What waits may be less than what is approved where the rows are older than the figures: it is never below 0. */
const without = (counts: Counts, counter: number, by: number): Counts =>
  added(counts, counter, -Math.min(by, counts[counter] ?? 0))

/**
 * `approvals` of all units; those outside `unit` are left out. Null for a unit without a part of the target, and for a rate:
 * what its week holds of the approvals is not known here.
 */
export function approvingOf(
  plan: Plan,
  unit: string,
  { total }: { total: Breakdown },
  closed: StandingClosed,
  clock: StandingClock,
  approvals: readonly Approval[],
): Approving | null {
  const before = plan.target.measure === 'rate' ? null : standingOf(plan, unit, { total }, closed, clock)
  if (before === null) return null
  const { counter, setting } = plan
  const its = approvals.filter((approval) => setting.units.within(approval.unit, unit))
  const sum = (part: keyof UpDown, list: readonly Approval[]) => list.reduce((n, each) => n + each[part], 0)
  const [up, down] = [sum('up', its), sum('down', its)]
  const inTime = its.filter(({ day }) => before.reference !== null && day <= before.reference)
  const compared = { up: sum('up', inTime), down: sum('down', inTime) }
  const counted = added(closed.counted, counter, compared.up - compared.down)
  const { waiting } = total
  const approved: Breakdown = {
    ...total,
    approved: added(total.approved, counter, up - down),
    waiting: { up: without(waiting.up, counter, up), down: without(waiting.down, counter, down) },
  }
  const after = standingOf(plan, unit, { total: approved }, { ...closed, counted }, clock)!
  const share = { before: approvedShare(before.breakdown), after: approvedShare(after.breakdown) }
  return { before, after, share, up, down, inTime: compared }
}
