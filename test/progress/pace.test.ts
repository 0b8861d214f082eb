import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { workdays } from '../../shared/progress/calendar.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import { paceOf, type PaceStatus } from '../../shared/progress/pace.ts'
import { pathOf } from '../../shared/progress/path.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { aPath } from './samples.ts'

const calendar = workdays(tinyProgramme().calendar)
// ten working days of 100 each, Monday to Friday of the week after
const target = { ...countTarget, due: '2008-01-18', path: { ...countTarget.path, from: '2008-01-07' } }
const path = pathOf(target, 0, 1_000, calendar)
const pace = (
  value: number,
  reference: Day | null,
  more: { reachedOn?: Day; severe?: number; measure?: 'rate' } = {},
) =>
  paceOf({ due: target.due, measure: more.measure ?? 'count' }, path, calendar, {
    value,
    counted: value,
    threshold: 1_000,
    reference,
    reachedOn: more.reachedOn ?? null,
    severe: more.severe ?? -5,
  })

describe('status', () => {
  test.each<[string, number, Day | null, PaceStatus]>([
    ['before the first deadline', 0, null, 'notStarted'],
    ['before the path begins', 0, '2008-01-04', 'notStarted'],
    ['before the path begins, with something given', 900, '2008-01-06', 'notStarted'],
    ['on the line', 100, '2008-01-07', 'ahead'],
    ['above it', 101, '2008-01-07', 'ahead'],
    ['a permit below it', 99, '2008-01-07', 'behind'],
    ['five points below it', 50, '2008-01-07', 'farBehind'],
    ['nearly five points below it', 50.001, '2008-01-07', 'behind'],
    ['on a day off as on the eve', 500, '2008-01-13', 'ahead'],
    ['the day before it is due', 999, '2008-01-17', 'ahead'],
    ['on the due day, not reached', 999, '2008-01-18', 'missed'],
    ['later', 999, '2008-02-01', 'missed'],
    ['reached', 1_000, '2008-01-08', 'reached'],
    ['reached before the path begins', 1_000, null, 'reached'],
  ])('A4 %s: %d at %s is %s', (_when, value, reference, status) => {
    expect(pace(value, reference).status).toBe(status)
  })

  test.each<[Day | undefined, PaceStatus]>([
    [undefined, 'reached'],
    ['2008-01-18', 'reached'],
    ['2008-01-19', 'reachedLate'],
  ])('A4 reached on %s is %s', (reachedOn, status) => {
    expect(pace(1_200, '2008-02-01', reachedOn === undefined ? {} : { reachedOn }).status).toBe(status)
  })

  test('A4 a total that has fallen below the threshold again is not reached', () => {
    expect(pace(999, '2008-01-16', { reachedOn: '2008-01-15' }).status).toBe('ahead')
    expect(pace(999, '2008-01-18', { reachedOn: '2008-01-15' }).status).toBe('missed')
  })

  test('A5 the limit of serious belongs to the programme and meets unrounded points', () => {
    expect(pace(470, '2008-01-11', { severe: -3 })).toMatchObject({ points: -3, status: 'farBehind' })
    expect(pace(470.4, '2008-01-11', { severe: -3 }).status).toBe('behind')
    // what is printed as -5.0 need not be -5
    const nearly = pace(450.4, '2008-01-11')
    expect(nearly.points.toFixed(1)).toBe('-5.0')
    expect(nearly.status).toBe('behind')
  })
})

describe('figures', () => {
  test('A2 percent of the threshold, points of the threshold, days of the line', () => {
    expect(pace(450, '2008-01-11')).toMatchObject({
      value: 450,
      threshold: 1_000,
      percent: 45,
      expected: 500,
      points: -5,
      days: -0.5,
    })
  })

  test('A3 before the path it is compared with its eve', () => {
    expect(pace(250, '2008-01-01')).toMatchObject({ expected: 0, points: 25, days: 2.5, daysLeft: 10 })
    expect(pace(250, null)).toMatchObject({ expected: 0, points: 25, days: 2.5, daysLeft: 10 })
  })

  test('A6 days left are working days after the reference day, the due day included', () => {
    const left = ['2008-01-07', '2008-01-11', '2008-01-12', '2008-01-17', '2008-01-18', '2008-03-01']
    expect(left.map((day) => pace(0, day).daysLeft)).toEqual([9, 5, 5, 1, 0, 0])
  })

  test('A7 what is required per working day; nothing when reached, too late or for a rate', () => {
    expect(pace(450, '2008-01-11').required).toBe(110)
    expect(pace(1_000, '2008-01-11').required).toBeNull()
    expect(pace(450, '2008-01-18').required).toBeNull()
    expect(pace(450, '2008-01-11', { measure: 'rate' }).required).toBeNull()
  })
})

describe('an open day', () => {
  test('A1 what is reported for it moves the percentage, and neither points, days nor what is required', () => {
    const input = { threshold: 1_000, reference: '2008-01-10', reachedOn: null, severe: -5 }
    const without = paceOf({ due: target.due, measure: 'count' }, path, calendar, {
      ...input,
      value: 380,
      counted: 380,
    })
    const within = paceOf({ due: target.due, measure: 'count' }, path, calendar, { ...input, value: 460, counted: 380 })
    expect(within).toEqual({ ...without, value: 460, percent: 46 })
    expect(without).toMatchObject({ points: -2, required: 620 / 6 })
  })

  test('A4 a target is reached as soon as it is', () => {
    const input = { threshold: 1_000, reference: '2008-01-10', reachedOn: '2008-01-11', severe: -5 }
    const pace = paceOf({ due: target.due, measure: 'count' }, path, calendar, { ...input, value: 1_000, counted: 900 })
    expect(pace).toMatchObject({ status: 'reached', required: null })
  })
})

describe('any path', () => {
  const anyPace = fc.tuple(aPath, fc.integer({ min: -20, max: 440 }), fc.nat(10_000_000))

  test('A2 points and days have the same sign, and both are nought on the line', () => {
    fc.assert(
      fc.property(anyPace, ([{ path: line, calendar: days, from, due, threshold }, n, value]) => {
        const reference = addDays(from, n)
        const at = (v: number) =>
          paceOf({ due, measure: 'count' }, line, days, {
            value: v,
            counted: v,
            threshold,
            reference,
            reachedOn: null,
            severe: -5,
          })
        // only where the line is at a whole number can a figure be on it
        const on = line.at(reference)
        expect(at(on).days).toBe(0)
        if (Number.isInteger(on)) expect(at(on).points).toBe(0)
        const { points, days: ahead } = at(value)
        if (Math.abs(points) > 1e-6) expect(Math.sign(ahead)).toBe(Math.sign(points))
      }),
    )
  })

  test('A7 what is required, times the days left, is what is missing', () => {
    fc.assert(
      fc.property(anyPace, ([{ path: line, calendar: days, from, due, threshold }, n, value]) => {
        const reference = addDays(from, n)
        const { required, daysLeft, status } = paceOf({ due, measure: 'count' }, line, days, {
          value,
          counted: value,
          threshold,
          reference,
          reachedOn: null,
          severe: -5,
        })
        if (required === null) expect(value >= threshold || daysLeft === 0).toBe(true)
        else expect(required * daysLeft).toBeCloseTo(threshold - value, 3)
        if (value >= threshold) expect(status).toBe('reached')
        else if (reference >= due) expect(status).toBe('missed')
      }),
    )
  })
})
