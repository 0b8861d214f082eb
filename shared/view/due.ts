/** A report as a whole, from its figures: one state for the server's rows, the overview and the sheet. */
import type { FigureState } from '../domain/cells.ts'
import type { Day } from '../progress/day.ts'

/**
 * `notStarted` and `ended`: outside the unit's life. `off`: nothing is expected and nothing is there. `open`: nothing is
 * there yet, the deadline has not passed. `missing`: nothing is there, the deadline has passed. `partial`: some counters
 * that are expected are blank. Else what the figures are, the worst first: disputed, returned, submitted, approved.
 */
export const DUE_STATES = [
  'notStarted',
  'ended',
  'off',
  'open',
  'missing',
  'partial',
  'submitted',
  'approved',
  'returned',
  'disputed',
] as const
export type DueState = (typeof DUE_STATES)[number]

/** What of a figure its report's state depends on. */
export interface FigureStanding {
  value: number | null
  approved: number | null
  state: FigureState
}

/** Is the counter given? A withdrawal that waits for review still counts. */
export const isGiven = (figure: FigureStanding): boolean => figure.value !== null || figure.approved !== null

export type ReportStanding = 'in' | 'partial' | 'missing'

/** An expected report by the counters (indices) that are expected of it. */
export function reportStanding(figures: readonly FigureStanding[], expected: readonly number[]): ReportStanding {
  let given = 0
  for (const counter of expected) if (isGiven(figures[counter]!)) given++
  return given === expected.length ? 'in' : given === 0 ? 'missing' : 'partial'
}

/** The state of a unit's report for a day. `expected` are indices of counters; `due` is the due day of the clock. */
export function dueStateOf(report: {
  day: Day
  due: Day | null
  /** first and last day of the unit's life; null = has no end */
  starts: Day
  ends: Day | null
  expected: readonly number[]
  figures: readonly FigureStanding[]
}): DueState {
  const { day, due, starts, ends, expected, figures } = report
  const there = figures.filter((f) => isGiven(f) || f.state === 'disputed')
  if (there.length === 0) {
    if (day < starts) return 'notStarted'
    if (ends !== null && day > ends) return 'ended'
    if (expected.length === 0) return 'off'
    return due !== null && day <= due ? 'missing' : 'open'
  }
  const some = (state: FigureState) => there.some((f) => f.state === state)
  if (some('disputed')) return 'disputed'
  if (some('returned')) return 'returned'
  if (!expected.every((counter) => isGiven(figures[counter]!))) return 'partial'
  return some('submitted') ? 'submitted' : 'approved'
}
