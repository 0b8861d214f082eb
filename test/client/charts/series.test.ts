import { describe, expect, it } from 'vitest'
import {
  type DayFigures,
  dayOnPath,
  daySeries,
  pathSeries,
  recentMean,
  spanOf,
  workdayBefore,
} from '../../../client/charts/series.ts'
import { counterOf, NO_BREAKDOWN, plus } from '../../../shared/progress/breakdown.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { pathOf } from '../../../shared/progress/path.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'
import { day } from './sample.ts'

const calendar = workdays(tinyProgramme().calendar)
const totalOf = (rows: readonly DayFigures[]) =>
  rows.reduce((sum, r) => plus(sum, counterOf(r.breakdown, 1), 1), NO_BREAKDOWN)
const count = (rows: readonly DayFigures[]) => ({ counter: 1, measure: 'count' as const, total: totalOf(rows) })

describe('daySeries', () => {
  const rows = [
    day('2008-01-03', { approved: 20, waiting: { up: 5, down: 2 } }),
    day('2007-12-31', { approved: 100 }),
    day('2008-01-02', { approved: 10, missing: 3 }),
    day('2008-01-08', { approved: 1000 }),
  ]

  it('has every day from first to last; the level is everything up to the day, also from days that are not there', () => {
    const { days, daily, level } = daySeries(rows, count(rows), calendar, '2008-01-01', '2008-01-04')
    expect(days).toEqual(['2008-01-01', '2008-01-02', '2008-01-03', '2008-01-04'])
    expect(daily.map((p) => p.approved)).toEqual([0, 10, 20, 0])
    expect(level.map((p) => p.approved)).toEqual([100, 110, 130, 130])
    const later = daySeries(rows.slice(2), count(rows), calendar, '2008-01-04', '2008-01-08')
    expect(later.level.map((p) => p.approved)).toEqual([130, 130, 130, 130, 1_130])
  })

  it('keeps the parts apart, ups and downs too', () => {
    const { level } = daySeries(rows, count(rows), calendar, '2008-01-01', '2008-01-04')
    expect(level.at(-1)).toEqual({ ...NO_BREAKDOWN, approved: 130, waiting: { up: 5, down: 2 }, missing: 3 })
  })

  it('means the last seven days for a rate', () => {
    const flat = Array.from({ length: 14 }, (_, i) => day(`2008-01-${String(i + 1).padStart(2, '0')}`, { approved: 7 }))
    const rate = { counter: 1, measure: 'rate' as const, total: NO_BREAKDOWN }
    const { level } = daySeries(flat, rate, calendar, '2008-01-08', '2008-01-16')
    expect(level.map((p) => Math.round(p.approved * 1000) / 1000)).toEqual([7, 7, 7, 7, 7, 7, 7, 6, 5])
  })

  it('is empty when its last day is before its first', () => {
    expect(daySeries(rows, count(rows), calendar, '2008-01-05', '2008-01-04').days).toEqual([])
  })

  it('has a bar for each report; one of a period covers it and is shared out over its working days', () => {
    const week = { ...day('2008-01-11', { approved: 50 }), spans: [null, '2008-01-07'] }
    const { bars } = daySeries(
      [day('2008-01-05', { approved: 2 }), week],
      count([]),
      calendar,
      '2008-01-01',
      '2008-01-13',
    )
    expect(bars).toEqual([
      { first: 4, last: 4, perDay: { ...NO_BREAKDOWN, approved: 2 }, off: true },
      { first: 6, last: 10, perDay: { ...NO_BREAKDOWN, approved: 10 }, off: false },
    ])
  })

  it('spreads each counter over its own span', () => {
    const week = { ...day('2008-01-11', { approved: 50 }), spans: [null, '2008-01-07'] }
    const bars = (counter: number) =>
      daySeries([week], { ...count([]), counter }, calendar, '2008-01-01', '2008-01-13').bars
    // the other counter is a daily one: 9 of Friday alone
    expect(bars(0)).toEqual([{ first: 10, last: 10, perDay: { ...NO_BREAKDOWN, approved: 9 }, off: false }])
    expect(bars(1)).toMatchObject([{ first: 6, last: 10, perDay: { approved: 10 } }])
  })
})

