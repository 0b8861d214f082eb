import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, office } from '../support/people.ts'
import {
  after,
  ask,
  began,
  event,
  events,
  figureOf,
  given,
  opened,
  type Past,
  ready,
  refusals,
  reported,
  reviewed,
} from './given.ts'

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

describe('what is still open', () => {
  const OPEN_DAY = '2008-01-08'
  const cell = { unit: 'A1', day: OPEN_DAY }
  const waiting = reviewed(1, reported(districtA, 'A1', OPEN_DAY, { accepted: 10, issued: 8 }))
  const version = waiting.length
  const lock = { through: '2008-01-09' }
  const carried = (counters: string[]) => ({ ...lock, carried: [{ ...cell, counters }] })
  const review = (counter: string) => ({ items: [{ ...cell, versions: { [counter]: version } }] })
  const codes = (past: Past[], by: Actor, kind: CommandKind, data: unknown) => {
    const decided = ask(given(past), by, kind, data)
    return decided.ok ? [] : decided.refusals.map((r) => r.code)
  }

  test('P4 keeps a lock from its day, each figure by name', () => {
    const open = (counter: string, state = 'submitted') => ({
      code: 'period.open',
      params: { ...cell, counter, state },
      at: 'carried',
    })
    expect(refusals(waiting, office, 'LockPeriod', lock)).toEqual([open('accepted'), open('issued')])
    expect(refusals(waiting, office, 'LockPeriod', carried(['issued']))).toEqual([open('accepted')])
    const returned = after(waiting, office, 'ReturnReports', { ...review('accepted'), reason: 'which?' })
    expect(refusals(returned, office, 'LockPeriod', carried(['issued']))).toEqual([open('accepted', 'returned')])
    expect(refusals(waiting, office, 'LockPeriod', { through: '2008-01-07' })).toEqual([])
  })

  test('P4 what is not open is not carried over', () => {
    const approved = after(waiting, office, 'ApproveReports', review('accepted'))
    expect(refusals(approved, office, 'LockPeriod', carried(['accepted', 'issued']))).toEqual([
      { code: 'period.notOpen', params: { ...cell, counter: 'accepted' }, at: 'carried.0.counters.accepted' },
    ])
    const later = { through: '2008-01-07', carried: [{ ...cell, counters: ['issued'] }] }
    expect(codes(waiting, office, 'LockPeriod', later)).toEqual(['period.notOpen'])
  })

  test('P5 what was carried over is brought to an end, and nothing else', () => {
    const locked = after(waiting, office, 'LockPeriod', carried(['accepted', 'issued']))
    const edit = (by: number) => ({
      items: [item('A1', OPEN_DAY, { accepted: 11 }, { basedOn: by, type: 'corrected', reason: 'recount' })],
    })
    expect(codes(locked, districtA, 'SubmitReports', edit(locked.length))).toEqual(['report.locked'])
    const done = after(locked, office, 'ApproveReports', review('accepted'))
    expect(figureOf(done, 'A1', OPEN_DAY, 'accepted')).toMatchObject({ state: 'approved', approved: 10 })
    expect(codes(done, office, 'ApproveReports', review('accepted'))).toEqual(['report.locked'])
    const returned = after(locked, office, 'ReturnReports', { ...review('accepted'), reason: 'which?' })
    const again = after(returned, districtA, 'SubmitReports', edit(returned.length))
    expect(figureOf(again, 'A1', OPEN_DAY, 'accepted')).toMatchObject({ state: 'submitted', value: 11 })
    const move = { from: { ...cell, basedOn: locked.length }, to: { unit: 'A2', day: OPEN_DAY, basedOn: 0 } }
    expect(codes(locked, districtA, 'ReattributeReports', { ...move, reason: 'theirs' })).toContain('report.locked')
  })

  test('P4 P6 a later lock need not name it again, and reopened days carry nothing over', () => {
    const locked = after(waiting, office, 'LockPeriod', carried(['accepted', 'issued']))
    const next = [...locked, began('2008-01-11')]
    expect(refusals(next, office, 'LockPeriod', { through: '2008-01-10' })).toEqual([])
    const reopened = after(locked, office, 'ReopenPeriod', { from: OPEN_DAY, reason: 'found a box' })
    expect(codes(reopened, office, 'LockPeriod', lock)).toEqual(['period.open', 'period.open'])
    const anew = after(
      after(reopened, office, 'ApproveReports', review('issued')),
      office,
      'LockPeriod',
      carried(['accepted']),
    )
    expect(codes(anew, office, 'ApproveReports', review('issued'))).toEqual(['report.locked'])
    expect(codes(anew, office, 'ApproveReports', review('accepted'))).toEqual([])
  })
})
