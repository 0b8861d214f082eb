/** Days of a unit as series for charts: each day's make-up, the level it adds up to, and the path beside it. */
import type { Target } from '../../shared/domain/programme.ts'
import type { Workdays } from '../../shared/progress/calendar.ts'
import { addDays, type Day, dayNumber, dayOf, daysBetween } from '../../shared/progress/day.ts'
import { pathOf } from '../../shared/progress/path.ts'
import type { Counts, DayRow, Makeup, PaceRow } from '../../shared/view/rows.ts'
import type { Parts as MutableParts } from '../ui/texture.ts'

/** One counter's make-up: permits, or permits a day for a rate. */
export type Parts = Readonly<MutableParts>

/** Days that a rate is the mean of. */
export const RATE_DAYS = 7

export const NOTHING: Parts = Object.freeze({ a: 0, w: 0, d: 0, r: 0, m: 0 })

/** Everything that a make-up adds up to. */
export const whole = (p: Parts): number => p.a + p.w + p.d + p.r + p.m

const pick = (counts: Counts | undefined, counter: number) => counts?.[counter] ?? 0

/** One counter of a make-up. */
export const partsOf = (makeup: Makeup, counter: number): Parts => ({
  a: pick(makeup.a, counter),
  w: pick(makeup.w, counter),
  d: pick(makeup.d, counter),
  r: pick(makeup.r, counter),
  m: pick(makeup.m, counter),
})

export interface DaySeries {
  /** every day of the calendar, in order */
  days: readonly Day[]
  daily: readonly Parts[]
  /** total since the first report at the end of each day; for a rate the mean of the last seven days */
  level: readonly Parts[]
}

/** Days `from`…`to` of one counter; `rows` may be in any order and hold days before `from`, which count in the level. */
export function daySeries(
  rows: Iterable<DayRow>,
  counter: number,
  measure: Target['measure'],
  from: Day,
  to: Day,
): DaySeries {
  const first = dayNumber(from)
  const last = dayNumber(to)
  const byDay = new Map<number, Parts>()
  let before: Parts = NOTHING
  for (const row of rows) {
    const n = dayNumber(row.day)
    if (n > last) continue
    const parts = partsOf(row.makeup, counter)
    byDay.set(n, parts)
    if (n < first) before = plus(before, parts, 1)
  }
  const on = (n: number) => byDay.get(n) ?? NOTHING
  if (measure === 'rate') {
    before = NOTHING
    for (let i = 1; i <= RATE_DAYS; i++) before = plus(before, on(first - i), 1)
  }
  const days: Day[] = []
  const daily: Parts[] = []
  const level: Parts[] = []
  let sum = before
  for (let n = first; n <= last; n++) {
    const parts = on(n)
    sum = plus(sum, parts, 1)
    if (measure === 'rate') sum = plus(sum, on(n - RATE_DAYS), -1)
    days.push(dayOf(n))
    daily.push(parts)
    level.push(measure === 'rate' ? divided(sum, RATE_DAYS) : sum)
  }
  return { days, daily, level }
}

function plus(x: Parts, y: Parts, sign: 1 | -1): Parts {
  return {
    a: x.a + sign * y.a,
    w: x.w + sign * y.w,
    d: x.d + sign * y.d,
    r: x.r + sign * y.r,
    m: x.m + sign * y.m,
  }
}

const divided = (x: Parts, by: number): Parts => ({ a: x.a / by, w: x.w / by, d: x.d / by, r: x.r / by, m: x.m / by })

export interface PathSeries {
  /** expected level at the end of each day */
  path: readonly number[]
  /** expected of each day by itself */
  step: readonly number[]
}

/** The path of a unit's part of a target on the days `from`…`to`. */
export function pathSeries(
  target: Pick<Target, 'due' | 'path' | 'measure'>,
  pace: Pick<PaceRow, 'start' | 'threshold'>,
  calendar: Workdays,
  from: Day,
  to: Day,
): PathSeries {
  const line = pathOf(target, pace.start, pace.threshold, calendar)
  const path: number[] = []
  const step: number[] = []
  for (const day of daysBetween(from, to)) {
    const at = line.at(day)
    path.push(at)
    step.push(target.measure === 'rate' ? (day < line.from ? 0 : at) : line.stepOn(day))
  }
  return { path, step }
}

/** Days that a chart of a target shows: its path, and on to today when that has passed. */
export function spanOf(target: Pick<Target, 'due' | 'path'>, today: Day | null): { from: Day; to: Day } {
  return { from: target.path.from, to: today !== null && today > target.due ? today : target.due }
}

/** Mean approved of the latest `count` working days up to `through`; null without any in the series. */
export function recentMean(series: DaySeries, calendar: Workdays, through: Day, count: number): number | null {
  let sum = 0
  let found = 0
  for (let i = series.days.length - 1; i >= 0 && found < count; i--) {
    if (series.days[i]! > through || !calendar.isWork(series.days[i]!)) continue
    sum += series.daily[i]!.a
    found++
  }
  return found === 0 ? null : sum / found
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
export function workdayBefore(calendar: Workdays, day: Day, count: number): Day {
  let at = day
  let left = calendar.isWork(day) ? count - 1 : count
  // a calendar may have no working day at all
  for (let i = 0; left > 0 && i < 14 * count; i++) {
    at = addDays(at, -1)
    if (calendar.isWork(at)) left--
  }
  return at
}
