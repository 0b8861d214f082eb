import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workdays } from '../../shared/progress/calendar.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { pathOf } from '../../shared/progress/path.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { aPath, type PathSample } from './samples.ts'

const near = (a: number, b: number, scale: number) => expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * (1 + scale))
const workingDays = ({ calendar, from, due }: PathSample) =>
  [...daysBetween(from, due)].filter((d) => calendar.isWork(d))

describe('the line', () => {
  const calendar = workdays(tinyProgramme().calendar)
  // 2008-01-07 is a Monday; two weeks, ten working days
  const line = (ramp: { workdays: number; from: number }) =>
    pathOf({ due: '2008-01-18', path: { ...countTarget.path, from: '2008-01-07', ramp } }, 100, 1_100, calendar)

  test('T10 without a ramp every working day gives the same, days off nothing', () => {
    const even = line({ workdays: 0, from: 1 })
    expect(['2008-01-06', '2008-01-07', '2008-01-11', '2008-01-13', '2008-01-14', '2008-01-18'].map(even.at)).toEqual([
      100, 200, 600, 600, 700, 1_100,
    ])
    expect(even.stepOn('2008-01-12')).toBe(0)
  })

  test('T11 with a ramp the days grow evenly from their first share to a full one', () => {
    const ramped = line({ workdays: 4, from: 0.2 })
    const full = 1_000 / (0.2 + 0.4 + 0.6 + 0.8 + 6)
    const steps = ['07', '08', '09', '10', '11', '14', '18'].map((d) => ramped.stepOn(`2008-01-${d}`) / full)
    ;[0.2, 0.4, 0.6, 0.8, 1, 1, 1].forEach((share, i) => near(steps[i]!, share, 1))
  })

  test('T12 a due day that is a day off is reached on the last working day before it', () => {
    const { path } = countTarget
    const sunday = pathOf({ due: '2008-01-20', path: { ...path, from: '2008-01-07' } }, 100, 1_100, calendar)
    expect([sunday.at('2008-01-18'), sunday.at('2008-01-20'), sunday.stepOn('2008-01-20')]).toEqual([1_100, 1_100, 0])
  })
})

describe('any line', () => {
  test('T10 starts at the start and ends exactly at the threshold', () => {
    fc.assert(
      fc.property(aPath, fc.integer({ min: 1, max: 500 }), ({ path, from, due, start, threshold }, n) => {
        expect(path.at(addDays(from, -n))).toBe(start)
        expect(path.share(addDays(from, -n))).toBe(0)
        expect([path.at(due), path.at(addDays(due, n))]).toEqual([threshold, threshold])
        expect(path.share(due)).toBe(1)
      }),
    )
  })

  test('T12 never falls, rises on every working day and on no other', () => {
    fc.assert(
      fc.property(aPath, ({ path, calendar, from, due }) => {
        for (const day of daysBetween(addDays(from, -3), addDays(due, 3))) {
          const step = path.stepOn(day)
          near(step, path.at(day) - path.at(addDays(day, -1)), path.at(due))
          const inside = day >= from && day <= due
          if (inside && calendar.isWork(day)) expect(step).toBeGreaterThan(0)
          else expect(step).toBe(0)
        }
      }),
    )
  })

  test('T11 the steps sum to the way, and each is its share of a full day', () => {
    fc.assert(
      fc.property(aPath, (sample) => {
        const { path, start, threshold, ramp } = sample
        const steps = workingDays(sample).map(path.stepOn)
        const weights = steps.map((_, k) => {
          const grown = ramp.workdays === 0 ? 1 : ramp.from + ((1 - ramp.from) * k) / ramp.workdays
          return Math.min(1, grown)
        })
        const total = weights.reduce((a, b) => a + b, 0)
        near(
          steps.reduce((a, b) => a + b, 0),
          threshold - start,
          threshold,
        )
        steps.forEach((step, k) => near(step, ((threshold - start) * weights[k]!) / total, threshold))
      }),
    )
  })
})

describe('days ahead', () => {
  test('T13 is the inverse of the line: on the line, nought', () => {
    fc.assert(
      fc.property(aPath, fc.integer({ min: -10, max: 450 }), ({ path, from }, n) => {
        const day = addDays(from, n)
        expect(path.daysAhead(path.at(day), day)).toBe(0)
      }),
    )
  })

  test('T13 the value of another day is as many working days away as lie between', () => {
    fc.assert(
      fc.property(aPath, fc.nat(430), fc.nat(430), (sample, n, m) => {
        const { path, calendar, from, due } = sample
        const [one, two] = [n, m].map((k) => addDays(from, k)).map((d) => (d > due ? due : d)) as [string, string]
        const between = one <= two ? calendar.count(addDays(one, 1), two) : -calendar.count(addDays(two, 1), one)
        near(path.daysAhead(path.at(two), one), between, 1_000)
      }),
    )
  })

  test('T13 grows with the value', () => {
    fc.assert(
      fc.property(aPath, fc.nat(430), fc.nat(10_000_000), fc.nat(10_000_000), ({ path, from }, n, a, b) => {
        const day = addDays(from, n)
        const [less, more] = a < b ? [a, b] : [b, a]
        expect(path.daysAhead(less, day)).toBeLessThanOrEqual(path.daysAhead(more, day) + 1e-9)
      }),
    )
  })

  test('T14 beyond its ends the line goes on as it began and as it ended', () => {
    fc.assert(
      fc.property(aPath, fc.integer({ min: 1, max: 30 }), (sample, n) => {
        const { path, start, threshold, due, from } = sample
        const steps = workingDays(sample).map(path.stepOn)
        near(path.daysAhead(threshold + n * steps.at(-1)!, due), n, 1_000)
        near(path.daysAhead(start - n * steps[0]!, addDays(from, -1)), -n, 1_000)
      }),
    )
  })

  test('T13 a line that does not rise, or has no working day, has none', () => {
    const calendar = workdays(tinyProgramme().calendar)
    const flat = pathOf(countTarget, 10_000, 10_000, calendar)
    expect(flat.daysAhead(0, '2008-02-01')).toBe(0)
    const idle = { due: '2008-01-06', path: { ...countTarget.path, from: '2008-01-05' } }
    expect(pathOf(idle, 100, 200, calendar).daysAhead(40, '2008-01-05')).toBe(0)
  })
})
