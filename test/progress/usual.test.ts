import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { median, usualOf } from '../../shared/progress/usual.ts'

describe('what is usual', () => {
  test('R36 fewer than five days are no history', () => {
    expect(usualOf([1, 2, 3, 4])).toBeNull()
    expect(usualOf([])).toBeNull()
    expect(usualOf([1, 2, 3, 4, 5])).not.toBeNull()
  })

  test.each([
    ['at least 20 permits', [10, 10, 10, 10, 10], { median: 10, low: 0, high: 30 }],
    ['at least 60% of the median', [100, 100, 100, 100, 100], { median: 100, low: 40, high: 160 }],
    ['four deviations, scaled by 1.4826', [60, 80, 100, 120, 140], { median: 100, low: 0, high: 218 }],
    ['one wild day moves nothing', [100, 100, 9_999, 100, 100], { median: 100, low: 40, high: 160 }],
    ['an even number of days', [100, 100, 101, 101, 101, 100], { median: 100.5, low: 41, high: 160 }],
    ['nothing given so far', [0, 0, 0, 0, 0], { median: 0, low: 0, high: 20 }],
  ])('R36 %s', (_what, values, usual) => {
    expect(usualOf(values)).toEqual(usual)
  })

  test('R36 the range holds the median and most of the days, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 5, maxLength: 15 }), (values) => {
        const { median: centre, low, high } = usualOf(values)!
        expect(low).toBeLessThanOrEqual(Math.ceil(centre))
        expect(high).toBeGreaterThanOrEqual(Math.floor(centre))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(values.filter((v) => v >= low && v <= high).length * 2).toBeGreaterThanOrEqual(values.length)
        expect(usualOf(values.toReversed())).toEqual(usualOf(values))
      }),
    )
  })

  test('R36 half of the values are at most the median, half at least', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }), (values) => {
        const m = median(values)
        expect(values.filter((v) => v <= m).length * 2).toBeGreaterThanOrEqual(values.length)
        expect(values.filter((v) => v >= m).length * 2).toBeGreaterThanOrEqual(values.length)
      }),
    )
  })
})
