/** Working days by a programme's calendar: weekends, holidays and make-up days (T1–T3). */
import type { Calendar, Worded } from '../domain/programme.ts'
import { type Day, dayNumber, dayOf } from './day.ts'

export interface Workdays {
  isWork(day: Day): boolean
  /** the same for a day number */
  isWorkNumber(n: number): boolean
  /** working days from `from` to `to`, both included; 0 when reversed */
  count(from: Day, to: Day): number
  /** name of the holiday or make-up day, if it has one */
  nameOf(day: Day): Worded | undefined
}

/** Indexes a calendar. Each day is computed once. */
export function workdays(calendar: Calendar): Workdays {
  const off = new Map(calendar.off.map((d) => [dayNumber(d.day), d.name]))
  const work = new Map(calendar.work.map((d) => [dayNumber(d.day), d.name]))
  const weekend = new Set(calendar.weekend)
  const isWork = (n: number) => work.has(n) || (!off.has(n) && !weekend.has((((n + 4) % 7) + 7) % 7))
  const cache = new Map<number, boolean>()
  const cached = (n: number) => {
    let w = cache.get(n)
    if (w === undefined) cache.set(n, (w = isWork(n)))
    return w
  }
  return {
    isWork: (day) => cached(dayNumber(day)),
    isWorkNumber: cached,
    count: (from, to) => {
      let sum = 0
      for (let n = dayNumber(from), end = dayNumber(to); n <= end; n++) if (cached(n)) sum++
      return sum
    },
    nameOf: (day) => off.get(dayNumber(day)) ?? work.get(dayNumber(day)),
  }
}

/** The `n`th working day after `day` (n ≥ 1). */
export function workdayAfter(calendar: Workdays, day: Day, n: number): Day {
  let at = dayNumber(day)
  for (let left = n; left > 0;) if (calendar.isWork(dayOf(++at))) left--
  return dayOf(at)
}
