import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RHYTHMS } from '../../shared/domain/values.ts'
import { dayNumber, dayOf, weekday } from '../../shared/progress/day.ts'
import { periodEnd, periodStart } from '../../shared/progress/period.ts'
import { aDay } from './samples.ts'

const around = (rhythm: (typeof RHYTHMS)[number], day: string) => {
  const n = dayNumber(day)
  return `${dayOf(periodStart(rhythm, n))} ${dayOf(periodEnd(rhythm, n))}`
}

describe('periods', () => {
  test.each([
    // the first ISO week of 2008 begins in 2007
    ['weekly', '2007-12-31', '2007-12-31 2008-01-06'],
    ['weekly', '2008-01-06', '2007-12-31 2008-01-06'],
    ['weekly', '2007-12-30', '2007-12-24 2007-12-30'],
    ['tenDays', '2008-02-10', '2008-02-01 2008-02-10'],
    ['tenDays', '2008-02-11', '2008-02-11 2008-02-20'],
    ['tenDays', '2008-02-20', '2008-02-11 2008-02-20'],
    ['tenDays', '2008-02-21', '2008-02-21 2008-02-29'],
    ['tenDays', '2007-02-28', '2007-02-21 2007-02-28'],
    ['tenDays', '2007-12-31', '2007-12-21 2007-12-31'],
    ['monthly', '2008-02-29', '2008-02-01 2008-02-29'],
    ['monthly', '2007-02-01', '2007-02-01 2007-02-28'],
    ['monthly', '2007-12-31', '2007-12-01 2007-12-31'],
    ['workdays', '2007-12-31', '2007-12-31 2007-12-31'],
    ['everyDay', '2007-12-31', '2007-12-31 2007-12-31'],
  ] as const)('C9 %s: %s lies in %s', (rhythm, day, expected) => {
    expect(around(rhythm, day)).toBe(expected)
  })

  test('C9 periods follow one another without a gap, and every day lies in exactly one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RHYTHMS), aDay, (rhythm, day) => {
        const n = dayNumber(day)
        const [start, end] = [periodStart(rhythm, n), periodEnd(rhythm, n)]
        expect(start <= n && n <= end).toBe(true)
        expect(periodStart(rhythm, end + 1)).toBe(end + 1)
        expect(periodEnd(rhythm, start - 1)).toBe(start - 1)
        for (const other of [start, end]) {
          expect(periodStart(rhythm, other)).toBe(start)
          expect(periodEnd(rhythm, other)).toBe(end)
        }
        if (rhythm === 'weekly') expect([weekday(dayOf(start)), end - start]).toEqual([1, 6])
      }),
    )
  })
})
