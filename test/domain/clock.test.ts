import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import { dueThrough, type Setting } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { tinyProgramme } from '../support/programme.ts'
import { districtA, districtB, item, office } from '../support/people.ts'
import {
  ask,
  began,
  event,
  events,
  given,
  opened,
  type Past,
  passed,
  ready,
  refusals,
  reported,
  reviewed,
  SYSTEM,
} from './given.ts'

describe('today', () => {
  test('C13 days may be skipped but never come twice or go back', () => {
    expect(events(ready(), SYSTEM, 'BeginDay', { day: '2008-01-14' })).toEqual([
      { type: 'DayBegan', data: { day: '2008-01-14' } },
    ])
    for (const day of ['2008-01-10', '2007-12-31'])
      expect(refusals(ready(), SYSTEM, 'BeginDay', { day })).toEqual([
        { code: 'day.notForward', params: { day, today: '2008-01-10' } },
      ])
  })

  test('C14 a day that begins closes all days before it; its own deadline closes it', () => {
    expect(given(opened())).toMatchObject({ today: null, closed: null })
    expect(given(ready())).toMatchObject({ today: '2008-01-10', closed: '2008-01-09' })
    expect(given(ready(passed('2008-01-10')))).toMatchObject({ today: '2008-01-10', closed: '2008-01-10' })
    expect(given(ready(passed('2008-01-10'), began('2008-01-11')))).toMatchObject({ closed: '2008-01-10' })
    expect(given(ready(began('2008-03-01')))).toMatchObject({ closed: '2008-02-29' })
  })

  test('C3 only the deadline of today passes', () => {
    expect(events(ready(), SYSTEM, 'PassDeadline', { day: '2008-01-10' })).toEqual([
      { type: 'DeadlinePassed', data: { day: '2008-01-10' } },
    ])
    const codes = (day: string) => refusals(opened(), SYSTEM, 'PassDeadline', { day }).map((r) => r.code)
    expect(codes('2008-01-10')).toEqual(['day.notForward'])
    expect(refusals(ready(), SYSTEM, 'PassDeadline', { day: '2008-01-11' }).map((r) => r.code)).toEqual([
      'day.notForward',
    ])
  })
})

describe('after the end', () => {
  const DAY = '2008-01-10'
  const A1 = { unit: 'A1', day: DAY }
  const told = (...more: Past[]) => reviewed(1, reported(districtA, 'A1', DAY, { accepted: 10, issued: 5 }), ...more)
  const seen = told().length
  const disputed = told(event('ReportDisputed', { ...A1, values: { issued: 7 }, basis: { issued: 0 } }, office))
  const offered = told(
    event(
      'ReattributionOffered',
      {
        ...{
          offer: 1,
          ...A1,
          to: { unit: 'B1', day: DAY },
          asks: 'to',
          values: { issued: 5 },
          there: { issued: null },
        },
        ...{ versions: { from: { issued: seen }, to: { issued: 0 } }, reason: 'theirs' },
      },
      districtA,
    ),
  )
  const of = { ...A1, basedOn: seen }
  const versions = { accepted: seen, issued: seen }
  const codes = (past: readonly Past[], by: Actor, kind: CommandKind, data: unknown) => {
    const answer = ask(given(past), by, kind, data)
    return answer.ok ? [] : [...new Set(answer.refusals.map((r) => r.code))]
  }
  const over = event('ProgrammeEnded', { day: '2009-01-02' })

  test.each([
    ['taken', told(), districtB, 'SubmitReports', { items: [item('B1', DAY, { issued: 1 })] }],
    ['changed', told(), districtA, 'SubmitReports', { items: [item('A1', DAY, { issued: 6 }, { basedOn: seen })] }],
    ['withdrawn', told(), districtA, 'WithdrawReports', { items: [of], reason: 'x' }],
    ['settled', disputed, office, 'SettleDispute', { ...of, basedOn: seen + 1, values: { issued: 7 }, reason: 'x' }],
    ['moved', told(), office, 'ReattributeReports', { from: of, to: { ...of, unit: 'A2', basedOn: 0 }, reason: 'x' }],
    ['taken over', offered, districtB, 'AcceptReattribution', { offer: 1, basedOn: seen }],
  ] as const)('C20 nothing is %s any more', (_, past, by, kind, data) => {
    expect(codes(past, by, kind, data)).toEqual([])
    expect(codes([...past, over], by, kind, data)).toEqual(['programme.over'])
  })

  test('C20 what was reported is reviewed', () => {
    for (const kind of ['ApproveReports', 'ReturnReports'] as const) {
      const more = kind === 'ReturnReports' ? { reason: 'x' } : {}
      expect(codes([...told(), over], office, kind, { items: [{ ...A1, versions }], ...more }), kind).toEqual([])
    }
  })
})

const isExpected = ({ rhythm }: Setting, unit: string, day: string) => rhythm.expects(unit, 0, dayNumber(day))

describe('due', () => {
  test.each([
    [0, '2008-01-09'],
    [1, '2008-01-08'],
    [10, '2007-12-30'],
  ])('C4 with %i days of grace reports are due up to %s', (graceDays, due) => {
    const { reporting } = tinyProgramme()
    expect(dueThrough(given([...opened({ reporting: { ...reporting, graceDays } }), began('2008-01-10')]))).toBe(due)
  })

  test('C4 nothing is due before the first deadline', () => {
    expect(dueThrough(given(opened()))).toBeNull()
  })

  test.each([
    ['2008-01-01', 'A1', false, 'a holiday'],
    ['2008-01-02', 'A1', true, 'the first working day'],
    ['2008-01-05', 'A1', false, 'a Saturday'],
    ['2008-02-02', 'A1', true, 'a Saturday that is worked'],
    ['2008-01-31', 'B2', false, 'before its start'],
    ['2008-02-01', 'B2', true, 'its first day'],
    ['2009-01-05', 'A1', false, 'after the end'],
  ])('C9 on %s a report of %s is expected: %s (%s)', (day, unit, expected) => {
    expect(isExpected(given(opened()).setting!, unit, day)).toBe(expected)
  })

  test('C9 where every day counts, days off do too', () => {
    const { reporting } = tinyProgramme()
    const { setting } = given(opened({ reporting: { ...reporting, expected: 'everyDay' } }))
    expect(isExpected(setting!, 'A1', '2008-01-05')).toBe(true)
    expect(isExpected(setting!, 'A1', '2007-12-31')).toBe(false)
  })
})
