/** Review: values awaiting review are approved, level by level, or returned with a reason (K1–K5). */
import { ok } from '../errors.ts'
import type { Day } from '../progress/day.ts'
import { reason, z } from '../schema.ts'
import { withApproval, withReturn } from './figures.ts'
import { aboutCell, stampOf, stepEach } from './folding.ts'
import { ITEMS, reviewItem } from './input.ts'
import type { CellName } from './values.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { type Reviewed, reviewed } from './reviewing.ts'

export interface ReviewEvents {
  /** `level`: how many levels have approved these values, this one included */
  ReportApproved: { unit: string; day: Day; versions: Record<string, number>; level: number }
  ReportReturned: { unit: string; day: Day; versions: Record<string, number>; reason: string }
}

export const reviewEvents: EventTable<ReviewEvents> = {
  ReportApproved: {
    ...aboutCell,
    evolve(world, { data }) {
      stepEach(world, data, Object.keys(data.versions), (before, _, levels) => withApproval(before, data.level, levels))
    },
  },
  ReportReturned: {
    ...aboutCell,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      stepEach(world, data, Object.keys(data.versions), (before) => withReturn(before, data.reason, stamp))
    },
  },
}

const items = z.array(reviewItem).min(1).max(ITEMS)

export const reviewCommands = {
  ApproveReports: command(z.strictObject({ items }), (world, { items }, context) => {
    const found = reviewed(world, items, context, 'approve')
    return found.ok ? ok(approvals(found.value)) : found
  }),
  ReturnReports: command(z.strictObject({ items, reason }), (world, { items, reason }, context) => {
    const found = reviewed(world, items, context, 'return')
    return found.ok ? ok(returns(found.value, reason)) : found
  }),
}

/** One event for each report and level. Parts of one move rise together, the lowest level first (K5). */
function approvals(groups: readonly Reviewed[][]): EventsOf<ReviewEvents>[] {
  const steps = groups.flatMap((group) => {
    const lowest = Math.min(...group.map(({ level }) => level))
    return group.filter(({ level }) => level === lowest)
  })
  return grouped(steps, ({ level }) => level).map(([cell, versions, { level }]) => ({
    type: 'ReportApproved',
    data: { ...cell, versions, level: level + 1 },
  }))
}

const returns = (groups: readonly Reviewed[][], reason: string): EventsOf<ReviewEvents>[] =>
  grouped(groups.flat(), () => 0).map(([cell, versions]) => ({
    type: 'ReportReturned',
    data: { ...cell, versions, reason },
  }))

/** Groups figures by report and `apart`, in order of first appearance. */
function grouped(
  figures: readonly Reviewed[],
  apart: (figure: Reviewed) => number,
): [CellName, Record<string, number>, Reviewed][] {
  const found = new Map<string, [CellName, Record<string, number>, Reviewed]>()
  for (const figure of figures) {
    const { unit, day, counter, version } = figure
    const name = `${unit}/${day}/${apart(figure)}`
    const group = found.get(name)
    if (group === undefined) found.set(name, [{ unit, day }, { [counter]: version }, figure])
    else group[1][counter] = version
  }
  return [...found.values()]
}
