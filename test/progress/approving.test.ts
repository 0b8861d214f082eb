import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settingOf } from '../../shared/domain/world.ts'
import { type Approval, approvingOf } from '../../shared/progress/approving.ts'
import type { Breakdown, Counts } from '../../shared/progress/breakdown.ts'
import { plansOf } from '../../shared/progress/standing.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const planOf = (programme = tinyProgramme()) => plansOf(settingOf(programme, 'real')).get('T1', 'count')!
const plan = planOf()
const clock = { today: '2008-02-20', due: '2008-02-19' }
const closed = (counted: number) => ({ counted: [0, counted], week: null, reached: [] })
function total(approved: number, up = 0, down = 0, missing = 0): Breakdown {
  const at = (n: number): Counts => [7, n]
  const still = { up: at(0), down: at(0) }
  return {
    approved: at(approved),
    waiting: { up: at(up), down: at(down) },
    disputed: still,
    returned: still,
    missing: at(missing),
  }
}

describe('K12 approving', () => {
  test('moves what waits into what is approved, ups and downs apart, and points by what was due', () => {
    const approvals: Approval[] = [
      { unit: 'A1', day: '2008-02-18', up: 300, down: 0 },
      { unit: 'B1', day: '2008-02-19', up: 0, down: 100 },
      // reported before its deadline: it counts, but not against the path yet
      { unit: 'A2', day: '2008-02-20', up: 50, down: 0 },
    ]
    const city = approvingOf(plan, 'C', { total: total(1000, 350, 100, 50) }, closed(1000), clock, approvals)!
    expect(city).toMatchObject({ up: 350, down: 100, inTime: { up: 300, down: 100 } })
    expect(city.after.value).toBe(1250)
    expect(city.after.breakdown.waiting).toEqual({ up: 0, down: 0 })
    expect(city.after.points - city.before.points).toBeCloseTo(2, 10)
    expect(city.share.before).toBeCloseTo((100 * 1000) / 1400, 10)
    expect(city.share.after).toBeCloseTo((100 * 1250) / 1300, 10)
    const district = approvingOf(plan, 'A', { total: total(600, 350) }, closed(600), clock, approvals)!
    expect(district, 'those of B are not its own').toMatchObject({ up: 350, down: 0 })
  })

  test('of a unit without a part of the target, and of a rate, is not known', () => {
    expect(approvingOf(plan, 'B2', { total: total(0) }, closed(0), clock, [])).not.toBeNull()
    const rate = { ...countTarget, measure: 'rate' as const, threshold: 100 }
    const [baseline] = tinyProgramme().baselines
    const rated = planOf(tinyProgramme({ baselines: [{ ...baseline!, targets: [rate] }] }))
    expect(approvingOf(rated, 'C', { total: total(0) }, closed(0), clock, [])).toBeNull()
  })

  test('in parts comes to the same as at once, whatever the order', () => {
    const approval = fc.record({
      unit: fc.constantFrom('A1', 'A2', 'B1'),
      day: fc.constantFrom('2008-02-18', '2008-02-19', '2008-02-20'),
      up: fc.nat(500),
      down: fc.nat(500),
    })
    fc.assert(
      fc.property(fc.array(approval), fc.array(approval), (first, then) => {
        const sum = (part: 'up' | 'down') => [...first, ...then].reduce((n, each) => n + each[part], 0)
        const start = total(100_000, sum('up'), sum('down'))
        const atOnce = approvingOf(plan, 'C', { total: start }, closed(90_000), clock, [...then, ...first])!
        const half = approvingOf(plan, 'C', { total: start }, closed(90_000), clock, first)!
        const { approved, waiting } = half.after.breakdown
        const rest = total(approved, waiting.up, waiting.down)
        const whole = approvingOf(plan, 'C', { total: rest }, closed(half.after.counted), clock, then)!
        expect(whole.after).toEqual(atOnce.after)
      }),
    )
  })
})
