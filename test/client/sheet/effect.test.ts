import { describe, expect, test } from 'vitest'
import { effectOf, type OwnTarget, rankOf, targetOf } from '../../../client/features/sheet/effect.ts'
import { plansOf, standingOf } from '../../../shared/progress/standing.ts'
import { setting } from './sample.ts'

/** A1 has 3,000 of 10,000 by 31 March, measured by issued; 65 working days in all */
const plans = plansOf(setting)
const plan = plans.get('T1', 'count')!
const day = '2008-03-03'
const effect = (through: number, stored: number | null, value: number | null, unit = 'A1', on = day) =>
  effectOf(plan, unit, on, { through, stored, value })!

describe('what a report does', () => {
  test('everything is measured at the end of the sheet’s day: total, points and what is needed after it', () => {
    const expected = plan.path('A1')!.at(day)
    const e = effect(1_800, null, 300)
    expect(e.total).toEqual({ before: 1_800, after: 2_100 })
    expect(e.points.before).toBeCloseTo(((1_800 - expected) / 3_000) * 100)
    expect(e.points.after - e.points.before).toBeCloseTo(10)
    // 4 to 31 March: 20 working days
    expect(e.required).toEqual({ before: 60, after: 45 })
    expect(e.percent).toEqual({ before: 60, after: 70 })
    expect(e.changed).toBe(true)
  })
  test('the same figures on an earlier day are further ahead: the path of that day is looked at', () => {
    expect(effect(1_800, null, 0, 'A1', '2008-02-01').points.after).toBeGreaterThan(effect(1_800, null, 0).points.after)
  })
  test('a report that is in already: what stands is taken out first', () => {
    expect(effect(1_830, 30, 30).total).toEqual({ before: 1_800, after: 1_830 })
    expect(effect(1_830, 30, 40).total).toEqual({ before: 1_800, after: 1_840 })
    // a withdrawal
    expect(effect(1_830, 30, null)).toMatchObject({ total: { before: 1_800, after: 1_800 }, changed: false })
  })
  test('a zero report is an answer and moves nothing', () => {
    const e = effect(1_800, null, 0)
    expect([e.changed, e.points.before]).toEqual([true, e.points.after])
  })
  test('nothing is needed once the threshold is met, or when no working day is left', () => {
    expect(effect(2_990, 0, 10).required).toEqual({ before: 0.5, after: null })
    expect(effect(1_000, 0, 10, 'A1', '2008-03-31').required).toEqual({ before: null, after: null })
  })
  test('a unit without a part of the target has none', () => {
    expect(effectOf(plans.get('T1', 'cover')!, 'B1', day, { through: 5, stored: null, value: 1 })).toBeNull()
  })
})

describe('rank among neighbours', () => {
  const effects = new Map([
    ['A1', effect(1_500, 0, 0)],
    // thresholds of A2 and A3: 1,500
    ['A2', effect(720, 0, 60, 'A2')],
    ['A3', effect(600, 0, 0, 'A3')],
  ])
  test('by share of the threshold, without and with the own report', () => {
    expect(rankOf(effects, 'A2')).toEqual({ before: 2, after: 1 })
    expect(rankOf(effects, 'A1')).toEqual({ before: 2, after: 2 })
    expect(rankOf(effects, 'A3')).toEqual({ before: 3, after: 3 })
  })
  test('A10 nothing yet has no rank', () => {
    const none = new Map([
      ['A1', effect(0, 0, null)],
      ['A2', effect(0, 0, 60, 'A2')],
    ])
    expect(rankOf(none, 'A1')).toEqual({ before: null, after: null })
    expect(rankOf(none, 'A2')).toEqual({ before: null, after: 1 })
  })
  test('equal shares have equal ranks; a stranger has none', () => {
    const two = new Map([
      ['A1', effect(1_500, 0, 0)],
      ['A2', effect(690, 0, 60, 'A2')],
    ])
    expect([rankOf(two, 'A1')!.after, rankOf(two, 'A2')!.after]).toEqual([1, 1])
    expect(rankOf(two, 'nobody')).toBeNull()
  })
})

test('the target of a sheet is the main one that its own unit has a part of and that adds up', () => {
  const own = (key: string, due: string, measure: 'count' | 'rate' = 'count', unit = 'A'): OwnTarget => {
    const none = { up: [], down: [] }
    const total = { approved: [0, 0], waiting: none, disputed: none, returned: none, missing: [0, 0] }
    const closed = { counted: [0, 0], week: null, reached: [] }
    const standing = standingOf(plan, 'A', { total }, closed, { today: day, due: day })!
    return { target: { ...plan.target, key, due, measure }, unit, of: 'own', plan, standing }
  }
  const all = [own('pilot', '2008-01-31', 'count', 'A1'), own('rate', '2008-02-29', 'rate'), own('count', '2008-03-31')]
  expect(targetOf(all, 'A', day)?.target.key).toBe('count')
  expect(targetOf(all, 'A1', day)?.target.key).toBe('pilot')
  expect(targetOf(all.slice(0, 2), 'A', day)).toBeUndefined()
})
