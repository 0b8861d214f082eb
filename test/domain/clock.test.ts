import { describe, expect, test } from 'vitest'
import { dueThrough, type Setting } from '../../shared/domain/world.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { tinyProgramme } from '../support/programme.ts'
import { began, events, given, opened, passed, ready, refusals, SYSTEM } from './given.ts'

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
