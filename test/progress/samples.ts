/** Days, calendars and paths of any kind, for properties that hold for all of them. */
import * as fc from 'fast-check'
import type { Calendar } from '../../shared/domain/programme.ts'
import { workdays, type Workdays } from '../../shared/progress/calendar.ts'
import { addDays, type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { type Path, pathOf } from '../../shared/progress/path.ts'

const span = { min: dayNumber('2007-01-01'), max: dayNumber('2009-12-31') }
export const aDay: fc.Arbitrary<Day> = fc.integer(span).map(dayOf)

const someDays = fc
  .uniqueArray(fc.integer(span), { maxLength: 40 })
  .map((list) => list.map((n) => ({ day: dayOf(n), name: { zh: '名', en: 'named' } })))

/** At most six days of the week are off. */
export const aCalendar: fc.Arbitrary<Calendar> = fc.record({
  source: fc.constant({ zh: 'test', en: 'test' }),
  weekend: fc.uniqueArray(fc.nat(6), { maxLength: 6 }),
  off: someDays,
  work: someDays,
})

export interface PathSample {
  path: Path
  calendar: Workdays
  from: Day
  due: Day
  start: number
  threshold: number
  ramp: { workdays: number; from: number }
}

/** A path of a week to fourteen months, which always has a working day, from a start to a higher threshold. */
export const aPath: fc.Arbitrary<PathSample> = fc
  .record({
    calendar: aCalendar.map(workdays),
    from: aDay,
    length: fc.integer({ min: 1, max: 420 }),
    start: fc.nat(400_000),
    rise: fc.integer({ min: 1_000, max: 9_000_000 }),
    workdays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 400 })),
    least: fc.integer({ min: 5, max: 100 }).map((n) => n / 100),
  })
  .map(({ calendar, from, length, start, rise, workdays: n, least }) => {
    const due = addDays(from, length)
    const threshold = start + rise
    const ramp = { workdays: n, from: least }
    const path = pathOf({ due, path: { from, start: {}, ramp } }, start, threshold, calendar)
    return { path, calendar, from, due, start, threshold, ramp }
  })
  .filter(({ calendar, from, due }) => calendar.count(from, due) > 0)
