/** The rows of a unit's scope, case by case. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Programme, Target } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Breakdown, ClosedRow, DayRow, SumsRow } from '../../shared/view/rows.ts'
import { began, joined, passed } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

let log: WrittenLog
function start(day: string, overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began(day))
}
beforeEach(() => start('2008-01-02'))

const begin = (day: string) => log.write(began(day))
const report = (unit: string, day: string, values: Values) =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const withdraw = (unit: string, day: string, ...counters: string[]) =>
  log.add('ReportWithdrawn', { unit, day, counters, reason: 'wrong day' }, 'districtA')
const sums = (unit: string, of = 'C'): SumsRow => log.rows('sums', `unit:${of}`).find((r) => r.unit === unit)!
const closed = (unit: string, of = 'C'): ClosedRow => log.rows('closed', `unit:${of}`).find((r) => r.unit === unit)!
const onDay = (unit: string, day: string): DayRow | undefined =>
  log.rows('day', `unit:${unit}`).find((r) => r.day === day)

/** Parts that are not zero, by name. */
function parts({ approved, missing, ...shifts }: Breakdown): Record<string, readonly number[]> {
  const all: [string, readonly number[]][] = [['a', approved]]
  for (const [name, { up, down }] of Object.entries(shifts)) all.push([`${name}+`, up], [`${name}-`, down])
  all.push(['m', missing])
  return Object.fromEntries(all.filter(([, counts]) => counts.some((n) => n !== 0)))
}

describe('what is missing', () => {
  test('U9 U10 it is estimated from the street’s own days when it becomes owed, and again when the clock moves', () => {
    report('A1', '2008-01-02', { accepted: 10, issued: 7 })
    begin('2008-01-03')
    report('A1', '2008-01-03', { accepted: 21, issued: 8 })
    begin('2008-01-04')
    expect(parts(sums('C').today)).toEqual({})
    log.write(passed('2008-01-04'))
    // medians 15.5 and 7.5
    expect(parts(sums('C').today)).toEqual({ m: [16, 8] })
    expect(sums('A1').state).toBe('missing')
    report('A1', '2008-01-03', { accepted: 30 })
    expect(parts(sums('C').today)).toEqual({ m: [16, 8] })
    begin('2008-01-05')
    expect(parts(onDay('C', '2008-01-04')!.breakdown)).toEqual({ m: [20, 8] })
    expect(closed('A1').owed).toEqual(['2008-01-04'])
    report('A1', '2008-01-04', { accepted: 1, issued: 1 })
    expect(parts(onDay('C', '2008-01-04')!.breakdown)).toEqual({ a: [1, 1] })
    expect(closed('A1')).toMatchObject({ owed: [], owedCount: 0 })
  })

  test('U10 a baseline that is added makes no estimate again', () => {
    report('A1', '2008-01-02', { accepted: 10, issued: 8 })
    begin('2008-01-03')
    begin('2008-01-04')
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ m: [10, 8] })
    report('A1', '2008-01-02', { accepted: 30 })
    const baseline = { ...tinyProgramme().baselines[0]!, key: 'T2', inForceFrom: '2008-03-01' }
    log.add('BaselineAdded', { baseline, reason: 'decided' }, 'office')
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ m: [10, 8] })
    log.write(passed('2008-01-04'))
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ m: [30, 8] })
  })

  test('U10 C12 a counter that is left blank is owed and estimated alone; the report is partial', () => {
    report('A1', '2008-01-02', { accepted: 10, issued: 7 })
    begin('2008-01-03')
    report('A1', '2008-01-03', { accepted: 12 })
    begin('2008-01-04')
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ a: [12, 0], m: [0, 7] })
    expect(closed('A1').reports).toEqual({ expected: 2, in: 1, partial: 1, missing: 0 })
    report('A1', '2008-01-03', { issued: 0 })
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ a: [12, 0] })
    expect(closed('A1').reports).toEqual({ expected: 2, in: 2, partial: 0, missing: 0 })
  })

  test('U10 what is withdrawn is owed and estimated again at once', () => {
    report('A1', '2008-01-02', { accepted: 10, issued: 8 })
    begin('2008-01-03')
    report('A1', '2008-01-03', { accepted: 20, issued: 9 })
    begin('2008-01-04')
    withdraw('A1', '2008-01-03', 'accepted', 'issued')
    expect(parts(onDay('A1', '2008-01-03')!.breakdown)).toEqual({ m: [10, 8] })
    expect(closed('A1')).toMatchObject({ owed: ['2008-01-03'], reports: { in: 1, partial: 0, missing: 1 } })
  })

  test('U9 without history it counts as nothing, but is owed', () => {
    begin('2008-01-03')
    expect(closed('C').reports).toEqual({ expected: 4, in: 0, partial: 0, missing: 4 })
    expect(parts(sums('C').total)).toEqual({})
    expect(closed('A2')).toMatchObject({ owed: ['2008-01-02'], owedCount: 1 })
  })

  test('C12 days off and days before the start are not owed; the latest five are named', () => {
    begin('2008-01-08')
    report('A1', '2008-01-04', { accepted: 1, issued: 1 })
    expect(closed('A1').owed).toEqual(['2008-01-02', '2008-01-03', '2008-01-07'])
    expect(closed('B2').owed).toEqual([])
    begin('2008-02-06')
    expect(closed('B2').owed).toEqual(['2008-02-01', '2008-02-02', '2008-02-04', '2008-02-05'])
    expect(closed('A2')).toMatchObject({ owedCount: 26 })
    expect(closed('A2').owed).toEqual(['2008-01-31', '2008-02-01', '2008-02-02', '2008-02-04', '2008-02-05'])
    expect(closed('C')).toMatchObject({ owed: [], owedCount: 26 * 3 + 25 + 4 })
  })
})

