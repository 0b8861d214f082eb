import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  approvedShare,
  type Breakdown,
  type CounterBreakdown,
  counterOf,
  downsOf,
  isSettled,
  NO_BREAKDOWN,
  plus,
  reportedOf,
  over,
  upsOf,
} from '../../shared/progress/breakdown.ts'

const upDown = fc.record({ up: fc.nat(1_000), down: fc.nat(1_000) })
const anything: fc.Arbitrary<CounterBreakdown> = fc.record({
  approved: fc.nat(100_000),
  waiting: upDown,
  disputed: upDown,
  returned: upDown,
  missing: fc.nat(1_000),
})

const city: Breakdown = {
  approved: [9, 100],
  waiting: { up: [0, 20], down: [0, 5] },
  disputed: { up: [0, 3], down: [0, 0] },
  returned: { up: [0, 0], down: [0, 2] },
  missing: [0, 7],
}

describe('one counter of a breakdown', () => {
  test('U7 ups and downs stay apart', () => {
    const one = counterOf(city, 1)
    expect(one).toEqual({
      approved: 100,
      waiting: { up: 20, down: 5 },
      disputed: { up: 3, down: 0 },
      returned: { up: 0, down: 2 },
      missing: 7,
    })
    expect([upsOf(one), downsOf(one)]).toEqual([23, 7])
  })

  test('a counter that it does not have is nothing', () => {
    expect(counterOf(city, 5)).toEqual(NO_BREAKDOWN)
  })

  test('U11 an estimate is in no sum', () => {
    expect(reportedOf(counterOf(city, 1))).toBe(116)
  })

  test('U13 the approved share is of what is there or should be; downs do not enter it', () => {
    expect(approvedShare(counterOf(city, 1))).toBe(10_000 / 130)
    expect(approvedShare({ ...NO_BREAKDOWN, approved: 95, waiting: { up: 5, down: 90 } })).toBe(95)
    expect(approvedShare(NO_BREAKDOWN)).toBeNull()
  })

  test('is settled when only approved figures are there', () => {
    expect(isSettled({ ...NO_BREAKDOWN, approved: 5 })).toBe(true)
    expect(isSettled({ ...NO_BREAKDOWN, missing: 1 })).toBe(false)
    expect(isSettled({ ...NO_BREAKDOWN, waiting: { up: 0, down: 1 } })).toBe(false)
  })
})

test('what is added and taken away again leaves what was', () => {
  fc.assert(
    fc.property(anything, anything, (x, y) => {
      expect(plus(plus(x, y, 1), y, -1)).toEqual(x)
      expect(over(plus(x, x, 1), 2)).toEqual(x)
      expect(reportedOf(plus(x, y, 1))).toBe(reportedOf(x) + reportedOf(y))
    }),
  )
})
