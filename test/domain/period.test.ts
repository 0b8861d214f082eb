import { describe, expect, test } from 'vitest'
import { districtA, item, office } from '../support/people.ts'
import { after, event, events, given, opened, ready, refusals } from './given.ts'

const locked = ready(event('PeriodLocked', { through: '2008-01-07' }))

describe('locking', () => {
  test('P1 all days up to one before today', () => {
    const past = after(ready(), office, 'LockPeriod', { through: '2008-01-09' })
    expect(given(past).lockedThrough).toBe('2008-01-09')
    expect(events(locked, office, 'LockPeriod', { through: '2008-01-08' })).toEqual([
      { type: 'PeriodLocked', data: { through: '2008-01-08' } },
    ])
  })

  test('P1 not before the first day has begun, and never backwards', () => {
    expect(refusals(opened(), office, 'LockPeriod', { through: '2008-01-02' })).toEqual([
      { code: 'report.future', params: { day: '2008-01-02', today: '' }, at: 'through' },
    ])
    expect(refusals(locked, office, 'LockPeriod', { through: '2008-01-04' })).toEqual([
      { code: 'report.locked', params: { through: '2008-01-07' }, at: 'through' },
    ])
  })

  test('P3 a locked day takes no report, the day after it does', () => {
    const late = (day: string) => ({ items: [item('A1', day, { accepted: 1 }, { reason: 'box' })] })
    expect(refusals(locked, districtA, 'SubmitReports', late('2008-01-07')).map((r) => r.code)).toEqual([
      'report.locked',
    ])
    expect(events(locked, districtA, 'SubmitReports', late('2008-01-08'))).toHaveLength(1)
  })
})

describe('reopening', () => {
  test('P2 from a day on, with a reason', () => {
    expect(events(locked, office, 'ReopenPeriod', { from: '2008-01-04', reason: 'found a box' })).toEqual([
      { type: 'PeriodReopened', data: { through: '2008-01-03', reason: 'found a box' } },
    ])
  })

  test('P2 from the first day of the programme on: nothing is locked any more', () => {
    for (const from of ['2008-01-01', '2007-06-01']) {
      const past = after(locked, office, 'ReopenPeriod', { from, reason: 'found a box' })
      expect(given(past).lockedThrough).toBeNull()
    }
  })

  test('P2 what is not locked is not reopened', () => {
    for (const past of [ready(), locked])
      expect(refusals(past, office, 'ReopenPeriod', { from: '2008-01-08', reason: 'x' })).toEqual([
        { code: 'period.notLocked', at: 'from' },
      ])
  })

  test('P1 P2 what was reopened can be locked again', () => {
    const open = after(locked, office, 'ReopenPeriod', { from: '2008-01-04', reason: 'found a box' })
    expect(given(after(open, office, 'LockPeriod', { through: '2008-01-07' })).lockedThrough).toBe('2008-01-07')
  })
})
