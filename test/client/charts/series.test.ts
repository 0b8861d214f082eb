import { describe, expect, it } from 'vitest'
import {
  dayOnPath,
  daySeries,
  pathSeries,
  recentMean,
  spanOf,
  whole,
  workdayBefore,
} from '../../../client/charts/series.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import type { DayRow, Makeup } from '../../../shared/view/rows.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'

const row = (day: string, makeup: Makeup): DayRow => ({ kind: 'day', key: `day/C/${day}`, unit: 'C', day, makeup })
const calendar = workdays(tinyProgramme().calendar)

describe('daySeries', () => {
  const rows = [
    row('2008-01-03', { a: [9, 20], w: [0, 5] }),
    row('2007-12-31', { a: [9, 100] }),
    row('2008-01-02', { a: [9, 10], m: [0, 3] }),
    row('2008-01-08', { a: [9, 1000] }),
  ]

  it('has every day from first to last and counts what came before in the level', () => {
    const { days, daily, level } = daySeries(rows, 1, 'count', '2008-01-01', '2008-01-04')
    expect(days).toEqual(['2008-01-01', '2008-01-02', '2008-01-03', '2008-01-04'])
    expect(daily.map((p) => p.a)).toEqual([0, 10, 20, 0])
    expect(level.map((p) => p.a)).toEqual([100, 110, 130, 130])
  })

  it('keeps the parts apart, and a part that is left out is nothing', () => {
    const { level } = daySeries(rows, 1, 'coverage', '2008-01-01', '2008-01-04')
    expect(level.at(-1)).toEqual({ a: 130, w: 5, d: 0, r: 0, m: 3 })
    expect(whole(level.at(-1)!)).toBe(138)
  })

  it('means the last seven days for a rate', () => {
    const flat = Array.from({ length: 14 }, (_, i) => row(`2008-01-${String(i + 1).padStart(2, '0')}`, { a: [0, 7] }))
    const { level } = daySeries(flat, 1, 'rate', '2008-01-08', '2008-01-16')
    expect(level.map((p) => Math.round(p.a * 1000) / 1000)).toEqual([7, 7, 7, 7, 7, 7, 7, 6, 5])
  })

  it('is empty when its last day is before its first', () => {
    expect(daySeries(rows, 1, 'count', '2008-01-05', '2008-01-04').days).toEqual([])
  })
})

describe('pathSeries', () => {
  const pace = { start: 0, threshold: 6_500 }

  it('rises on working days only and arrives on the due day', () => {
    const { path, step } = pathSeries(countTarget, pace, calendar, '2008-01-01', '2008-03-31')
    expect(path.at(-1)).toBe(6_500)
    expect(step[0]).toBe(0)
    expect(step[1]).toBeGreaterThan(0)
    // 5 January 2008 is a Saturday
    expect(step[4]).toBe(0)
    expect(path[4]).toBe(path[3])
  })

  it('expects the path itself of each day of a rate', () => {
    const rate = { ...countTarget, measure: 'rate' as const }
    const { path, step } = pathSeries(rate, pace, calendar, '2007-12-30', '2008-01-04')
    expect(step.slice(0, 2)).toEqual([0, 0])
    expect(step.slice(2)).toEqual(path.slice(2))
  })
})

it('spanOf goes on to today when the due day has passed', () => {
  expect(spanOf(countTarget, null)).toEqual({ from: '2008-01-01', to: '2008-03-31' })
  expect(spanOf(countTarget, '2008-02-01').to).toBe('2008-03-31')
  expect(spanOf(countTarget, '2008-05-02').to).toBe('2008-05-02')
})

it('recentMean looks at working days up to a day', () => {
  const rows = [10, 20, 30, 1, 1, 40, 99].map((a, i) => row(`2008-01-0${i + 2}`, { a: [0, a] }))
  const series = daySeries(rows, 1, 'count', '2008-01-02', '2008-01-08')
  expect(recentMean(series, calendar, '2008-01-07', 3)).toBe(30)
  expect(recentMean(series, calendar, '2008-01-01', 3)).toBeNull()
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
    workdayBefore(workdays({ source: '', weekend: [0, 1, 2, 3, 4, 5, 6], off: [], work: [] }), '2008-01-12', 2),
  ).toBe('2007-12-15')
})
