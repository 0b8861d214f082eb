import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountOf, clipped, openedFrom, PARTS, segments, shiftSegments } from '../../../client/ui/texture.ts'
import { type CounterBreakdown, downsOf, NO_BREAKDOWN, upsOf } from '../../../shared/progress/breakdown.ts'

const breakdown: CounterBreakdown = {
  approved: 100,
  waiting: { up: 20, down: 5 },
  disputed: { up: 3, down: 0 },
  returned: { up: 0, down: 2 },
  missing: 7,
}

describe('segments', () => {
  test('ups and estimates stand after the approved part, downs bite into it', () => {
    expect(segments(breakdown, 0, 2).map((s) => [s.part, s.x, s.width, s.bite])).toEqual([
      ['a', 0, 200, false],
      ['w', 200, 40, false],
      ['w', 190, 10, true],
      ['d', 240, 6, false],
      ['r', 186, 4, true],
      ['m', 246, 14, false],
    ])
  })

  test('what stands beside begins where the approved part ends', () => {
    expect(shiftSegments(breakdown, 50, 1)[0]).toEqual({ part: 'w', x: 50, width: 20, bite: false })
    expect(segments({ ...NO_BREAKDOWN, missing: 4 }, 10, 1)).toEqual([{ part: 'm', x: 10, width: 4, bite: false }])
    expect(segments(NO_BREAKDOWN, 0, 1)).toEqual([])
  })

  test('amounts of a part are its ups and downs', () => {
    expect(PARTS.map((part) => amountOf(breakdown, part))).toEqual([
      { up: 100, down: 0 },
      { up: 20, down: 5 },
      { up: 3, down: 0 },
      { up: 0, down: 2 },
      { up: 7, down: 0 },
    ])
  })

  test('are as wide as what they stand for, and none is negative', () => {
    const upDown = fc.record({ up: fc.nat(50), down: fc.nat(50) })
    const any = fc.record({
      approved: fc.integer({ min: 150, max: 1_000 }),
      waiting: upDown,
      disputed: upDown,
      returned: upDown,
      missing: fc.nat(50),
    })
    fc.assert(
      fc.property(any, (b) => {
        const list = segments(b, 0, 1)
        const width = (bite: boolean) => list.filter((s) => s.bite === bite).reduce((sum, s) => sum + s.width, 0)
        expect(width(false)).toBe(b.approved + upsOf(b) + b.missing)
        expect(width(true)).toBe(downsOf(b))
        expect(list.every((s) => s.x >= 0 && s.width > 0)).toBe(true)
      }),
    )
  })

  test('are cut at the edges of their place', () => {
    expect(clipped(segments(breakdown, 0, 1), 110).map((s) => [s.part, s.x, s.width])).toEqual([
      ['a', 0, 100],
      ['w', 100, 10],
      ['w', 95, 5],
      ['r', 93, 2],
    ])
    expect(clipped([{ part: 'w', x: -5, width: 8, bite: true }], 20)).toEqual([
      { part: 'w', x: 0, width: 3, bite: true },
    ])
  })
})

test('K12 a bar is opened where a change could not be seen from 0 on, and only where there is one', () => {
  expect(openedFrom(2_203, 2_404)).toBe(2_136)
  expect(openedFrom(0, 40), 'a first report').toBe(0)
  expect(openedFrom(60, 100), 'large enough').toBe(0)
  expect(openedFrom(64_149, 64_149), 'nothing changes').toBe(0)
})
