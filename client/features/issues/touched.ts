/** The figures that a question touches: its counters × its place × its days. */
import type { Counter } from '../../../shared/domain/programme.ts'
import { type CounterBreakdown, counterOf, NO_BREAKDOWN, plus } from '../../../shared/progress/breakdown.ts'
import { addDays, type Day, dayNumber, daysBetween } from '../../../shared/progress/day.ts'
import type { DayRow, IssueRow } from '../../../shared/view/rows.ts'
import { type Extent, lastDay } from '../../../shared/view/touching.ts'

/** Days of a question that have begun, both ends included. */
export interface Days {
  from: Day
  /** last day counted: the question's last day (see `lastDay`), or today while it goes on */
  through: Day
  /** more days may be added */
  goingOn: boolean
}

/** One counter over the days: approved, and what stands beside it. */
export interface TouchedSum {
  counter: string
  /** place of the counter in the programme */
  at: number
  breakdown: CounterBreakdown
}

/** Days of the question that have begun; null when none has. */
export function touchedDays(issue: Omit<Extent, 'unit'>, today: Day | null): Days | null {
  if (today === null || issue.from > today) return null
  const last = lastDay(issue)
  const goingOn = last === null || last > today
  const through = goingOn ? today : last
  const earliest = addDays(through, -MOST_DAYS)
  return { from: issue.from < earliest ? earliest : issue.from, through, goingOn }
}

/** A slip in the year (0208 for 2008) must not have every reader's page go through centuries. */
const MOST_DAYS = 1_500

/** Sums of the counters touched, in the question's order; `rows` are days of the question's unit, also others than `days`. */
export function touchedSums(
  issue: Pick<IssueRow, 'counters'>,
  days: Days,
  rows: Iterable<DayRow>,
  counters: readonly Counter[],
): TouchedSum[] {
  const own = [...rows].filter((r) => r.day >= days.from && r.day <= days.through)
  return issue.counters.flatMap((counter) => {
    const at = counters.findIndex((c) => c.key === counter)
    if (at < 0) return []
    const breakdown = own.reduce((sum, row) => plus(sum, counterOf(row.breakdown, at), 1), NO_BREAKDOWN)
    return [{ counter, at, breakdown }]
  })
}

/** Days whose figures are compared. */
export interface ComparedDays {
  /** during the question, ascending */
  during: readonly Day[]
  /** before it, latest first */
  before: readonly Day[]
}

/**
 * Compares like with like: only days on which a report is expected and was due (`due`), and before the question as many
 * of them as during it, at most `BEFORE_DAYS`, none before `earliest`.
 */
export function comparedDays(
  days: Days,
  due: Day | null,
  earliest: Day,
  isExpected: (day: Day) => boolean,
): ComparedDays {
  const last = due !== null && due < days.through ? due : days.through
  const during = due === null || last < days.from ? [] : [...daysBetween(days.from, last)].filter(isExpected)
  const wanted = Math.min(BEFORE_DAYS, during.length)
  const before: Day[] = []
  for (let day = addDays(days.from, -1); before.length < wanted && day >= earliest; day = addDays(day, -1))
    if (isExpected(day)) before.push(day)
  return { during, before }
}

/** Mean approved per day that is compared; null without such days. */
export interface Means {
  during: number | null
  before: number | null
}

export function touchedMeans({ during, before }: ComparedDays, approved: (day: Day) => number): Means {
  return { during: meanOf(during.map(approved)), before: meanOf(before.map(approved)) }
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length

/** Most expected days looked at before a question. */
const BEFORE_DAYS = 10

/** Days to draw: the question's own with some before and after, never before `earliest` nor after `today`. */
export function daysAround(days: Days, earliest: Day, today: Day): { from: Day; to: Day } {
  const length = dayNumber(days.through) - dayNumber(days.from) + 1
  const margin = Math.min(28, Math.max(10, Math.round(length / 2)))
  const from = addDays(days.from, -margin)
  const to = addDays(days.through, margin)
  return {
    from: from < earliest ? (days.from < earliest ? days.from : earliest) : from,
    to: to > today ? today : to,
  }
}
