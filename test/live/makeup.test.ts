/** What a total is made of, against a count by hand over the reports as they stand. */
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Values } from '../../shared/event.ts'
import { addDays } from '../../shared/progress/day.ts'
import type { DayRow, DueRow, PaceRow, ReportRow, RowByKind, RowKind, TotalRow } from '../../shared/view/rows.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { type Bench, districtA, districtB, item, office, otherA, startBench } from '../support/core.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: '2008-01-02' })
})
afterEach(() => bench.close())

function rows<K extends RowKind>(scope: string, kind: K): RowByKind<K>[] {
  const answer = bench.core.changes(office, scope, 0)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  return answer.value.rows.filter((r): r is RowByKind<K> => r.kind === kind)
}
const total = (unit: string): TotalRow => rows(`unit:${unit}`, 'total').find((r) => r.unit === unit)!
const onDay = (unit: string, day: string): DayRow | undefined => rows(`unit:${unit}`, 'day').find((r) => r.day === day)
const due = (unit: string): DueRow => rows('unit:C', 'due').find((r) => r.unit === unit)!
const pace = (unit: string, target: string): PaceRow =>
  rows(`unit:${unit}`, 'pace').find((r) => r.unit === unit && r.target === target)!
const begin = (day: string) => bench.must(SYSTEM, 'BeginDay', { day })
const report = (unit: string, day: string, values: Values, more = {}) =>
  bench.must(unit.startsWith('A') ? districtA : districtB, 'SubmitReports', { items: [item(unit, day, values, more)] })

const LEAVES = ['A1', 'A2', 'A3', 'B1']
const BELOW: Record<string, string[]> = { C: LEAVES, A: ['A1', 'A2', 'A3'], B: ['B1'], A1: ['A1'], B1: ['B1'] }

describe('parts', () => {
  test('U1 U2 U6 every part of every unit is the sum of the reports in that state, by day and in all', async () => {
    const step = fc.record({
      unit: fc.constantFrom(...LEAVES),
      back: fc.nat(6),
      accepted: fc.integer({ min: 30, max: 60 }),
      issued: fc.nat(30),
      stranger: fc.boolean(),
    })
    await begin('2008-01-09')
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        for (const { unit, back, accepted, issued, stranger } of steps) {
          const why = { type: stranger ? 'late' : 'corrected', reason: 'x' } as const
          const by = stranger ? office : unit === 'B1' ? districtB : otherA
          const day = addDays('2008-01-09', -back)
          for (const type of [why.type, 'late', 'corrected'] as const)
            await bench.send(by, 'SubmitReports', {
              items: [item(unit, day, { accepted, issued }, { reason: 'x', type, confirmed: ['report.unusual'] })],
            })
        }
        const reports = [...rows('sheet:A', 'report'), ...rows('sheet:B', 'report')]
        for (const [unit, leaves] of Object.entries(BELOW)) {
          const mine = reports.filter((r) => leaves.includes(r.unit))
          expect(total(unit).makeup).toMatchObject(handCount(mine))
          expect(total(unit).makeup.d ?? [0, 0]).toEqual(handCount(mine).d ?? [0, 0])
          for (const day of new Set(mine.map((r) => r.day)))
            expect(onDay(unit, day)!.makeup).toMatchObject(handCount(mine.filter((r) => r.day === day)))
          const { expected, reported } = total(unit)
          // 2008-01-02 to 08, five working days; nothing is owed for what was reported on days off or today
          expect(expected).toBe(5 * leaves.length)
          const working = mine.filter((r) => r.day <= '2008-01-08' && !['2008-01-05', '2008-01-06'].includes(r.day))
          expect(reported).toBe(working.length)
        }
      }),
      { numRuns: 12 },
    )
  })

  test('U1 a disputed report stands beside the headline with the values that stand', async () => {
    await report('A1', '2008-01-02', { accepted: 7, issued: 5 })
    await bench.must(otherA, 'SubmitReports', { items: [item('A1', '2008-01-02', { accepted: 9, issued: 9 })] })
    expect(total('C').makeup).toEqual({ a: [0, 0], d: [7, 5] })
    expect(pace('C', 'count')).toMatchObject({ makeup: { a: 0, w: 0, d: 5, r: 0, m: 0 }, percent: 0 })
  })

  test('U1 with levels of review a report awaits it', async () => {
    await bench.close()
    const { reporting } = tinyProgramme()
    const programme = tinyProgramme({ reporting: { ...reporting, reviewLevels: 2 } })
    bench = await startBench({ day: '2008-01-02', programme })
    await report('A1', '2008-01-02', { accepted: 7, issued: 5 })
    expect(total('A').makeup).toEqual({ a: [0, 0], w: [7, 5] })
    expect(due('A1').state).toBe('submitted')
  })
})

