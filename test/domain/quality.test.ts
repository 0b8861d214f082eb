/** Quality questions, each test of them by itself: what it asks about, and what it leaves alone. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copied } from '../../shared/quality/copied.ts'
import { heaping } from '../../shared/quality/heaping.ts'
import { jump } from '../../shared/quality/jump.ts'
import { landing } from '../../shared/quality/landing.ts'
import { order } from '../../shared/quality/order.ts'
import { dayFactor, outlier } from '../../shared/quality/outlier.ts'
import { dayOf } from '../../shared/progress/day.ts'

const onDays = (...values: number[]) => values.map((value, i) => ({ day: dayOf(13_900 + i), value }))
const reports = (...rows: (number | null)[][]) => rows.map((values, i) => ({ day: dayOf(13_900 + i), values }))
const usual = onDays(200, 210, 190, 205, 195, 220, 180, 200)
const nobody = () => 1

describe('outlier', () => {
  test('R45 a digit too many or too few is asked about, with the days it is compared with', () => {
    expect(outlier(2_000, usual, true, nobody)).toEqual({ past: usual, median: 200, value: 2_000 })
    expect(outlier(20, usual, true, nobody)).toMatchObject({ value: 20 })
    expect(outlier(300, usual, true, nobody)).toBeNull()
  })
  test('R45 a low value is none while the day is open', () => {
    expect(outlier(20, usual, false, nobody)).toBeNull()
    expect(outlier(2_000, usual, false, nobody)).not.toBeNull()
  })
  test('R45 nothing is asked with fewer than eight days, nor of small figures that differ', () => {
    expect(outlier(2_000, usual.slice(1), true, nobody)).toBeNull()
    const small = onDays(1, 2, 1, 0, 1, 2, 1, 1)
    expect(outlier(27, small, true, nobody)).toBeNull()
    expect(outlier(28, small, true, nobody)).not.toBeNull()
  })
  test('R45 a day on which the neighbours did twice as much, or half, widens the range and never narrows it', () => {
    expect(outlier(700, usual, true, () => 2)).toBeNull()
    expect(outlier(700, usual, true, () => 0.5)).not.toBeNull()
    expect(outlier(40, usual, true, () => 0.5)).toBeNull()
    expect(outlier(40, usual, true, () => 2)).not.toBeNull()
  })
  test('R45 five units say nothing of a day, six do, and a neighbour that does nothing usually is none', () => {
    const beside = Array.from({ length: 6 }, () => ({ value: 30, usual: 10 }))
    expect(dayFactor(beside.slice(1))).toBe(1)
    expect(dayFactor(beside)).toBe(3)
    expect(dayFactor([...beside.slice(1), { value: 5, usual: 0 }])).toBe(1)
  })
  test('R45 a value between the smallest and the largest of its days is never asked about', () => {
    const values = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 15 })
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (past, at, wide) => {
          const [least, most] = [Math.min(...past), Math.max(...past)]
          const value = Math.round(least + at * (most - least))
          expect(outlier(value, onDays(...past), true, () => wide)).toBeNull()
        },
      ),
    )
  })
})

describe('copied', () => {
  test('R46 a report that repeats the one before it is asked about, with the length of the run', () => {
    const days = reports([410, 300], [402, 311], [402, 311], [402, 311])
    expect(copied(days)).toEqual({ reports: days, run: 3 })
    expect(copied(days.slice(0, 2))).toBeNull()
  })
  test('R46 one figure that differs is no copy, nor is a blank where there was a figure', () => {
    expect(copied(reports([402, 311], [402, 312]))).toBeNull()
    expect(copied(reports([402, 311], [402, null]))).toBeNull()
  })
  test('R46 small figures repeat by chance, and zeros always', () => {
    expect(copied(reports([3, 2], [3, 2]))).toBeNull()
    expect(copied(reports([0, 0], [0, 0], [0, 0], [0, 0]))).toBeNull()
    // but not day after day
    expect(copied(reports([3, 2], [3, 2], [3, 2], [3, 2]))).toMatchObject({ run: 4 })
  })
})

describe('heaping', () => {
  const round = (n: number) => onDays(...Array.from({ length: n }, (_, i) => 100 + 5 * i))
  test('R47 thirty figures that end in 0 or 5 are asked about, with how often each digit stands', () => {
    const found = heaping(round(30))
    expect(found).toMatchObject({ of: 30, found: 30, expected: 6, digits: [15, 0, 0, 0, 0, 15, 0, 0, 0, 0] })
  })
  test('R47 as many as chance may bring are not, nor are fewer than fifteen figures', () => {
    expect(heaping(onDays(...Array.from({ length: 30 }, (_, i) => 100 + i)))).toBeNull()
    expect(heaping(round(14))).toBeNull()
    expect(heaping(round(15))).not.toBeNull()
  })
})

describe('landing', () => {
  const marks = [{ target: 'june', line: false, mark: 68_000 }]
  test('R48 a running total that comes to a target from below, exactly, is asked about', () => {
    const totals = onDays(66_146, 68_000)
    expect(landing(totals, marks)).toEqual({ target: 'june', line: false, mark: 68_000, totals })
  })
  test('R48 one more or one less is not, nor a total that stays or falls there', () => {
    expect(landing(onDays(66_146, 68_001), marks)).toBeNull()
    expect(landing(onDays(66_146, 67_999), marks)).toBeNull()
    expect(landing(onDays(68_000, 68_000), marks)).toBeNull()
    expect(landing(onDays(68_100, 68_000), marks)).toBeNull()
  })
})

describe('order', () => {
  test('R49 what exceeds the counter that it is within is asked about where the excess grows', () => {
    expect(order(1, 0, [100, 90], [110, 111])).toEqual({ totals: [110, 111], within: 0, excess: 1, before: 0 })
    expect(order(1, 0, [110, 111], [120, 122])).toMatchObject({ excess: 2, before: 1 })
  })
  test('R49 the same excess is not asked about again, nor none', () => {
    expect(order(1, 0, [110, 111], [120, 121])).toBeNull()
    expect(order(1, 0, [100, 90], [110, 110])).toBeNull()
  })
})

describe('jump', () => {
  const former = onDays(40, -12, 35, 38)
  test('R50 a correction far beyond the former ones in its direction is asked about', () => {
    expect(jump(2_572, 900, former)).toEqual({ was: 2_572, value: 900, former, limit: 1_543 })
    expect(jump(100, 900, former)).not.toBeNull()
  })
  test('R50 corrections as large as the former ones are not, in the same direction', () => {
    const grown = onDays(900, 1_100)
    expect(jump(300, 1_300, grown)).toBeNull()
    expect(jump(1_300, 300, grown)).not.toBeNull()
  })
  test('R50 neither is one of at most 20, or of at most three fifths of the larger value', () => {
    expect(jump(0, 20, [])).toBeNull()
    expect(jump(0, 21, [])).not.toBeNull()
    expect(jump(1_000, 400, [])).toBeNull()
    expect(jump(1_000, 399, [])).not.toBeNull()
  })
})
