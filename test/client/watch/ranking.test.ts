import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beeswarm } from '../../../client/features/watch/beeswarm.ts'
import {
  firstAndLast,
  rangeOf,
  rankUnits,
  restPoints,
  sinceShown,
  worstOf,
} from '../../../client/features/watch/ranking.ts'
import { cut } from '../../../client/ui/numbers.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import type { Standing } from '../../../shared/progress/standing.ts'

const at = (unit: string, countedPercent: number, expected = 0, counted = 0, ended: string | null = null) =>
  ({ unit, countedPercent, expected, counted, ended, percent: 99 }) as Standing

describe('rankUnits', () => {
  it('A10 ranks by what was counted, and equals share a rank in their own order', () => {
    expect(rankUnits([at('x', 10), at('y', 30), at('z', 10), at('q', 5)])).toEqual([
      { unit: 'y', rank: 1 },
      { unit: 'x', rank: 2 },
      { unit: 'z', rank: 2 },
      { unit: 'q', rank: 4 },
    ])
  })

  it('A11 gives no rank to a unit that has ended, however much it had, nor to one that has nothing', () => {
    expect(rankUnits([at('gone', 80, 0, 0, '2008-03-31'), at('x', 10), at('new', 0)])).toEqual([
      { unit: 'x', rank: 1 },
      { unit: 'new', rank: null },
      { unit: 'gone', rank: null },
    ])
  })
})

it('A11 firstAndLast never names a unit that has ended, and nobody where nothing is ranked', () => {
  const gone = at('gone', 1, 0, 0, '2008-03-31')
  expect(firstAndLast([at('x', 10), at('y', 30), gone])).toEqual({ first: 'y', last: 'x' })
  expect(firstAndLast([at('x', 10), gone])).toBeNull()
  expect(firstAndLast([at('x', 0), at('y', 0)])).toBeNull()
})

describe('worstOf', () => {
  it('is the unit that lacks most, not the one with the lowest share', () => {
    expect(worstOf([at('small', 1, 100, 10), at('large', 40, 5_000, 4_000)], false)).toEqual({
      unit: 'large',
      gap: 1_000,
    })
  })

  it('U16 lacks whole permits where these are counted: the path asks for the next whole number', () => {
    expect(worstOf([at('x', 1, 47_868.8, 0)], false)).toEqual({ unit: 'x', gap: 47_869 })
    expect(worstOf([at('x', 1, 4.25, 4)], true)).toEqual({ unit: 'x', gap: 0.25 })
  })

  it('is nobody when all are on their path, and never a unit that has ended', () => {
    expect(worstOf([at('x', 50, 10, 10)], false)).toBeNull()
    expect(worstOf([at('gone', 1, 5_000, 10, '2008-03-31')], false)).toBeNull()
  })
})

describe('rangeOf', () => {
  it('holds all points and the severe line, in steps', () => {
    expect(rangeOf([], -5)).toEqual({ low: -7, high: 5 })
    expect(rangeOf([-9.8, 3.8], -5)).toEqual({ low: -10, high: 5 })
    expect(rangeOf([0], -10)).toEqual({ low: -15, high: 5 })
    expect(rangeOf([-400, 120], -5)).toEqual({ low: -100, high: 100 })
  })

  it('leaves out a few that are so far out that the rest could not be told apart', () => {
    const many = [-4, -3, -2, -1, 0, 1, 2, 3]
    expect(rangeOf([...many, 60.2], -5)).toEqual({ low: -7, high: 5 })
    expect(rangeOf([...many, -80], -5)).toEqual({ low: -7, high: 5 })
    expect(rangeOf([...many, 9], -5), 'not so far out').toEqual({ low: -7, high: 10 })
    expect(rangeOf([...many, 60, 62], -5), 'two of ten are no exception').toEqual({ low: -7, high: 100 })
    expect(rangeOf([-4, 1, 60], -5), 'one of three is as good as the others').toEqual({ low: -7, high: 100 })
  })
})

it('restPoints are reported figures in points of the threshold, ups and downs apart; estimates are not', () => {
  const breakdown = { ...NO_BREAKDOWN, waiting: { up: 3, down: 2 }, disputed: { up: 1, down: 0 }, missing: 50 }
  expect(restPoints({ breakdown, threshold: 100 })).toEqual({ ups: 4, downs: 2 })
  expect(restPoints({ breakdown, threshold: 0 })).toEqual({ ups: 0, downs: 0 })
})

it('U16 (finding H4) what came since and what was counted add up to the percent of now, as all three are shown', () => {
  expect([sinceShown(43.529, 0.812), sinceShown(43.52, -1), sinceShown(10, 0.001)]).toEqual(['+0.82', '−1.00', '0.00'])
  const percent = fc.integer({ min: 0, max: 2_000_000 })
  fc.assert(
    fc.property(percent, percent, fc.integer({ min: 1, max: 9_000_000 }), (counted, now, threshold) => {
      const [before, after] = [(100 * counted) / threshold, (100 * now) / threshold]
      const since = Number(sinceShown(before, after - before).replace('−', '-'))
      expect(Number(cut(before, 2)) + since).toBeCloseTo(Number(cut(before + (after - before), 2)), 6)
    }),
  )
})

describe('beeswarm', () => {
  it('keeps marks apart on a lane', () => {
    const placed = beeswarm([10, 12, 14, 40], 9, 3)
    expect(placed[3]).toEqual({ x: 40, lane: 0 })
    expect(new Set(placed.slice(0, 3).map((p) => p.lane)).size).toBe(3)
  })

  it('never leaves its lanes, however many there are', () => {
    const lanes = beeswarm(
      Array.from({ length: 20 }, () => 5),
      9,
      3,
    ).map((p) => p.lane)
    expect(Math.max(...lanes)).toBeLessThanOrEqual(1)
    expect(Math.min(...lanes)).toBeGreaterThanOrEqual(-1)
  })
})
