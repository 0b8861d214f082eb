import { describe, expect, test } from 'vitest'
import {
  comparedDays,
  daysAround,
  touchedDays,
  touchedMeans,
  touchedSums,
} from '../../../client/features/issues/touched.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { dayRow, issueRow, programme } from './sample.ts'

const calendar = workdays(programme.calendar)
const sums = (issue = issueRow(1, { counters: ['issued', 'accepted'] }), today = '2008-03-20') =>
  touchedSums(
    issue,
    touchedDays(issue, today)!,
    [
      dayRow('2008-02-29', [1000, 1000]),
      dayRow('2008-03-03', [10, 1]),
      dayRow('2008-03-04', [20, 2], { disputed: { up: [5, 0], down: [0, 0] }, missing: [0, 7] }),
      dayRow('2008-03-07', [30, 3], {
        waiting: { up: [4, 4], down: [1, 0] },
        returned: { up: [6, 0], down: [0, 0] },
      }),
      dayRow('2008-03-08', [500, 500]),
    ],
    programme.counters,
  )

describe('the figures a question touches', () => {
  test('sums are of its unit, its days (both ends) and its counters, in its order', () => {
    expect(sums()).toEqual([
      {
        counter: 'issued',
        at: 1,
        breakdown: {
          approved: 6,
          waiting: { up: 4, down: 0 },
          disputed: { up: 0, down: 0 },
          returned: { up: 0, down: 0 },
          missing: 7,
        },
      },
      {
        counter: 'accepted',
        at: 0,
        breakdown: {
          approved: 60,
          waiting: { up: 4, down: 1 },
          disputed: { up: 5, down: 0 },
          returned: { up: 6, down: 0 },
          missing: 0,
        },
      },
    ])
  })

  test('without a last day they go through today, and on', () => {
    const issue = issueRow(1, { to: null })
    expect(touchedDays(issue, '2008-03-20')).toEqual({ from: '2008-03-03', through: '2008-03-20', goingOn: true })
    expect(sums(issue).map((s) => [s.counter, s.breakdown.approved])).toEqual([['accepted', 560]])
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
  const compared = (due: string | null, earliest = '2008-02-01') =>
    comparedDays(days, due, earliest, (d) => calendar.isWork(d))

  test('as many expected days before as during it; days off are in neither', () => {
    expect(compared('2008-03-19')).toEqual({
      during: ['2008-03-03', '2008-03-04', '2008-03-06', '2008-03-07'],
      before: ['2008-02-29', '2008-02-28', '2008-02-27', '2008-02-26'],
    })
  })

  test('days whose reports are not due yet are left out', () => {
    expect(compared('2008-03-04').during).toEqual(['2008-03-03', '2008-03-04'])
    expect(compared('2008-03-04').before).toHaveLength(2)
    expect(compared('2008-02-29')).toEqual({ during: [], before: [] })
    expect(compared(null)).toEqual({ during: [], before: [] })
  })

  test('nothing is looked for before the programme began', () => {
    expect(compared('2008-03-19', '2008-03-03').before).toEqual([])
    expect(compared('2008-03-19', '2008-02-28').before).toEqual(['2008-02-29', '2008-02-28'])
  })

  test('means are of the approved figures of those days, and none without a day', () => {
    const approved = (d: string) => (d < '2008-03-03' ? 100 : 130)
    expect(touchedMeans(compared('2008-03-19'), approved)).toEqual({ during: 130, before: 100 })
    expect(touchedMeans(compared('2008-03-19', '2008-03-03'), approved)).toEqual({ during: 130, before: null })
    expect(touchedMeans(compared(null), approved)).toEqual({ during: null, before: null })
  })
})

test('the days drawn hold the question with some around it, inside the programme and today', () => {
  const days = touchedDays(issueRow(1), '2008-03-20')!
  expect(daysAround(days, '2008-02-01', '2008-03-20')).toEqual({ from: '2008-02-22', to: '2008-03-17' })
  expect(daysAround(days, '2008-03-01', '2008-03-10')).toEqual({ from: '2008-03-01', to: '2008-03-10' })
  expect(daysAround({ ...days, from: '2008-01-20' }, '2008-02-01', '2008-03-10').from).toBe('2008-01-20')
})
