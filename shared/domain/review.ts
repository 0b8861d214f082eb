/** Review: what was submitted is approved, level by level, or returned with a reason. */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { reason, z } from '../schema.ts'
import { reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { approved, returned } from './figures.ts'
import { aboutCell, stampOf, stepEach } from './folding.ts'
import { ITEMS, type ReviewItem, reviewItem } from './input.ts'
import { command, type Context, type EventsOf, type EventTable } from './noun.ts'
import type { World } from './world.ts'

export interface ReviewEvents {
  /** `level`: levels that have approved these values now */
  ReportApproved: { unit: string; day: Day; versions: Record<string, number>; level: number }
  ReportReturned: { unit: string; day: Day; versions: Record<string, number>; reason: string }
}

export const reviewEvents: EventTable<ReviewEvents> = {
  ReportApproved: {
    ...aboutCell,
    evolve(world, { data }) {
      stepEach(world, data, Object.keys(data.versions), (before, _, levels) => approved(before, data.level, levels))
    },
  },
  ReportReturned: {
    ...aboutCell,
    evolve(world, event) {
      const { data } = event
      const stamp = stampOf(event)
      stepEach(world, data, Object.keys(data.versions), (before) => returned(before, data.reason, stamp))
    },
  },
}

const items = z.array(reviewItem).min(1).max(ITEMS)

export const reviewCommands = {
  ApproveReports: command(z.strictObject({ items }), (world, { items }, context) =>
    review(world, items, context, approval, approvals),
  ),
  ReturnReports: command(z.strictObject({ items, reason }), (world, { items, reason }, context) =>
    review(world, items, context, waiting, ({ unit, day, versions }) => [
      { type: 'ReportReturned', data: { unit, day, versions, reason } },
    ]),
  ),
}

/** Why this figure is not reviewed; null when it may be. */
type Objection = (figure: Figure, who: string) => 'review.notWaiting' | 'review.own' | null

const waiting: Objection = ({ state }) => (state === 'submitted' ? null : 'review.notWaiting')
/** Nobody approves what they gave themselves. */
const approval: Objection = (figure, who) => waiting(figure, who) ?? (figure.by === who ? 'review.own' : null)

/** Values at different levels are approved by an event each. */
function approvals(
  { unit, day, versions }: ReviewItem,
  levelOf: (counter: string) => number,
): EventsOf<ReviewEvents>[] {
  const byLevel = new Map<number, Record<string, number>>()
  for (const counter in versions) {
    const level = levelOf(counter) + 1
    byLevel.set(level, { ...byLevel.get(level), [counter]: versions[counter]! })
  }
  return [...byLevel].map(([level, seen]) => ({ type: 'ReportApproved', data: { unit, day, versions: seen, level } }))
}

function review(
  world: World,
  items: readonly ReviewItem[],
  { actor, may }: Context,
  objection: Objection,
  eventsOf: (item: ReviewItem, levelOf: (counter: string) => number) => EventsOf<ReviewEvents>[],
): Result<EventsOf<ReviewEvents>[]> {
  const { setting } = world
  if (setting === null) return refuse({ code: 'programme.notOpen' })
  const refusals: Refusal[] = []
  const events: EventsOf<ReviewEvents>[] = []
  const seen = new Set<string>()
  items.forEach((item, i) => {
    const { unit, day, versions } = item
    const at = `items.${i}`
    const name = `${unit}/${day}`
    const named = Object.keys(versions)
    const faults = reportRefusals(world, setting, item, named, may, at, 'versions')
    if (seen.has(name)) faults.push({ code: 'input.duplicate', params: { name }, at })
    seen.add(name)
    const figureOf = (key: string) => world.cells.figure(unit, dayNumber(day), setting.counters.get(key)!)
    if (faults.length === 0)
      for (const key of named) {
        const figure = figureOf(key)
        const changed = figure.version !== versions[key]
        const code = changed ? 'review.changed' : objection(figure, actor.id)
        if (code !== null) faults.push({ code, params: { counter: key }, at: `${at}.versions.${key}` })
      }
    refusals.push(...faults)
    if (faults.length === 0) events.push(...eventsOf(item, (key) => figureOf(key).level))
  })
  return refusals.length > 0 ? refuse(...refusals) : ok(events)
}