describe('today', () => {
  test('C11 not started, open, in, missing, partial, off', () => {
    expect([sums('A1').state, sums('B2').state, sums('A').state]).toEqual(['open', 'notStarted', null])
    report('A1', '2008-01-02', { accepted: 0 })
    expect(sums('A1').state).toBe('partial')
    report('A1', '2008-01-02', { issued: 0 })
    expect(sums('A1').state).toBe('approved')
    log.write(passed('2008-01-02'))
    expect([sums('A1').state, sums('A2').state]).toEqual(['approved', 'missing'])
    begin('2008-01-05')
    expect(sums('A1').state).toBe('off')
  })

  test('U12 A1 an open day is in the total and not counted yet; its report is not expected yet', () => {
    report('A1', '2008-01-02', { accepted: 9, issued: 5 })
    expect(sums('C').total.approved).toEqual([9, 5])
    expect(sums('C').today.approved).toEqual([9, 5])
    expect(closed('C')).toMatchObject({ counted: [0, 0], reports: { expected: 0 } })
    log.write(passed('2008-01-02'))
    expect(closed('C')).toMatchObject({ counted: [9, 5], reports: { expected: 4, in: 1, missing: 3 } })
  })

  test('C4 with days of grace, what is not due yet is not counted', () => {
    start('2008-01-02', { reporting: { ...tinyProgramme().reporting, graceDays: 1 } })
    report('A1', '2008-01-02', { accepted: 9, issued: 5 })
    begin('2008-01-03')
    expect(closed('C')).toMatchObject({ counted: [0, 0], reports: { expected: 0 } })
    expect(closed('C').sinceReference!.approved).toEqual([9, 5])
    begin('2008-01-04')
    expect(closed('C')).toMatchObject({ counted: [9, 5], reports: { expected: 4 } })
    expect(closed('C').sinceReference).toBeUndefined()
  })
})

