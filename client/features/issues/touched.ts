/** The figures that a question touches: its counters × its place × its days. */
import type { Counter } from '../../../shared/domain/programme.ts'
import { addDays, type Day, dayNumber } from '../../../shared/progress/day.ts'
import type { DayRow, IssueRow } from '../../../shared/view/rows.ts'
import { type IssueDays, lastDay } from '../../charts/marks.ts'
import { type Parts, partsOf } from '../../charts/series.ts'
import { PARTS } from '../../ui/texture.ts'

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
  parts: Parts
}

/** Days of the question that have begun; null when none has. */
export function touchedDays(issue: IssueDays, today: Day | null): Days | null {
  if (today === null || issue.from > today) return null
  const last = lastDay(issue)
  const goingOn = last === null || last > today
  const through = goingOn ? today : last
  const earliest = addDays(through, -MOST_DAYS)
  return { from: issue.from < earliest ? earliest : issue.from, through, goingOn }
}

/** A slip in the year (0208 for 2008) must not have every reader's page go through centuries. */
const MOST_DAYS = 1_500

/** Sums of the counters touched, in the question's order; `rows` are the days of the question's unit (others are ignored). */
export function touchedSums(
  issue: Pick<IssueRow, 'unit' | 'counters'>,
  days: Days,
  rows: Iterable<DayRow>,
  counters: readonly Counter[],
): TouchedSum[] {
  const own = [...rows].filter((r) => r.unit === issue.unit && r.day >= days.from && r.day <= days.through)
  return issue.counters.flatMap((counter) => {
    const at = counters.findIndex((c) => c.key === counter)
    if (at < 0) return []
    const parts = { a: 0, w: 0, d: 0, r: 0, m: 0 }
    for (const row of own) {
      const of = partsOf(row.makeup, at)
      for (const part of PARTS) parts[part] += of[part]
    }
    return [{ counter, at, parts }]
  })
}

/** Mean approved per day on which reports are expected, during the question and before it; null without such days. */
export interface Means {
  during: number | null
  before: number | null
  /** expected days counted, during and before */
  duringDays: number
  beforeDays: number
  /** first of the days counted before */
  beforeFrom: Day | null
}

/**
 * Compares like with like: only days whose reports were due (`due`), and before the question as many expected days as
 * during it, at most `BEFORE_DAYS`, none before `earliest`.
 */
export function touchedMeans(
  days: Days,
  due: Day | null,
  earliest: Day,
  isExpected: (day: Day) => boolean,
  approved: (day: Day) => number,
): Means {
  const last = due !== null && due < days.through ? due : days.through
  let sum = 0
  let duringDays = 0
  if (due !== null)
    for (let day = days.from; day <= last; day = addDays(day, 1))
      if (isExpected(day)) {
        sum += approved(day)
        duringDays++
      }
  let sumBefore = 0
  let beforeDays = 0
  let beforeFrom: Day | null = null
  const wanted = Math.min(BEFORE_DAYS, duringDays)
  for (let day = addDays(days.from, -1); beforeDays < wanted && day >= earliest; day = addDays(day, -1))
    if (isExpected(day)) {
      sumBefore += approved(day)
      beforeDays++
      beforeFrom = day
    }
  return {
    during: duringDays === 0 ? null : sum / duringDays,
    before: beforeDays === 0 ? null : sumBefore / beforeDays,
    duringDays,
    beforeDays,
    beforeFrom,
  }
}

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
