import { describe, expect, it } from 'vitest'
import { approvedShare, rangeOf, rankUnits, restPoints, worstOf } from '../../../client/features/watch/ranking.ts'
import { swarm } from '../../../client/features/watch/swarm.ts'
import type { PaceRow } from '../../../shared/view/rows.ts'

const row = (unit: string, percent: number, expected = 0, a = 0) =>
  ({ unit, percent, expected, counted: a, makeup: { a, w: 0, d: 0, r: 0, m: 0 } }) as PaceRow

describe('rankUnits', () => {
  it('ranks by completion, and equals share a rank in their own order', () => {
    expect(rankUnits([row('x', 10), row('y', 30), row('z', 10), row('q', 5)])).toEqual([
      { unit: 'y', rank: 1 },
      { unit: 'x', rank: 2 },
      { unit: 'z', rank: 2 },
      { unit: 'q', rank: 4 },
    ])
  })
})

describe('worstOf', () => {
  it('is the unit that lacks most, not the one with the lowest share', () => {
    expect(worstOf([row('small', 1, 100, 10), row('large', 40, 5_000, 4_000)])).toEqual({ unit: 'large', gap: 1_000 })
  })

  it('is nobody when all are on their path', () => {
    expect(worstOf([row('x', 50, 10, 10)])).toBeNull()
  })
})

describe('rangeOf', () => {
  it('holds all points and the severe line, in steps', () => {
    expect(rangeOf([], -5)).toEqual({ low: -7, high: 5 })
    expect(rangeOf([-9.8, 3.8], -5)).toEqual({ low: -10, high: 5 })
    expect(rangeOf([0], -10)).toEqual({ low: -15, high: 5 })
    expect(rangeOf([-400, 120], -5)).toEqual({ low: -100, high: 100 })
  })
})

it('approvedShare is of everything known or estimated', () => {
  expect(approvedShare({ a: 95, w: 2, d: 1, r: 1, m: 1 })).toBe(95)
  expect(approvedShare({ a: 0, w: 0, d: 0, r: 0, m: 0 })).toBeNull()
})

it('restPoints are points of the threshold', () => {
  expect(restPoints({ makeup: { a: 10, w: 3, d: 1, r: 0, m: 1 }, threshold: 100 })).toBe(5)
  expect(restPoints({ makeup: { a: 0, w: 3, d: 0, r: 0, m: 0 }, threshold: 0 })).toBe(0)
})

describe('swarm', () => {
  it('keeps marks apart on a lane', () => {
    const placed = swarm([10, 12, 14, 40], 9, 3)
    expect(placed[3]).toEqual({ x: 40, lane: 0 })
    expect(new Set(placed.slice(0, 3).map((p) => p.lane)).size).toBe(3)
  })

  it('never leaves its lanes, however many there are', () => {
    const lanes = swarm(
      Array.from({ length: 20 }, () => 5),
      9,
      3,
    ).map((p) => p.lane)
    expect(Math.max(...lanes)).toBeLessThanOrEqual(1)
    expect(Math.min(...lanes)).toBeGreaterThanOrEqual(-1)
  })
})