describe('pathSeries', () => {
  const line = pathOf(countTarget, 0, 6_500, calendar)

  it('rises on working days only and arrives on the due day', () => {
    const { path, step } = pathSeries(line, 'count', '2008-01-01', '2008-03-31')
    expect(path.at(-1)).toBe(6_500)
    expect(step[0]).toBe(0)
    expect(step[1]).toBeGreaterThan(0)
    // 5 January 2008 is a Saturday
    expect(step[4]).toBe(0)
    expect(path[4]).toBe(path[3])
  })

  it('expects the path itself of each day of a rate', () => {
    const { path, step } = pathSeries(line, 'rate', '2007-12-30', '2008-01-04')
    expect(step.slice(0, 2)).toEqual([0, 0])
    expect(step.slice(2)).toEqual(path.slice(2))
  })
})

it('spanOf goes on to today when the due day has passed', () => {
  expect(spanOf(countTarget, null)).toEqual({ from: '2008-01-01', to: '2008-03-31' })
  expect(spanOf(countTarget, '2008-02-01').to).toBe('2008-03-31')
  expect(spanOf(countTarget, '2008-05-02').to).toBe('2008-05-02')
})

const FROM = '2008-01-02'
it('recentMean looks at working days up to a day', () => {
  const rows = [10, 20, 30, 1, 1, 40, 99].map((approved, i) => day(`2008-01-0${i + 2}`, { approved }))
  expect(recentMean(rows, 1, calendar, { from: FROM, through: '2008-01-07', most: 3 })).toEqual({ mean: 30, days: 3 })
  // a working day without a report counts as nothing
  expect(recentMean([rows[0]!], 1, calendar, { from: FROM, through: '2008-01-03', most: 2 })?.mean).toBe(5)
  expect(recentMean(rows, 1, calendar, { from: FROM, through: '2008-01-01', most: 3 })).toBeNull()
  expect(recentMean([], 1, calendar, { from: FROM, through: '2008-01-07', most: 3 })).toBeNull()
})

it('recentMean counts the days before the first report too, and says how many days it is of', () => {
  const rows = [day('2008-01-25', { approved: 100 })]
  const of = (from: string, most: number) => recentMean(rows, 1, calendar, { from, through: '2008-01-25', most })
  expect(of('2008-01-02', 10)).toEqual({ mean: 10, days: 10 })
  expect(of('2008-01-02', 30)).toEqual({ mean: 100 / 18, days: 18 })
  expect(of('2008-01-24', 10), 'the unit began the day before').toEqual({ mean: 50, days: 2 })
})

it('recentMean takes of a period what falls on the working days looked at', () => {
  const week = { ...day('2008-01-11', { approved: 50 }), spans: [null, '2008-01-07'] }
  expect(
    recentMean([day('2008-01-04', { approved: 4 }), week], 1, calendar, {
      from: '2008-01-04',
      through: '2008-01-11',
      most: 2,
    })?.mean,
  ).toBe(10)
  expect(
    recentMean([day('2008-01-04', { approved: 4 }), week], 1, calendar, {
      from: '2008-01-04',
      through: '2008-01-11',
      most: 6,
    })?.mean,
  ).toBe(9)
  // days of it after the last one looked at are not
  expect(recentMean([week], 1, calendar, { from: '2008-01-07', through: '2008-01-08', most: 2 })?.mean).toBe(10)
})

it('dayOnPath finds where the path stands at a level', () => {
  expect(dayOnPath([0, 10, 10, 20], 15)).toBe(2.5)
  expect(dayOnPath([0, 10, 10, 20], 10)).toBe(1)
  expect(dayOnPath([5, 10], 2)).toBeNull()
  expect(dayOnPath([5, 10], 20)).toBeNull()
})

it('workdayBefore counts the day itself when it is one', () => {
  expect(workdayBefore(calendar, '2008-01-11', 5)).toBe('2008-01-07')
  expect(workdayBefore(calendar, '2008-01-12', 5)).toBe('2008-01-07')
  expect(
    workdayBefore(
      workdays({ source: { zh: '', en: '' }, weekend: [0, 1, 2, 3, 4, 5, 6], off: [], work: [] }),
      '2008-01-12',
      2,
    ),
  ).toBe('2007-12-15')
})
