/** What a unit's rows say of targets that are a mean of seven days. */
import { beforeEach, expect, test } from 'vitest'
import type { Programme, Target } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { ClosedRow } from '../../shared/view/rows.ts'
import { began, joined } from '../domain/given.ts'
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
const closed = (unit: string): ClosedRow => log.rows('closed', 'unit:C').find((r) => r.unit === unit)!
const late = (unit: string, day: string, issued: number) =>
  log.add('ReportRestated', { unit, day, values: { issued }, type: 'late', reason: 'x' }, 'office')
const reached = (unit: string, target: string) => closed(unit).reached.find((r) => r.target === target)
const withTargets = (...targets: Target[]) => ({ baselines: [{ ...tinyProgramme().baselines[0]!, targets }] })

test('A9 the week that ends with the due day comes where a target is a rate, else it does not', () => {
  expect(closed('C').week).toBeNull()
  start('2008-01-02', withTargets({ ...countTarget, key: 'rate', measure: 'rate', threshold: 100 }))
  expect(closed('C').week!.approved).toEqual([0, 0])
  report('B1', '2008-01-02', { accepted: 700, issued: 700 })
  begin('2008-01-03')
  expect(closed('C').week!.approved).toEqual([700, 700])
  begin('2008-01-10')
  expect(closed('C').week!.approved).toEqual([0, 0])
  expect(closed('C').week!.missing[1]).toBeGreaterThan(0)
})

test('A9, A16 a rate keeps the week of its due day, and its best week stands beside it', () => {
  const rate = { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 100, due: '2008-01-17' }
  start('2008-01-02', withTargets(rate))
  const rates = () => closed('C').rates
  const best = (sum: number, on: string) => ({ sum, on })
  expect(rates()).toEqual([{ baseline: 'T1', target: 'rate', due: null, best: null }])
  report('B1', '2008-01-02', { accepted: 700, issued: 700 })
  begin('2008-01-10')
  report('B1', '2008-01-10', { accepted: 300, issued: 300 })
  begin('2008-01-17')
  // the best of equals is the first, and what is not due yet is in none
  expect(rates()).toEqual([{ baseline: 'T1', target: 'rate', due: null, best: best(700, '2008-01-02') }])
  begin('2008-01-18')
  report('B1', '2008-01-18', { accepted: 9_000, issued: 9_000 })
  begin('2008-02-18')
  expect(closed('C').week!.approved).toEqual([0, 0])
  expect(rates()).toMatchObject([{ due: { approved: [0, 0] }, best: best(700, '2008-01-02') }])
  // it is of what is approved now: a correction moves both
  late('B1', '2008-01-16', 770)
  expect(rates()).toMatchObject([{ due: { approved: [0, 770] }, best: best(1_070, '2008-01-16') }])
  expect(closed('A').rates).toMatchObject([{ due: { approved: [0, 0] }, best: null }])
})

test('A9 a mean that is exactly the threshold reaches it', () => {
  start('2008-01-02', withTargets({ ...countTarget, key: 'rate', measure: 'rate', threshold: 1 }))
  for (const day of ['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08']) {
    begin(day)
    report('B1', day, { accepted: 2, issued: day === '2008-01-08' ? 0 : 1 })
  }
  report('A1', '2008-01-08', { accepted: 3, issued: 3 })
  expect(reached('C', 'rate')).toMatchObject({ on: '2008-01-08' })
})
