/** Which legal questions touch the figures of a place on some days. */
import type { Units } from '../domain/units.ts'
import type { Day } from '../progress/day.ts'

/** Where and when a question holds, as far as that is known. */
export interface Extent {
  unit: string
  from: Day
  /** last day as logged; null when left open */
  to: Day | null
  /** day on which it was closed; null while it is open */
  closedOn: Day | null
}

/** True when a question on `place` also concerns the figures of `unit`: the same unit, one above it or one below it. */
export function samePlace(units: Units, place: string, unit: string): boolean {
  return units.within(place, unit) || units.within(unit, place)
}

/** The last day it concerns: as logged, else the day on which it was closed; null while it goes on. */
export function lastDay({ from, to, closedOn }: Omit<Extent, 'unit'>): Day | null {
  if (to !== null || closedOn === null) return to
  return closedOn < from ? from : closedOn
}

/** True when the question's days and `from`…`to` (both included) share a day. */
export function sameDays(issue: Omit<Extent, 'unit'>, from: Day, to: Day): boolean {
  const last = lastDay(issue)
  return issue.from <= to && (last === null || last >= from)
}

/**
 * The questions that touch the figures of `place` on the days `from`…`to` (both included), in the given order.
 * A question on a district touches the city (its figures are part of it) and its streets (it holds for them), not other
 * districts. Closed questions stay: they did touch the figures of their days, up to the day of closing when they named
 * no last one.
 */
export function issuesTouching<T extends Extent>(
  issues: Iterable<T>,
  units: Units,
  place: string,
  days: { from: Day; to: Day },
): T[] {
  const found: T[] = []
  for (const issue of issues)
    if (sameDays(issue, days.from, days.to) && samePlace(units, issue.unit, place)) found.push(issue)
  return found
}