describe('days and recent figures', () => {
  test('S16 a day before today with anything in it has a row; a day of nothing has none', () => {
    report('A1', '2008-01-02', { accepted: 9, issued: 5 })
    expect(onDay('C', '2008-01-02')).toBeUndefined()
    begin('2008-01-04')
    expect(onDay('C', '2008-01-02')!.breakdown.approved).toEqual([9, 5])
    expect(onDay('A', '2008-01-02')!.breakdown.approved).toEqual([9, 5])
    expect(onDay('B', '2008-01-02')).toBeUndefined()
    withdraw('A1', '2008-01-02', 'accepted', 'issued')
    expect(onDay('C', '2008-01-02')).toBeUndefined()
  })

  test('S16 of a reporting unit zero is something, and counters without an answer are named', () => {
    report('A1', '2008-01-02', { accepted: 0 })
    expect(sums('A1')).toMatchObject({ state: 'partial', blank: [1] })
    expect(sums('A2')).not.toHaveProperty('blank')
    begin('2008-01-03')
    expect(onDay('A1', '2008-01-02')).toMatchObject({ blank: [1] })
    report('A1', '2008-01-02', { issued: 0 })
    expect(onDay('A1', '2008-01-02')).not.toHaveProperty('blank')
    expect(onDay('A1', '2008-01-02')!.breakdown.approved).toEqual([0, 0])
    withdraw('A1', '2008-01-02', 'accepted', 'issued')
    expect(onDay('A1', '2008-01-02')).toBeUndefined()
  })

  test('U8 a day on which every street has given zero is a day of the district; of a counter that nobody gave it says so', () => {
    expect(onDay('B', '2008-01-02')).toBeUndefined()
    expect(sums('B')).not.toHaveProperty('blank')
    report('B1', '2008-01-02', { accepted: 0 })
    expect(log.rows('sums', 'unit:B').find((r) => r.unit === 'B')).toMatchObject({ state: null, blank: [1] })
    expect(sums('B')).not.toHaveProperty('blank')
    begin('2008-01-03')
    expect(onDay('B', '2008-01-02')).toMatchObject({ blank: [1] })
    report('B1', '2008-01-02', { issued: 0 })
    expect(onDay('B', '2008-01-02')).toBeDefined()
    expect(onDay('B', '2008-01-02')).not.toHaveProperty('blank')
    report('B1', '2008-01-03', { accepted: 0, issued: 0 })
    expect(log.rows('sums', 'unit:B').find((r) => r.unit === 'B')).toMatchObject({ blank: [] })
    expect(log.rows('sums', 'unit:C').find((r) => r.unit === 'B')).not.toHaveProperty('blank')
  })

  test('S16 the latest fourteen days that anything was expected of, today left out; of the unit and its children', () => {
    report('A1', '2008-01-02', { accepted: 9, issued: 5 })
    begin('2008-01-07')
    report('A1', '2008-01-07', { accepted: 9, issued: 6 })
    expect(closed('C').recent).toEqual([5, 0, 0])
    expect(closed('A').recent).toEqual([5, 0, 0])
    expect(closed('A1').recent).toBeNull()
    expect(closed('A1', 'A').recent).toEqual([5, 0, 0])
    begin('2008-03-03')
    expect(closed('C').recent).toHaveLength(14)
  })

  test('C9 figures of a week stand on its last working day, which says where the week began', () => {
    start('2008-01-02', { reporting: { ...tinyProgramme().reporting, expected: 'weekly' } })
    begin('2008-01-11')
    report('A1', '2008-01-11', { accepted: 40, issued: 30 })
    const week = ['2008-01-07', '2008-01-07']
    expect([sums('C').spans, sums('A', 'A').spans, sums('A1', 'A1').spans]).toEqual([week, week, week])
    // days of other units are in their own scopes
    expect(sums('A1', 'A')).not.toHaveProperty('spans')
    begin('2008-01-14')
    expect(onDay('C', '2008-01-11')).toMatchObject({ spans: week })
    expect(sums('C')).not.toHaveProperty('spans')
    expect(closed('A1')).toMatchObject({ owed: ['2008-01-04'], reports: { expected: 2, in: 1 } })
  })

  describe('C9 a span is of one counter', () => {
    const weekly = (...counters: string[]) =>
      tinyProgramme().counters.map((c) => (counters.includes(c.key) ? { ...c, expected: 'weekly' as const } : c))
    const FRIDAY = '2008-01-11'
    const spans = (unit: string) => onDay(unit, FRIDAY)?.spans

    test('daily ones have none, and a weekly one that is blank has none', () => {
      start('2008-01-02', { counters: weekly('issued') })
      begin('2008-01-14')
      report('A1', FRIDAY, { accepted: 40 })
      report('A2', FRIDAY, { issued: 0 })
      report('A3', FRIDAY, { accepted: 40, issued: 30 })
      expect(onDay('A1', FRIDAY)).not.toHaveProperty('spans')
      expect([spans('A2'), spans('A3')]).toEqual([
        [null, '2008-01-07'],
        [null, '2008-01-07'],
      ])
      withdraw('A3', FRIDAY, 'issued')
      expect(onDay('A3', FRIDAY)).not.toHaveProperty('spans')
      expect(spans('A')).toEqual([null, '2008-01-07'])
    })

    test('of a day outside the rhythm it is that day', () => {
      start('2008-01-02', { counters: weekly('issued') })
      begin('2008-01-14')
      report('A1', '2008-01-08', { issued: 30 })
      expect(onDay('A1', '2008-01-08')).not.toHaveProperty('spans')
    })

    test('a sum has one where all that report the counter that day share it', () => {
      const units = tinyProgramme().units.map((u) => {
        if (u.code === 'A1' || u.code === 'A2') return { ...u, expected: 'weekly' as const }
        return u.code === 'A3' ? { ...u, expected: 'tenDays' as const } : u
      })
      start('2008-01-02', { units })
      begin('2008-02-01')
      // the 11th is the last working day of a week, not of ten days; the 31st of ten days alone
      for (const unit of ['A1', 'A2']) report(unit, FRIDAY, { accepted: 4, issued: 3 })
      expect(spans('A')).toEqual(['2008-01-07', '2008-01-07'])
      report('A3', FRIDAY, { accepted: 1 })
      expect(spans('A')).toEqual([null, '2008-01-07'])
      report('B1', FRIDAY, { issued: 1 })
      expect(onDay('C', FRIDAY)).not.toHaveProperty('spans')
      report('A3', '2008-01-31', { accepted: 9, issued: 9 })
      expect(onDay('C', '2008-01-31')).toMatchObject({ spans: ['2008-01-21', '2008-01-21'] })
    })
  })

  test('C10 U8 a unit that has ended is expected no more and stays in the sums', () => {
    const units = tinyProgramme().units.map((u) => (u.code === 'A2' ? { ...u, endsOn: '2008-01-03', into: 'A1' } : u))
    start('2008-01-02', { units })
    report('A2', '2008-01-02', { accepted: 9, issued: 5 })
    begin('2008-01-08')
    expect(sums('A2').state).toBe('ended')
    expect(sums('A').total.approved).toEqual([9, 5])
    expect(closed('A2').reports).toEqual({ expected: 2, in: 1, partial: 0, missing: 1 })
    expect(closed('A2').owed).toEqual(['2008-01-03'])
    report('A2', '2008-01-03', { accepted: 1, issued: 1 })
    expect(closed('A').counted).toEqual([10, 6])
  })
})

