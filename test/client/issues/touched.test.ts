import { describe, expect, test } from 'vitest'
import { daysAround, touchedDays, touchedMeans, touchedSums } from '../../../client/features/issues/touched.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { dayRow, issueRow, programme } from './sample.ts'

const calendar = workdays(programme.calendar)
const sums = (issue = issueRow(1, { counters: ['issued', 'accepted'] }), today = '2008-03-20') =>
  touchedSums(
    issue,
    touchedDays(issue, today)!,
    [
      dayRow('north', '2008-02-29', [1000, 1000]),
      dayRow('north', '2008-03-03', [10, 1]),
      dayRow('north', '2008-03-04', [20, 2], { d: [5, 0], m: [0, 7] }),
      dayRow('north', '2008-03-07', [30, 3], { w: [4, 4], r: [6, 0] }),
      dayRow('north', '2008-03-08', [500, 500]),
      dayRow('south', '2008-03-04', [900, 900]),
    ],
    programme.counters,
  )

describe('the figures a question touches', () => {
  test('sums are of its unit, its days (both ends) and its counters, in its order', () => {
    expect(sums()).toEqual([
      { counter: 'issued', at: 1, parts: { a: 6, w: 4, d: 0, r: 0, m: 7 } },
      { counter: 'accepted', at: 0, parts: { a: 60, w: 4, d: 5, r: 6, m: 0 } },
    ])
  })

  test('without a last day they go through today, and on', () => {
    const issue = issueRow(1, { to: null })
    expect(touchedDays(issue, '2008-03-20')).toEqual({ from: '2008-03-03', through: '2008-03-20', goingOn: true })
    expect(sums(issue)).toEqual([{ counter: 'accepted', at: 0, parts: { a: 560, w: 4, d: 5, r: 6, m: 0 } }])
  })

  test('without a last day but closed, through the day of closing', () => {
    const issue = issueRow(1, { to: null, state: 'closed', closedOn: '2008-03-07' })
    expect(touchedDays(issue, '2008-03-20')).toEqual({ from: '2008-03-03', through: '2008-03-07', goingOn: false })
  })

  test('days that have not come are not counted', () => {
    expect(touchedDays(issueRow(1), '2008-03-04')).toEqual({ from: '2008-03-03', through: '2008-03-04', goingOn: true })
    expect(touchedDays(issueRow(1), '2008-03-07')?.goingOn).toBe(false)
    expect(touchedDays(issueRow(1), '2008-03-02')).toBeNull()
    expect(touchedDays(issueRow(1), null)).toBeNull()
  })

  test('a first day centuries ago is looked at for a few years only', () => {
    const days = touchedDays(issueRow(1, { from: '0208-03-03', to: null }), '2008-03-20')
    expect(days).toEqual({ from: '2004-02-10', through: '2008-03-20', goingOn: true })
  })

  test('a counter that the programme does not know is passed over', () => {
    expect(sums(issueRow(1, { counters: ['unheard-of'] }))).toEqual([])
  })
})

describe('before and during', () => {
  const days = touchedDays(issueRow(1), '2008-03-20')!
  const means = (due: string | null, earliest = '2008-02-01') =>
    touchedMeans(
      days,
      due,
      earliest,
      (d) => calendar.isWork(d),
      (d) => (d < '2008-03-03' ? 100 : 130),
    )

  test('as many expected days before as during; days off are in neither', () => {
    expect(means('2008-03-19')).toEqual({
      during: 130,
      before: 100,
      duringDays: 4,
      beforeDays: 4,
      beforeFrom: '2008-02-26',
    })
  })

  test('days whose reports are not due yet are left out', () => {
    expect(means('2008-03-04')).toEqual({
      during: 130,
      before: 100,
      duringDays: 2,
      beforeDays: 2,
      beforeFrom: '2008-02-28',
    })
    expect(means(null)).toEqual({ during: null, before: null, duringDays: 0, beforeDays: 0, beforeFrom: null })
  })

  test('nothing is looked for before the programme began', () => {
    expect(means('2008-03-19', '2008-03-03')).toMatchObject({ before: null, beforeDays: 0 })
    expect(means('2008-03-19', '2008-02-28')).toMatchObject({ beforeDays: 2 })
  })
})

test('the days drawn hold the question with some around it, inside the programme and today', () => {
  const days = touchedDays(issueRow(1), '2008-03-20')!
  expect(daysAround(days, '2008-02-01', '2008-03-20')).toEqual({ from: '2008-02-22', to: '2008-03-17' })
  expect(daysAround(days, '2008-03-01', '2008-03-10')).toEqual({ from: '2008-03-01', to: '2008-03-10' })
  expect(daysAround({ ...days, from: '2008-01-20' }, '2008-02-01', '2008-03-10').from).toBe('2008-01-20')
})