describe('an open day', () => {
  test('A1 its reports are in the headline at once, and held against the path when its deadline has passed', async () => {
    await report('A1', '2008-01-02', { accepted: 300, issued: 200 })
    const open = pace('C', 'count')
    expect(open).toMatchObject({ makeup: { a: 200 }, counted: 0, percent: 2 })
    await bench.must(SYSTEM, 'PassDeadline', { day: '2008-01-02' })
    const closed = pace('C', 'count')
    expect(closed).toMatchObject({ makeup: { a: 200 }, counted: 200, reference: '2008-01-02' })
    expect(closed.points).toBeCloseTo(((200 - closed.expected) / 10_000) * 100)
  })
})

describe('what is missing', () => {
  test('U3 U4 is estimated from the street’s own days when it becomes owed, and again when the clock moves', async () => {
    await report('A1', '2008-01-02', { accepted: 10, issued: 7 })
    await begin('2008-01-03')
    await report('A1', '2008-01-03', { accepted: 21, issued: 8 })
    await begin('2008-01-04')
    expect(onDay('A1', '2008-01-04')).toBeUndefined()
    await bench.must(SYSTEM, 'PassDeadline', { day: '2008-01-04' })
    // medians 15.5 and 7.5
    expect(onDay('C', '2008-01-04')!.makeup).toEqual({ a: [0, 0], m: [16, 8] })
    expect(due('A1')).toMatchObject({ state: 'missing', values: [16, 8], owed: [], owedCount: 0 })
    await report('A1', '2008-01-03', { accepted: 30 }, { type: 'corrected', reason: 'x', basedOn: 0 })
    expect(onDay('C', '2008-01-04')!.makeup.m).toEqual([16, 8])
    await begin('2008-01-05')
    expect(onDay('C', '2008-01-04')!.makeup.m).toEqual([20, 8])
    expect(due('A1')).toMatchObject({ state: 'off', owed: ['2008-01-04'], owedCount: 1 })
    await report('A1', '2008-01-04', { accepted: 1, issued: 1 }, { reason: 'power cut' })
    expect(onDay('C', '2008-01-04')!.makeup).toEqual({ a: [1, 1] })
    expect(due('A1')).toMatchObject({ owed: [], owedCount: 0 })
  })

  test('U3 without history it counts as nothing, but is owed', async () => {
    await begin('2008-01-03')
    expect(total('C')).toMatchObject({ makeup: { a: [0, 0] }, expected: 4, reported: 0 })
    expect(due('A2')).toMatchObject({ owed: ['2008-01-02'], owedCount: 1 })
  })

  test('U5 the headline leaves it out', async () => {
    await report('A1', '2008-01-02', { accepted: 1_000, issued: 1_000 })
    await begin('2008-01-04')
    expect(pace('C', 'count').makeup).toEqual({ a: 1_000, w: 0, d: 0, r: 0, m: 1_000 })
    expect(pace('C', 'count').percent).toBe(10)
  })
})

describe('today’s report', () => {
  test('C7 not started, open, in, missing, off', async () => {
    expect([due('A1').state, due('B2').state]).toEqual(['open', 'notStarted'])
    await report('A1', '2008-01-02', { accepted: 0 })
    expect(due('A1')).toMatchObject({ state: 'approved', values: [0, null] })
    await bench.must(SYSTEM, 'PassDeadline', { day: '2008-01-02' })
    expect([due('A1').state, due('A2').state]).toEqual(['approved', 'missing'])
    await begin('2008-01-05')
    expect(due('A1').state).toBe('off')
    await report('A1', '2008-01-05', { accepted: 3 })
    expect(due('A1').state).toBe('approved')
  })

  test('C8 days off, days before the start and days that are in are not owed', async () => {
    await begin('2008-01-08')
    await report('A1', '2008-01-04', { accepted: 1 }, { reason: 'x' })
    expect(due('A1').owed).toEqual(['2008-01-02', '2008-01-03', '2008-01-07'])
    expect(due('B2').owed).toEqual([])
    await begin('2008-02-06')
    expect(due('B2').owed).toEqual(['2008-02-01', '2008-02-02', '2008-02-04', '2008-02-05'])
    expect(due('A2')).toMatchObject({ owedCount: 26, owed: expect.arrayContaining(['2008-02-05']) as unknown })
    expect(due('A2').owed).toHaveLength(5)
  })
})