describe('changes', () => {
  test('S16 the latest twenty-four run round, for every unit above, in figures alone', () => {
    for (let i = 1; i <= 25; i++) report('A1', '2008-01-02', { issued: i })
    const rows = log.rows('change', 'unit:C')
    expect(rows).toHaveLength(24)
    expect(rows.find((r) => r.key === 'x0')).toEqual({
      kind: 'change',
      key: 'x0',
      seq: log.events.length,
      at: Date.parse(log.events.at(-1)!.at),
      type: 'ReportSubmitted',
      unit: 'A1',
      day: '2008-01-02',
      changes: [{ counter: 1, before: 24, after: 25 }],
    })
    expect(log.rows('change', 'unit:B')).toEqual([])
    expect(JSON.stringify(log.projector.scopes.changes('unit:C', 0))).not.toContain('districtA')
  })

  test('S16 a claim against what stands, a withdrawal to nothing, a settlement', () => {
    report('A1', '2008-01-02', { accepted: 9, issued: 5 })
    const last = () => log.rows('change', 'unit:A1').sort((a, b) => b.seq - a.seq)[0]!
    log.add('ReportDisputed', { unit: 'A1', day: '2008-01-02', values: { issued: 7 }, basis: { issued: 0 } }, 'otherA')
    expect(last().changes).toEqual([{ counter: 1, before: 5, after: 7 }])
    expect(parts(sums('A1').total)).toEqual({ a: [9, 0], 'disputed+': [0, 5] })
    expect(sums('A1').state).toBe('disputed')
    const settled = { unit: 'A1', day: '2008-01-02', values: { issued: 6 }, reason: 'by phone' }
    log.add('DisputeSettled', settled, 'districtA')
    expect(last()).toMatchObject({ changes: [{ counter: 1, before: 5, after: 6 }], restated: 'corrected' })
    withdraw('A1', '2008-01-02', 'accepted')
    expect(last().changes).toEqual([{ counter: 0, before: 9, after: null }])
  })

  test('U11 S16 what is confirmed against a warning stays counted until the value changes', () => {
    const stood = { confirmed: { issued: ['report.unusual' as const] } }
    log.add(
      'ReportSubmitted',
      { unit: 'A1', day: '2008-01-02', values: { accepted: 9, issued: 900 }, ...stood },
      'districtA',
    )
    expect([closed('A1').confirmed, closed('C').confirmed, closed('B').confirmed]).toEqual([1, 1, 0])
    report('A1', '2008-01-02', { issued: 8 })
    expect(closed('C').confirmed).toBe(0)
  })
})

