/** Days of a unit as series for charts: each day's breakdown, the level it adds up to, and the path beside it. */
import type { Target } from '../../shared/domain/programme.ts'
import {
  type Breakdown,
  type CounterBreakdown,
  counterOf,
  NO_BREAKDOWN,
  over,
  plus,
} from '../../shared/progress/breakdown.ts'
import type { Workdays } from '../../shared/progress/calendar.ts'
import { addDays, type Day, dayNumber, daysBetween } from '../../shared/progress/day.ts'
import type { Path } from '../../shared/progress/path.ts'
import { RATE_DAYS } from '../../shared/progress/standing.ts'

/** What was reported for one day; by counter the first day of the period that it stands for, where that is longer. */
export interface DayFigures {
  day: Day
  breakdown: Breakdown
  spans?: readonly (Day | null)[]
}

/** One report's bar over the days `first`…`last` (indices of the series). */
export interface DayBar {
  first: number
  last: number
  /** the report shared out evenly over its working days */
  perDay: CounterBreakdown
  /** a single day off */
  off: boolean
}

export interface DaySeries {
  /** every day of the calendar, in order */
  days: readonly Day[]
  daily: readonly CounterBreakdown[]
  bars: readonly DayBar[]
  /** everything so far at the end of each day; for a rate the mean of the last seven days */
  level: readonly CounterBreakdown[]
}

export const NO_SERIES: DaySeries = Object.freeze({ days: [], daily: [], bars: [], level: [] })

/**
 * Days `from`…`to` of one counter. `rows` may be in any order. The level is worked out backwards from `total`, everything
 * that there is, so that nothing before `from` is needed (for a rate the week before it is).
 */
export function daySeries(
  rows: Iterable<DayFigures>,
  { counter, measure, total }: { counter: number; measure: Target['measure']; total: CounterBreakdown },
  calendar: Workdays,
  from: Day,
  to: Day,
): DaySeries {
  const byDay = new Map<Day, DayFigures>()
  let end = total
  for (const row of rows) {
    byDay.set(row.day, row)
    if (row.day > to) end = plus(end, counterOf(row.breakdown, counter), -1)
  }
  const on = (day: Day) => {
    const row = byDay.get(day)
    return row === undefined ? NO_BREAKDOWN : counterOf(row.breakdown, counter)
  }
  const days = [...daysBetween(from, to)]
  const daily = days.map(on)
  return {
    days,
    daily,
    bars: days.flatMap((day) => {
      const row = byDay.get(day)
      return row === undefined ? [] : [barOf(row, counter, calendar, from)]
    }),
    level: measure === 'rate' ? weekMeans(days, on) : runningTotals(daily, end),
  }
}

function barOf(row: DayFigures, counter: number, calendar: Workdays, from: Day): DayBar {
  const { day } = row
  const begins = beginOf(row, counter)
  return {
    first: Math.max(0, dayNumber(begins) - dayNumber(from)),
    last: dayNumber(day) - dayNumber(from),
    perDay: over(counterOf(row.breakdown, counter), daysShared(row, counter, calendar)),
    off: begins === day && !calendar.isWork(day),
  }
}

const beginOf = ({ day, spans }: DayFigures, counter: number): Day => spans?.[counter] ?? day

/** Working days that a figure is shared out over; one that stands for its day alone is that day's, also on a day off. */
function daysShared(row: DayFigures, counter: number, calendar: Workdays): number {
  const begins = beginOf(row, counter)
  return begins === row.day ? 1 : Math.max(1, calendar.count(begins, row.day))
}

function runningTotals(daily: readonly CounterBreakdown[], end: CounterBreakdown): CounterBreakdown[] {
  const level: CounterBreakdown[] = []
  let sum = end
  for (let i = daily.length - 1; i >= 0; i--) {
    level[i] = sum
    sum = plus(sum, daily[i]!, -1)
  }
  return level
}

function weekMeans(days: readonly Day[], on: (day: Day) => CounterBreakdown): CounterBreakdown[] {
  let sum = NO_BREAKDOWN
  if (days[0] !== undefined) for (let i = 1; i < RATE_DAYS; i++) sum = plus(sum, on(addDays(days[0], -i)), 1)
  return days.map((day) => {
    const week = plus(sum, on(day), 1)
    sum = plus(week, on(addDays(day, 1 - RATE_DAYS)), -1)
    return over(week, RATE_DAYS)
  })
}

export interface PathSeries {
  /** expected level at the end of each day */
  path: readonly number[]
  /** expected of each day by itself */
  step: readonly number[]
}

/** The path of a unit's part of a target on the days `from`…`to`. */
export function pathSeries(line: Path, measure: Target['measure'], from: Day, to: Day): PathSeries {
  const path: number[] = []
  const step: number[] = []
  for (const day of daysBetween(from, to)) {
    const at = line.at(day)
    path.push(at)
    step.push(measure === 'rate' ? (day < line.from ? 0 : at) : line.stepOn(day))
  }
  return { path, step }
}

/** Days that a chart of a target shows: its path, and on to today when that has passed. */
export function spanOf(target: Pick<Target, 'due' | 'path'>, today: Day | null): { from: Day; to: Day } {
  return { from: target.path.from, to: today !== null && today > target.due ? today : target.due }
}

/**
 * Mean approved of the latest working days from `from` to `through`, at most `most`, and how many they are; a day without a
 * report is one too. A period's figure is shared out. Null without any report.
 */
export function recentMean(
  rows: Iterable<DayFigures>,
  counter: number,
  calendar: Workdays,
  { from, through, most }: { from: Day; through: Day; most: number },
): { mean: number; days: number } | null {
  const byDay = new Map<Day, number>()
  for (const row of rows) {
    const begins = beginOf(row, counter)
    const each = (row.breakdown.approved[counter] ?? 0) / daysShared(row, counter, calendar)
    for (const day of daysBetween(begins, row.day)) byDay.set(day, (byDay.get(day) ?? 0) + each)
  }
  let sum = 0
  let found = 0
  for (let day = through; day >= from && found < most; day = addDays(day, -1)) {
    if (!calendar.isWork(day)) continue
    sum += byDay.get(day) ?? 0
    found++
  }
  return found === 0 || byDay.size === 0 ? null : { mean: sum / found, days: found }
}

/** The day on which the path stands at `level`, as a fraction of days from the first; null outside its range. */
export function dayOnPath(path: readonly number[], level: number): number | null {
  for (let i = 0; i < path.length; i++) {
    if (path[i]! < level) continue
    if (i === 0) return path[0] === level ? 0 : null
    return i - 1 + (level - path[i - 1]!) / (path[i]! - path[i - 1]!)
  }
  return null
}

/** The `count`th working day before `day` (`day` itself counts when it is one). */
export function workdayBefore(calendar: Pick<Workdays, 'isWork'>, day: Day, count: number): Day {
  let at = day
  let left = calendar.isWork(day) ? count - 1 : count
  // a calendar may have no working day at all
  for (let i = 0; left > 0 && i < 14 * count; i++) {
    at = addDays(at, -1)
    if (calendar.isWork(at)) left--
  }
  return at
}