describe('targets', () => {
  test('A8 a threshold is reached on the day that reports are about, at the day’s end', async () => {
    await begin('2008-01-08')
    const late = { reason: 'x', type: 'late', confirmed: ['report.unusual', 'report.coverageOver'] }
    await report('B1', '2008-01-04', { accepted: 6_000, issued: 6_000 }, late)
    expect(pace('C', 'count')).toMatchObject({ reachedOn: null, status: 'ahead' })
    expect(pace('B', 'count')).toMatchObject({ reachedOn: '2008-01-04', status: 'reached' })
    await report('A1', '2008-01-03', { accepted: 4_000, issued: 4_000 }, late)
    expect(pace('C', 'count')).toMatchObject({ reachedOn: '2008-01-04', status: 'reached' })
    expect(pace('A', 'cover')).toMatchObject({ reachedOn: null, threshold: 6_000 })
  })

  test('A8 what was given before the path counts from its first day on', async () => {
    await bench.close()
    const [t1] = tinyProgramme().baselines
    const path = { ...countTarget.path, from: '2008-01-07' }
    const late = { ...countTarget, threshold: 100, path }
    const rate = { ...late, key: 'rate', measure: 'rate' as const, threshold: 10 }
    bench = await startBench({
      day: '2008-01-02',
      programme: tinyProgramme({ baselines: [{ ...t1!, targets: [late, rate] }] }),
    })
    await report('B1', '2008-01-02', { accepted: 100, issued: 100 })
    expect(pace('C', 'count')).toMatchObject({ status: 'reached', reachedOn: null })
    for (const day of ['2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09']) {
      await begin(day)
      await report('B1', day, { accepted: 1, issued: 1 })
    }
    expect(pace('C', 'count')).toMatchObject({ status: 'reached', reachedOn: '2008-01-07' })
    // on the 8th the 100 of the 2nd are still among the seven days, on the 9th no longer
    expect(pace('C', 'rate').reachedOn).toBe('2008-01-07')
  })

  test('A8 the mean of a rate leaves out the day before its seven', async () => {
    await bench.close()
    const [t1] = tinyProgramme().baselines
    const path = { ...countTarget.path, from: '2008-01-09' }
    const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 10, path }
    bench = await startBench({
      day: '2008-01-02',
      programme: tinyProgramme({ baselines: [{ ...t1!, targets: [rate] }] }),
    })
    await report('B1', '2008-01-02', { accepted: 70, issued: 70 })
    await begin('2008-01-09')
    await report('B1', '2008-01-09', { accepted: 0, issued: 0 })
    // the seven days that end with the 9th begin with the 3rd
    expect(pace('C', 'rate').reachedOn).toBeNull()
  })

  test('A9 a rate is the mean of the seven days that end with the reference day', async () => {
    await bench.close()
    const [t1] = tinyProgramme().baselines
    const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 100 }
    bench = await startBench({
      day: '2008-01-02',
      programme: tinyProgramme({ baselines: [{ ...t1!, targets: [rate] }] }),
    })
    await report('B1', '2008-01-02', { accepted: 700, issued: 700 })
    await begin('2008-01-03')
    expect(pace('C', 'rate')).toMatchObject({ makeup: { a: 100 }, status: 'reached', required: null })
    await report('B1', '2008-01-03', { accepted: 70, issued: 70 })
    expect(pace('C', 'rate').makeup.a).toBeCloseTo(100)
    await begin('2008-01-04')
    expect(pace('C', 'rate').makeup.a).toBeCloseTo(110)
    await begin('2008-01-10')
    // the 2nd is no longer among the seven days; what is missing is estimated beside it
    expect(pace('C', 'rate').makeup.a).toBeCloseTo(10)
    expect(pace('C', 'rate')).toMatchObject({ reachedOn: '2008-01-02' })
  })
})

/** Sums of the reports by part; parts without any are left out. */
function handCount(reports: readonly ReportRow[]): Record<string, number[]> {
  const sums: Record<string, number[]> = { a: [0, 0] }
  for (const { state, values } of reports) {
    const part = (sums[state === 'disputed' ? 'd' : 'a'] ??= [0, 0])
    values.forEach((v, i) => (part[i]! += v ?? 0))
  }
  return sums
}
