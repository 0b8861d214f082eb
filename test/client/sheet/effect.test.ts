import { describe, expect, test } from 'vitest'
import { effectOf, mainTarget, rankOf, reported } from '../../../client/features/sheet/effect.ts'
import { countTarget } from '../../support/programme.ts'

const makeup = (a: number, more: Partial<Record<'w' | 'd' | 'r' | 'm', number>> = {}) => ({
  a,
  w: 0,
  d: 0,
  r: 0,
  m: 0,
  ...more,
})
/** threshold 1,000; 400 expected; 20 working days left */
const pace = (a: number, more = {}) => ({ makeup: makeup(a, more), threshold: 1000, expected: 400, daysLeft: 20 })

describe('what a report does', () => {
  test('a report that is not in yet: 350 → 380 is −5 → −2 points, 32.5 → 31 a day', () => {
    const e = effectOf(pace(350), null, 30)
    expect(e.total).toEqual({ before: 350, after: 380 })
    expect(e.points).toEqual({ before: -5, after: -2 })
    expect(e.required).toEqual({ before: 32.5, after: 31 })
    expect(e.share).toEqual({ before: 0.35, after: 0.38 })
    expect(e.changed).toBe(true)
  })
  test('a report that is in already: what stands is taken out first', () => {
    const e = effectOf(pace(380), 30, 30)
    expect(e.total).toEqual({ before: 350, after: 380 })
    expect(effectOf(pace(380), 30, 40).total).toEqual({ before: 350, after: 390 })
  })
  test('nothing reported and nothing typed moves nothing', () => {
    const e = effectOf(pace(380), null, null)
    expect(e.changed).toBe(false)
    expect(e.points.before).toBe(e.points.after)
    // a zero report is an answer
    expect(effectOf(pace(380), null, 0).changed).toBe(true)
  })
  test('everything that is in counts, estimates do not', () => {
    expect(reported(pace(300, { w: 20, d: 10, r: 5, m: 99 }))).toBe(335)
  })
  test('nothing is needed once the threshold is met, or when no working day is left', () => {
    expect(effectOf(pace(990), 0, 10).required).toEqual({ before: 0.5, after: null })
    expect(effectOf({ ...pace(350), daysLeft: 0 }, 0, 10).required).toEqual({ before: null, after: null })
  })
})

describe('rank in the district', () => {
  const effects = new Map([
    ['x', effectOf(pace(500), 0, 0)],
    ['y', effectOf(pace(480), 0, 30)],
    ['z', effectOf(pace(400), 0, 0)],
  ])
  test('by share of the threshold, without and with the own report', () => {
    expect(rankOf(effects, 'y')).toEqual({ before: 2, after: 1 })
    expect(rankOf(effects, 'x')).toEqual({ before: 2, after: 2 })
    expect(rankOf(effects, 'z')).toEqual({ before: 3, after: 3 })
  })
  test('equal shares have equal ranks; a stranger has none', () => {
    const two = new Map([
      ['x', effectOf(pace(500), 0, 0)],
      ['y', effectOf(pace(470), 0, 30)],
    ])
    expect(rankOf(two, 'x')!.after).toBe(1)
    expect(rankOf(two, 'y')!.after).toBe(1)
    expect(rankOf(two, 'nobody')).toBeNull()
  })
})

test('the main target is the first that adds up, concerns the unit and is still to come', () => {
  const baseline = { key: 'T', name: { zh: '', en: '' }, inForceFrom: '2008-01-01', official: false }
  const rate = { ...countTarget, key: 'rate', measure: 'rate' as const }
  const pilot = { ...countTarget, key: 'pilot', due: '2008-01-31' }
  const all = { ...baseline, targets: [rate, pilot, countTarget] }
  const key = (today: string, has = () => true) => mainTarget(all, today, has)?.key
  expect(key('2008-01-31')).toBe('pilot')
  expect(key('2008-02-01')).toBe('count')
  expect(key('2008-12-01')).toBe('count')
  expect(mainTarget(all, '2008-01-10', (t) => t.key !== 'pilot')?.key).toBe('count')
  expect(mainTarget({ ...baseline, targets: [rate] }, '2008-01-10', () => true)).toBeUndefined()
})
