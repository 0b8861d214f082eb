import { describe, expect, test } from 'vitest'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import { districtA, item } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { began, opened, type Past, ready, refusals, reported, submitRefusals } from './given.ts'

const TODAY = '2008-01-10'

describe('a counter within another', () => {
  test('R34 asked when the one rises or the other falls, and only where the excess grows', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 10, issued: 8 }))
    const change = (values: Values) =>
      submitRefusals(past, districtA, item('A1', TODAY, values, { basedOn: past.length }))
    expect(change({ issued: 10 })).toEqual([])
    expect(change({ issued: 11 })).toEqual(['items.0.values.issued report.exceeds'])
    expect(change({ accepted: 7 })).toEqual(['items.0.values.accepted report.exceeds'])
    const over = ready(reported(districtA, 'A1', TODAY, { accepted: 10, issued: 13 }))
    const further = (values: Values) =>
      submitRefusals(over, districtA, item('A1', TODAY, values, { basedOn: over.length }))
    expect(further({ issued: 12 })).toEqual([])
    expect(further({ accepted: 12, issued: 15 })).toEqual([])
    expect(further({ accepted: 12, issued: 16 })).toEqual(['items.0.values.issued report.exceeds'])
  })

  test('R34 judged at the end of the report’s day, not only over all days', () => {
    const past = [...opened(), began('2008-01-03'), reported(districtA, 'A1', '2008-01-03', { accepted: 50 })]
    const early = item('A1', '2008-01-02', { accepted: 5, issued: 6 }, { reason: 'x' })
    expect(refusals(past, districtA, 'SubmitReports', { items: [early] })).toEqual([
      {
        code: 'report.exceeds',
        params: { counter: 'issued', within: 'accepted', total: 6, limit: 5 },
        at: 'items.0.values.issued',
        level: 'warning',
      },
    ])
  })

  test('R34 while the other counter is blank in the report there is nothing to be judged by', () => {
    expect(submitRefusals(ready(), districtA, item('A1', TODAY, { issued: 25 }))).toEqual([])
    const half = ready(reported(districtA, 'A1', TODAY, { issued: 25 }))
    const follow = (accepted: number) =>
      refusals(half, districtA, 'SubmitReports', { items: [item('A1', TODAY, { accepted })] })
    expect(follow(25)).toEqual([])
    expect(follow(24)).toEqual([
      {
        code: 'report.exceeds',
        params: { counter: 'issued', within: 'accepted', total: 25, limit: 24 },
        at: 'items.0.values.accepted',
        level: 'warning',
      },
    ])
  })

  test('R34 and over all days as well: a later report may have passed it', () => {
    const past = [
      ...opened(),
      began('2008-01-03'),
      reported(districtA, 'A1', '2008-01-02', { accepted: 10 }),
      reported(districtA, 'A1', '2008-01-03', { issued: 10 }),
    ]
    const items = [item('A1', '2008-01-02', { accepted: 9 }, { basedOn: past.length, type: 'reduced', reason: 'x' })]
    expect(refusals(past, districtA, 'SubmitReports', { items })).toMatchObject([
      { code: 'report.exceeds', params: { total: 10, limit: 9 }, at: 'items.0.values.accepted' },
    ])
  })
})

