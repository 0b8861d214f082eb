import { expect, it } from 'vitest'
import { dayTicks, offRuns, roundTicks } from '../../../client/charts/scale.ts'
import { workdays } from '../../../shared/progress/calendar.ts'

it('roundTicks are round and few', () => {
  expect(roundTicks(5_600_000, 6)).toEqual([1e6, 2e6, 3e6, 4e6, 5e6])
  expect(roundTicks(66_000, 1)).toEqual([])
  expect(roundTicks(66_000, 2)).toEqual([50_000])
  expect(roundTicks(3, 6)).toEqual([0.5, 1, 1.5, 2, 2.5, 3])
  expect(roundTicks(0, 6)).toEqual([])
})

it('dayTicks name months, and weeks when there are too few months', () => {
  expect(dayTicks('2008-02-01', '2008-06-30', 14).map((t) => t.day)).toEqual([
    '2008-02-01',
    '2008-03-01',
    '2008-04-01',
    '2008-05-01',
    '2008-06-01',
  ])
  expect(dayTicks('2008-02-01', '2009-06-30', 6).length).toBeLessThanOrEqual(6)
  expect(dayTicks('2008-02-01', '2008-02-20', 9)[0]).toEqual({ day: '2008-02-04', kind: 'week' })
})

it('offRuns joins days off of one name over the weekend between them', () => {
  const named = (en: string) => ({ zh: en, en })
  const calendar = workdays({
    source: { zh: '', en: '' },
    weekend: [0, 6],
    off: [
      { day: '2008-02-07', name: named('A') },
      { day: '2008-02-08', name: named('A') },
      { day: '2008-02-11', name: named('A') },
      { day: '2008-02-13', name: named('A') },
      { day: '2008-02-14', name: named('B') },
    ],
    work: [],
  })
  expect(offRuns('2008-02-01', '2008-02-29', { ...calendar, nameOf: (day) => calendar.nameOf(day)?.en })).toEqual([
    { from: '2008-02-07', to: '2008-02-11', name: 'A' },
    { from: '2008-02-13', to: '2008-02-13', name: 'A' },
    { from: '2008-02-14', to: '2008-02-14', name: 'B' },
  ])
})