describe('targets', () => {
  const withTargets = (...targets: Target[]) => ({ baselines: [{ ...tinyProgramme().baselines[0]!, targets }] })
  const reached = (unit: string, target: string) => closed(unit).reached.find((r) => r.target === target)
  const late = (unit: string, day: string, issued: number) =>
    log.add('ReportRestated', { unit, day, values: { issued }, type: 'late', reason: 'x' }, 'office')

  test('A15 a threshold is reached on the day that reports are about, at the day’s end', () => {
    begin('2008-01-08')
    late('B1', '2008-01-04', 6_000)
    expect(reached('C', 'count')).toBeUndefined()
    expect(reached('B', 'count')).toMatchObject({ on: '2008-01-04', takenBack: null })
    late('A1', '2008-01-03', 4_000)
    expect(reached('C', 'count')).toMatchObject({ on: '2008-01-04' })
    expect(reached('A', 'cover')).toBeUndefined()
  })

  test('A15 what was given before the path counts from its first day on, once that has begun', () => {
    const path = { ...countTarget.path, from: '2008-01-07' }
    const early = { ...countTarget, threshold: 100, path }
    start('2008-01-02', withTargets(early, { ...early, key: 'rate', measure: 'rate', threshold: 10 }))
    report('B1', '2008-01-02', { accepted: 100, issued: 100 })
    expect(closed('C').reached).toEqual([])
    begin('2008-01-04')
    expect(closed('C').reached).toEqual([])
    begin('2008-01-07')
    expect(reached('C', 'count')).toMatchObject({ on: '2008-01-07' })
    expect(reached('C', 'rate')).toMatchObject({ on: '2008-01-07' })
  })

  test('A15 the mean of a rate leaves out the day before its seven', () => {
    const path = { ...countTarget.path, from: '2008-01-09' }
    start('2008-01-02', withTargets({ ...countTarget, key: 'rate', measure: 'rate', threshold: 10, path }))
    report('B1', '2008-01-02', { accepted: 70, issued: 70 })
    begin('2008-01-09')
    // the seven days that end with the 9th begin with the 3rd
    expect(closed('C').reached).toEqual([])
  })

  test('A12 a day is taken back by the event that did it, until it is reached by then again', () => {
    begin('2008-01-08')
    late('B1', '2008-01-04', 6_000)
    const seq = late('B1', '2008-01-04', 10)
    const mark = { seq, unit: 'B1', day: '2008-01-04', type: 'ReportRestated', was: '2008-01-04' }
    expect(reached('B', 'count')).toEqual({ baseline: 'T1', target: 'count', on: null, takenBack: mark })
    late('B1', '2008-01-07', 6_000)
    expect(reached('B', 'count')).toMatchObject({ on: '2008-01-07', takenBack: mark })
    late('B1', '2008-01-03', 6_000)
    expect(reached('B', 'count')).toMatchObject({ on: '2008-01-03', takenBack: null })
  })

  test('A15 a baseline that comes later is measured by what is there', () => {
    begin('2008-01-08')
    late('B1', '2008-01-04', 600)
    const [t1] = tinyProgramme().baselines
    const baseline = { ...t1!, key: 'T2', inForceFrom: '2008-02-01', targets: [{ ...countTarget, threshold: 500 }] }
    log.add('BaselineAdded', { baseline, reason: 'decided' }, 'office')
    expect(closed('C').reached).toEqual([{ baseline: 'T2', target: 'count', on: '2008-01-04', takenBack: null }])
  })
})