/** Five working days from Monday the 7th; of the week the Friday. */
describe('a counter within one that is reported more rarely', () => {
  const { counters } = tinyProgramme()
  const weekly = (...more: Past[]): Past[] => [
    ...opened({ counters: counters.map((c) => (c.key === 'accepted' ? { ...c, expected: 'weekly' as const } : c)) }),
    began('2008-01-18'),
    ...more,
  ]
  const issued = (day: string, n: number): Past => reported(districtA, 'A1', `2008-01-${day}`, { issued: n })
  const week = (from: number, n: number): Past[] =>
    [0, 1, 2, 3].map((i) => issued(String(from + i).padStart(2, '0'), n))
  const give = (past: Past[], day: string, values: Values, more: Partial<ReportItem> = {}) =>
    refusals(past, districtA, 'SubmitReports', {
      items: [item('A1', `2008-01-${day}`, values, { reason: 'late', ...more })],
    }).map((r) => [r.at, r.code, r.params?.total, r.params?.limit])
  const asked = (total: number, limit: number, counter = 'accepted') => [
    [`items.0.values.${counter}`, 'report.exceeds', total, limit],
  ]

  test('R34 is judged when that one comes in, by all that its report covers', () => {
    const past = weekly(...week(7, 100))
    expect(give(past, '11', { accepted: 400, issued: 0 })).toEqual([])
    expect(give(past, '11', { accepted: 10 })).toEqual(asked(400, 10))
    expect(give(past, '11', { accepted: 10, issued: 5 })).toEqual(asked(405, 10, 'issued'))
    // on the days before there is nothing to be judged by
    expect(give(past, '08', { issued: 900 }, { basedOn: past.length, type: 'corrected' })).toEqual([])
  })

  test('R34 each excess is judged once: what an earlier week had too much is not asked about again', () => {
    const first = reported(districtA, 'A1', '2008-01-11', { accepted: 10 })
    const past = weekly(...week(7, 100), first, ...week(14, 20))
    expect(give(past, '18', { accepted: 80 })).toEqual([])
    expect(give(past, '18', { accepted: 79 })).toEqual(asked(480, 89))
  })

  test('R34 a week of which that one is missing is judged when it comes in', () => {
    const past = weekly(...week(7, 100), ...week(14, 20))
    expect(give(past, '18', { accepted: 80 })).toEqual([])
    expect(give([...past, reported(districtA, 'A1', '2008-01-18', { accepted: 80 })], '11', { accepted: 10 })).toEqual(
      asked(400, 10),
    )
  })

  test('R34 afterwards an earlier day of the same week is judged over all days', () => {
    const past = weekly(...week(7, 100), reported(districtA, 'A1', '2008-01-11', { accepted: 400 }))
    const change = (n: number) => give(past, '08', { issued: n }, { basedOn: past.length, type: 'corrected' })
    expect(change(100)).toEqual([])
    expect(change(99)).toEqual([])
    expect(change(101)).toEqual(asked(401, 400, 'issued'))
    expect(give(past, '14', { issued: 50 })).toEqual([])
  })

  test('R34 R8 what the same command brings before is a part of it', () => {
    const items = ['07', '08', '11'].map((day) =>
      item('A1', `2008-01-${day}`, { issued: 10, ...(day === '11' && { accepted: 25 }) }, { reason: 'late' }),
    )
    expect(refusals(weekly(), districtA, 'SubmitReports', { items }).map((r) => [r.at, r.params?.total])).toEqual([
      ['items.2.values.issued', 30],
    ])
  })

  test('R34 a day after the last working day of the week is covered by no report: it is judged when it is given', () => {
    const friday = reported(districtA, 'A1', '2008-01-11', { accepted: 100, issued: 20 })
    const past = weekly(...week(7, 20), friday)
    expect(give(past, '12', { issued: 1 })).toEqual(asked(101, 100, 'issued'))
    // once confirmed it is not asked about again, neither by the next week's report nor by a limit given for that day
    const confirmed = [...past, issued('12', 50)]
    expect(give(confirmed, '13', { issued: 50 })).toEqual(asked(200, 100, 'issued'))
    const on = [...confirmed, issued('13', 50), ...week(14, 20)]
    expect(give(on, '18', { accepted: 100, issued: 20 })).toEqual([])
    expect(give(on, '18', { accepted: 99, issued: 20 })).toEqual(asked(300, 199, 'issued'))
    expect(give(confirmed, '12', { accepted: 10 }, { basedOn: confirmed.length })).toEqual([])
  })
})

describe('a counter within one that is not expected of the day', () => {
  const { counters } = tinyProgramme()
  const every = (accepted: 'workdays' | 'monthly', issued: 'workdays' | 'everyDay') =>
    counters.map((c) => ({ ...c, expected: c.key === 'accepted' ? accepted : issued }))

  test.each(['workdays', 'everyDay'] as const)(
    'R34 on a Saturday it is judged at once, reported on %s itself',
    (own) => {
      const past = [
        ...opened({ counters: every('workdays', own) }),
        began('2008-01-12'),
        reported(districtA, 'A1', '2008-01-11', { accepted: 100, issued: 100 }),
      ]
      const give = (issued: number) => submitRefusals(past, districtA, item('A1', '2008-01-12', { issued }))
      expect(give(0)).toEqual([])
      expect(give(900)).toEqual(['items.0.values.issued report.exceeds'])
      // by the end of that day, too, whatever has come in since
      const later = [...past, began('2008-01-14'), reported(districtA, 'A1', '2008-01-14', { accepted: 5_000 })]
      expect(submitRefusals(later, districtA, item('A1', '2008-01-12', { issued: 900 }, { reason: 'late' }))).toEqual([
        'items.0.values.issued report.exceeds',
      ])
    },
  )

  test('R34 and after the last working day of a month', () => {
    const past = [
      ...opened({ counters: every('monthly', 'everyDay') }),
      began('2008-08-31'),
      reported(districtA, 'A1', '2008-08-29', { accepted: 100, issued: 100 }),
    ]
    const give = (day: string) =>
      submitRefusals(past, districtA, item('A1', day, { issued: 500 }, day === '2008-08-31' ? {} : { reason: 'late' }))
    for (const day of ['2008-08-30', '2008-08-31']) expect(give(day)).toEqual(['items.0.values.issued report.exceeds'])
    // the 28th is covered by the report of the 29th
    expect(give('2008-08-28')).toEqual(['items.0.values.issued report.exceeds'])
    expect(
      submitRefusals([...past, began('2008-09-01')], districtA, item('A1', '2008-09-01', { issued: 500 })),
    ).toEqual([])
  })
})
