import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarSchema } from '../../shared/domain/programme.ts'
import { workdayAfter, workdays } from '../../shared/progress/calendar.ts'
import { addDays, dayNumber, dayOf, daysBetween, isDay, weekday } from '../../shared/progress/day.ts'
import { parse } from '../../shared/schema.ts'
import { aCalendar, aDay } from './samples.ts'

const file = join(import.meta.dirname, '../../server/programs/shenzhen-2008/calendar.json')
const read = parse(calendarSchema, JSON.parse(readFileSync(file, 'utf8')))
if (!read.ok) throw new Error(JSON.stringify(read.refusals))
const calendar = workdays(read.value)

describe('the calendar of 2007 to 2009', () => {
  test('T2 2008 has 251 working days, month by month', () => {
    const months = Array.from({ length: 12 }, (_, m) => {
      const first = `2008-${String(m + 1).padStart(2, '0')}-01`
      const next = m === 11 ? '2009-01-01' : `2008-${String(m + 2).padStart(2, '0')}-01`
      return calendar.count(first, addDays(next, -1))
    })
    expect(months).toEqual([22, 18, 21, 21, 21, 20, 23, 21, 21, 20, 20, 23])
    expect(calendar.count('2008-01-01', '2008-12-31')).toBe(251)
  })

  test.each([
    ['2007-09-01', '2008-01-31', 153, 105],
    ['2007-09-12', '2008-01-31', 142, 98],
    ['2008-02-01', '2008-06-30', 151, 101],
    ['2008-07-01', '2008-12-31', 184, 128],
    ['2008-08-01', '2008-12-31', 153, 105],
    ['2008-08-01', '2009-06-30', 334, 227],
  ])('T2 %s to %s: %i days, %i working days', (from, to, days, working) => {
    expect([...daysBetween(from, to)]).toHaveLength(days)
    expect(calendar.count(from, to)).toBe(working)
  })

  test.each([
    ['2007-09-29', true, 'a Saturday made up for'],
    ['2007-09-30', true, 'a Sunday made up for'],
    ['2008-02-02', true, 'a Saturday made up for'],
    ['2008-02-03', true, 'a Sunday made up for'],
    ['2008-05-04', true, 'a Sunday made up for'],
    ['2008-09-28', true, 'a Sunday made up for'],
    ['2009-01-04', true, 'a Sunday made up for'],
    ['2009-01-24', true, 'a Saturday made up for'],
    ['2008-02-06', false, 'the Spring Festival, a Wednesday'],
    ['2008-02-12', false, 'its last day, a Tuesday'],
    ['2008-02-13', true, 'the day after'],
    ['2007-12-31', false, 'a Monday before New Year'],
    ['2008-01-01', false, 'New Year'],
    ['2008-02-29', true, 'the leap day, a Friday'],
    ['2008-06-30', true, 'a Monday on which a target is due'],
    ['2007-09-01', false, 'a Saturday on which a law comes into force'],
  ])('T1 %s is worked: %s (%s)', (day, work) => {
    expect(calendar.isWork(day)).toBe(work)
  })

  test('T1 holidays and days made up for have names, other days none', () => {
    expect(calendar.nameOf('2008-02-07')).toBeDefined()
    expect(calendar.nameOf('2008-02-03')).toBeDefined()
    expect(calendar.nameOf('2008-02-16')).toBeUndefined()
  })

  test('T3 the next working day leaps over a whole holiday', () => {
    expect(workdayAfter(calendar, '2008-02-05', 1)).toBe('2008-02-13')
    expect(workdayAfter(calendar, '2008-02-01', 1)).toBe('2008-02-02')
    expect(workdayAfter(calendar, '2008-09-28', 1)).toBe('2008-10-06')
  })
})

describe('days', () => {
  test('T4 numbers and days are one another’s inverse, and strings compare in time order', () => {
    expect([dayNumber('1970-01-01'), dayNumber('2008-02-29')]).toEqual([0, 13_938])
    fc.assert(
      fc.property(aDay, fc.integer({ min: -4_000, max: 4_000 }), (day, n) => {
        const other = addDays(day, n)
        expect(isDay(other)).toBe(true)
        expect(dayOf(dayNumber(other))).toBe(other)
        expect(dayNumber(other) - dayNumber(day)).toBe(n)
        expect(Math.sign(n)).toBe(other > day ? 1 : other < day ? -1 : 0)
        expect(weekday(other)).toBe(new Date(other).getUTCDay())
      }),
    )
  })

  test('T4 a day that does not exist has no number', () => {
    expect(() => dayNumber('2007-02-29')).toThrow(RangeError)
  })
})

describe('any calendar', () => {
  test('T1 a day in both lists is worked', () => {
    const both = [{ day: '2008-02-02', name: { zh: '名', en: 'named' } }]
    expect(workdays({ source: { zh: '', en: '' }, weekend: [0, 6], off: both, work: both }).isWork('2008-02-02')).toBe(
      true,
    )
  })

  test('T1 work beats off, off beats the week', () => {
    fc.assert(
      fc.property(aCalendar, aDay, (given, day) => {
        const { isWork } = workdays(given)
        const named = (list: { day: string }[]) => list.some((d) => d.day === day)
        const plain = !given.weekend.includes(weekday(day))
        expect(isWork(day)).toBe(named(given.work) || (!named(given.off) && plain))
      }),
    )
  })

  test('T2 counts are of both ends, add up, and are 0 when reversed', () => {
    fc.assert(
      fc.property(aCalendar, aDay, fc.nat(300), fc.nat(300), (given, from, n, m) => {
        const { count, isWork } = workdays(given)
        const middle = addDays(from, n)
        const to = addDays(middle, m)
        expect(count(from, from)).toBe(isWork(from) ? 1 : 0)
        expect(count(from, to)).toBe(count(from, middle) + count(addDays(middle, 1), to))
        expect(count(addDays(to, 1), from)).toBe(0)
        expect(count(from, to)).toBe([...daysBetween(from, to)].filter(isWork).length)
      }),
    )
  })

  test('T3 the nth working day after a day is worked and n working days on', () => {
    fc.assert(
      fc.property(aCalendar, aDay, fc.integer({ min: 1, max: 60 }), (given, from, n) => {
        const days = workdays(given)
        const to = workdayAfter(days, from, n)
        expect(days.isWork(to)).toBe(true)
        expect(days.count(addDays(from, 1), to)).toBe(n)
      }),
    )
  })
})
