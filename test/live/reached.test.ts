/** Days on which targets are reached, when they are taken back, and by what. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Values } from '../../shared/domain/values.ts'
import { began, event, opened, type Past } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { districtA } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

/** District A has reached 100 issued on the 7th; 60 more are of the 8th. */
let log: WrittenLog
beforeEach(() => {
  log = writtenLog()
  const target = { ...countTarget, unit: 'A', threshold: 100, shareBy: null, allocation: {} }
  log.write(...opened({ baselines: [{ ...tinyProgramme().baselines[0]!, targets: [target] }] }), began('2008-01-10'))
  log.write(given('A1', '2008-01-07', 100), given('A2', '2008-01-08', 60))
})

const given = (unit: string, day: string, issued: number): Past =>
  event('ReportSubmitted', { unit, day, values: { issued } }, districtA)
const changed = (unit: string, day: string, issued: number): Past =>
  event('ReportRestated', { unit, day, values: { issued }, type: 'corrected', reason: 'recounted' }, districtA)
const side = (unit: string, other: string, which: 'from' | 'to', issued: number | null, moved: Values): Past =>
  event(
    'ReportReattributed',
    {
      unit,
      day: '2008-01-08',
      side: which,
      values: { issued },
      moved,
      other: { unit: other, day: '2008-01-08' },
      reason: 'wrong street',
    },
    districtA,
  )
const reached = () => log.rows('closed', 'unit:A').find((r) => r.unit === 'A')!.reached[0]
const by = (seq: number, unit: string, day: string, type = 'ReportRestated') => ({
  ...{ seq, unit, day, type },
  was: '2008-01-07',
})

describe('A12 a day that was taken back', () => {
  test('is told by the first event that did it, however much later ones take', () => {
    const first = log.write(changed('A1', '2008-01-07', 50))
    expect(reached()).toMatchObject({ on: '2008-01-08', takenBack: by(first, 'A1', '2008-01-07') })
    log.write(changed('A2', '2008-01-08', 10))
    expect(reached()).toMatchObject({ on: null, takenBack: by(first, 'A1', '2008-01-07') })
    log.write(changed('A1', '2008-01-07', 100))
    expect(reached()).toMatchObject({ on: '2008-01-07', takenBack: null })
    const second = log.write(changed('A1', '2008-01-07', 99))
    expect(reached()).toMatchObject({ takenBack: by(second, 'A1', '2008-01-07') })
  })

  test('keeps its cause over a move that leaves the sum as it was, whichever side comes first', () => {
    const first = log.write(changed('A1', '2008-01-07', 50))
    const told = { on: '2008-01-08', takenBack: by(first, 'A1', '2008-01-07') }
    log.together(side('A2', 'A3', 'from', null, { issued: 60 }), side('A3', 'A2', 'to', 60, { issued: 60 }))
    expect(reached()).toMatchObject(told)
    log.together(changed('A1', '2008-01-07', 100), changed('A1', '2008-01-07', 50))
    expect(reached()).toMatchObject(told)
  })

  test('is judged by a command as a whole: what one event takes and the next gives was never taken', () => {
    log.together(changed('A1', '2008-01-07', 40), given('A3', '2008-01-07', 60))
    expect(reached()).toMatchObject({ on: '2008-01-07', takenBack: null })
    log.together(given('A2', '2008-01-07', 60), changed('A1', '2008-01-07', 0))
    expect(reached()).toMatchObject({ on: '2008-01-07', takenBack: null })
    const last = log.together(given('A2', '2008-01-07', 70), changed('A3', '2008-01-07', 20))
    expect(reached()).toMatchObject({ on: '2008-01-08', takenBack: by(last, 'A3', '2008-01-07') })
  })

  test('is not told of a day that has not come', () => {
    const target = { ...countTarget, unit: 'A', threshold: 100, path: { ...countTarget.path, from: '2008-01-14' } }
    const baseline = { ...tinyProgramme().baselines[0]!, key: 'T2', inForceFrom: '2008-01-14', targets: [target] }
    log.add('BaselineAdded', { baseline, reason: 'decided' }, 'office')
    log.write(changed('A1', '2008-01-07', 0))
    const later = log.rows('closed', 'unit:A').find((r) => r.unit === 'A')!.reached
    expect(later.map((r) => r.baseline)).toEqual(['T1'])
  })
})

describe('A15 a part of nothing', () => {
  const { baselines } = tinyProgramme()
  const target = { ...countTarget, due: '2008-01-15', allocation: { B1: 0 } }
  const first = [{ baseline: 'T1', target: 'count', on: '2008-01-01', takenBack: null }]
  const reachedBy = (unit: string) => log.rows('closed', 'unit:B').find((r) => r.unit === unit)!.reached

  test('is reached with the path’s first day, whatever is reported and taken back later', () => {
    log = writtenLog()
    log.write(...opened({ baselines: [{ ...baselines[0]!, targets: [target] }] }), began('2008-01-21'))
    expect([reachedBy('B1'), reachedBy('B2')]).toEqual([first, []])
    log.write(given('B1', '2008-01-18', 5))
    expect(reachedBy('B1')).toEqual(first)
    log.write(changed('B1', '2008-01-18', 0))
    expect(reachedBy('B1')).toEqual(first)
  })

  test('also of a mean, of a baseline that is added, and not before the path begins', () => {
    const rate = { ...target, key: 'rate', measure: 'rate' as const }
    const later = { ...target, key: 'later', due: '2008-03-31', path: { ...countTarget.path, from: '2008-01-22' } }
    log = writtenLog()
    log.write(...opened({ baselines: [{ ...baselines[0]!, targets: [later] }] }), began('2008-01-21'))
    log.add('BaselineAdded', {
      baseline: { ...baselines[0]!, key: 'T2', inForceFrom: '2008-01-14', targets: [rate] },
      reason: 'decided',
    })
    const [mean] = [{ baseline: 'T2', target: 'rate', on: '2008-01-01', takenBack: null }]
    expect(reachedBy('B1')).toEqual([mean])
    log.write(began('2008-01-22'))
    expect(reachedBy('B1')).toEqual([{ baseline: 'T1', target: 'later', on: '2008-01-22', takenBack: null }, mean])
  })
})
