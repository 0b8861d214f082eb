/** What is compared with a threshold, held against a fraction library. A full run tries a million of each, else ten thousand. */
import * as fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, test } from 'vitest'
import { firstReached, type Goal, NEVER } from '../../server/live/goals.ts'
import { workdays } from '../../shared/progress/calendar.ts'
import { ceilOf, shareOut } from '../../shared/progress/allocate.ts'
import { addDays, dayNumber, dayOf } from '../../shared/progress/day.ts'
import { ceiling, compare, decimal, minus, numberOf, product, quotient } from '../../shared/progress/exact.ts'
import { type Pace, paceOf, type PaceInput, type PaceStatus } from '../../shared/progress/pace.ts'
import { pathOf } from '../../shared/progress/path.ts'
import { RATE_DAYS } from '../../shared/progress/standing.ts'
import { surelyUsual, usualOf } from '../../shared/progress/usual.ts'
import { cut } from '../../client/ui/numbers.ts'

const CASES = process.env.FULL === undefined ? 10_000 : 1_000_000
/** so many of a full run are tried on each sample */
const EACH = 100
const LONG = 1_200_000
// a failure is shown as it was found: a hundred tries take long to shrink
const runs = { numRuns: CASES / EACH, endOnFailure: true }
const single = { numRuns: CASES, endOnFailure: true }

/** a decimal with up to `digits` places, as somebody writes it */
const written = (most: number, digits: number): fc.Arbitrary<number> =>
  fc
    .tuple(fc.nat(most), fc.nat(digits))
    .map(([n, places]) => Number(`${n}e-${places}`))
    .filter((x) => x > 0)
/** only a difference is worth an assertion: there are millions */
function same<T extends string | number | boolean>(found: T, wanted: T): void {
  if (!Object.is(found, wanted)) expect(found).toBe(wanted)
}
/** of a number as it is written, and not of the binary number next to it */
const fraction = (x: number) => new Fraction(String(x))
const of = ({ n, d }: { n: bigint; d: bigint }) => new Fraction(n, d)

describe('fractions', () => {
  const any = fc
    .tuple(fc.oneof(fc.maxSafeInteger(), fc.integer()), fc.nat(20))
    .map(([n, places]) => Number(`${n}e-${places}`))
    // the library does not read exponents
    .map((x) => (Math.abs(x) > 1e-6 ? x : 0))

  test('add, multiply, divide and compare as those of the library', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [x, y] = [decimal(a), decimal(b)]
        const [fx, fy] = [fraction(a), fraction(b)]
        expect(of(x).equals(fx)).toBe(true)
        expect(of(minus(x, y)).equals(fx.sub(fy))).toBe(true)
        expect(of(product(x, y)).equals(fx.mul(fy))).toBe(true)
        if (b > 0) expect(of(quotient(x, y)).equals(fx.div(fy))).toBe(true)
        expect(Math.sign(compare(x, y))).toBe(fx.compare(fy))
        same(String(ceiling(x)), fx.ceil().toString())
      }),
    )
  })

  test('are shown by the number nearest to them', () => {
    const big = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
    const below = fc.bigInt({ min: 1n, max: 10n ** 40n })
    fc.assert(
      fc.property(big, below, (n, d) => {
        const shown = numberOf({ n, d })
        const off = (x: number) => new Fraction(n, d).sub(new Fraction(x)).abs()
        for (const other of [next(shown, 1), next(shown, -1)]) expect(off(shown).compare(off(other))).not.toBe(1)
      }),
      { numRuns: 25 },
    )
    expect(numberOf({ n: 28n, d: 7n })).toBe(4)
    expect(numberOf(decimal(0.1))).toBe(0.1)
  })

  /** the number beside it */
  function next(x: number, way: 1 | -1): number {
    if (x === 0) return way * Number.MIN_VALUE
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, x)
    view.setBigInt64(0, view.getBigInt64(0) + BigInt(x > 0 ? way : -way))
    return view.getFloat64(0)
  }
})

interface Sample {
  from: number
  length: number
  weekend: number[]
  start: number
  threshold: number
  ramp: { workdays: number; from: number }
  per: number
  severe: number
  tries: readonly { day: number; off: number; near: 'path' | 'severe' | 'threshold' | 'base' | 'nothing' }[]
}
const sample: fc.Arbitrary<Sample> = fc
  .record({
    from: fc.integer({ min: dayNumber('2007-01-01'), max: dayNumber('2007-12-31') }),
    length: fc.integer({ min: 1, max: 40 }),
    weekend: fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
    per: fc.constantFrom(1, 1, RATE_DAYS),
    whole: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50_000_000 })),
    part: written(9_999, 3),
    start: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(40_000_000)),
    ramp: fc.record({
      workdays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
      from: written(100, 3).filter((x) => x <= 1),
    }),
    severe: written(300, 2).map((x) => -x),
    tries: fc.array(
      fc.record({
        day: fc.integer({ min: -3, max: 45 }),
        off: fc.integer({ min: -2, max: 2 }),
        near: fc.constantFrom('path', 'severe', 'threshold', 'base', 'nothing'),
      }),
      { minLength: EACH, maxLength: EACH },
    ),
  })
  // a total is of whole permits, a mean has decimals
  .map(({ whole, part, per, start, ...rest }) => {
    const threshold = per === 1 ? whole : part
    return { ...rest, per, threshold, start: Math.min(start, Math.floor(2 * threshold)) }
  })

describe('A4 every status is that of the fractions', () => {
  test(
    `of ${CASES.toLocaleString('en')} figures near the path, the limit, the threshold and the base`,
    { timeout: LONG },
    () => {
      const seen = new Map<PaceStatus, number>()
      fc.assert(
        fc.property(sample, (s) => {
          const { from, length, weekend, start, threshold, ramp, per, severe } = s
          const calendar = workdays({ source: { zh: '', en: '' }, weekend, off: [], work: [] })
          const target = { due: dayOf(from + length), measure: per === 1 ? ('coverage' as const) : ('rate' as const) }
          const path = pathOf({ ...target, path: { from: dayOf(from), start: {}, ramp } }, start, threshold, calendar)
          const goal = fraction(threshold)
          const line = lineOf(s, (n) => calendar.isWorkNumber(n))
          for (const { day, off, near } of s.tries) {
            const expected = line(from + day)
            const base = threshold + 7
            const close = {
              path: expected,
              severe: expected.add(goal.mul(fraction(severe)).div(100)),
              threshold: goal,
              base: new Fraction(base),
              nothing: new Fraction(0),
            }[near]
            const sum = Math.max(0, Number(close.mul(per).floor().valueOf()) + off)
            const input: PaceInput = {
              value: sum,
              counted: sum,
              per,
              threshold,
              ...(per === 1 ? { base } : {}),
              reference: dayOf(from + day),
              reachedOn: null,
              severe,
            }
            const pace = paceOf(target, path, calendar, input)
            const value = new Fraction(sum).div(per)
            const points = value.sub(expected).div(goal).mul(100)
            same(`${pace.status} ${pace.isFar}`, byFractions({ s, day, value, points, goal, base }).join(' '))
            seen.set(pace.status, (seen.get(pace.status) ?? 0) + 1)
            figures(pace, { value, points, goal, expected })
          }
        }),
        runs,
      )
      expect([...seen.keys()].sort()).toEqual(
        ['aboveBase', 'ahead', 'behind', 'farBehind', 'missed', 'notStarted', 'reached'].sort(),
      )
    },
  )

  function byFractions(x: {
    s: Sample
    day: number
    value: Fraction
    points: Fraction
    goal: Fraction
    base: number
  }): [PaceStatus, boolean] {
    const { s, day, value, points, goal, base } = x
    const far = points.compare(fraction(s.severe)) <= 0
    if (s.per === 1 && value.compare(base) > 0) return ['aboveBase', false]
    if (value.compare(goal) >= 0) return ['reached', false]
    if (day >= s.length) return ['missed', far]
    if (day < 0) return ['notStarted', false]
    if (points.compare(0) >= 0) return ['ahead', false]
    return far ? ['farBehind', true] : ['behind', false]
  }

  /** what is shown is the fraction, divided once */
  function figures(pace: Pace, x: { value: Fraction; points: Fraction; goal: Fraction; expected: Fraction }): void {
    const percent = x.value.div(x.goal).mul(100)
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * (1 + Math.abs(b))
    same(pace.value, x.value.valueOf())
    same(pace.percent, percent.valueOf())
    same(near(pace.points, x.points.valueOf()) && near(pace.expected, x.expected.valueOf()), true)
    same(Math.sign(pace.points), x.points.compare(0) + 0)
    if (pace.required !== null) same(Math.ceil(pace.required), x.goal.sub(x.value).div(pace.daysLeft).ceil().valueOf())
    // never up across a target, and not below what is meant
    same(cut(pace.percent, 2), percent.floor(2).valueOf().toFixed(2))
  }
})

/** The path by T10 and T11, at the end of a day by its number. */
function lineOf({ from, length, start, threshold, ramp }: Sample, isWork: (n: number) => boolean) {
  const sums: Fraction[] = []
  let sum = new Fraction(0)
  let worked = 0
  const first = fraction(ramp.from)
  for (let n = from; n <= from + length; n++) {
    if (isWork(n)) {
      const grown =
        ramp.workdays === 0 ? new Fraction(1) : first.add(new Fraction(1).sub(first).mul(worked).div(ramp.workdays))
      sum = sum.add(grown.compare(1) > 0 ? 1 : grown)
      worked++
    }
    sums.push(sum)
  }
  const goal = fraction(threshold)
  return (n: number): Fraction => {
    if (n < from) return new Fraction(start)
    if (n >= from + length || sum.equals(0)) return goal
    return new Fraction(start).add(
      goal
        .sub(start)
        .mul(sums[n - from]!)
        .div(sum),
    )
  }
}

describe('A15 the first day reached is that of the fractions', () => {
  const given = fc.record({
    from: fc.integer({ min: 0, max: 8 }),
    isRate: fc.boolean(),
    values: fc.array(fc.nat(12), { minLength: 1, maxLength: 24 }),
    thresholds: fc.array(written(999, 2), { minLength: EACH, maxLength: EACH }),
  })

  test(`for ${CASES.toLocaleString('en')} thresholds of totals and means`, { timeout: LONG }, () => {
    fc.assert(
      fc.property(given, ({ from, isRate, values, thresholds }) => {
        const total = values.reduce((sum, n) => sum + n, 0)
        // day 1 is the first: 0 stands for no day
        const on = (day: number) => values[day - 1] ?? 0
        const sums = (day: number, back: number) =>
          Array.from({ length: Math.min(back, day) }, (_, i) => on(day - i)).reduce((sum, n) => sum + n, 0)
        for (const wanted of thresholds) {
          const threshold = isRate ? wanted : Math.ceil(wanted)
          const goal = { isRate, from: from + 1, due: 99 } as Goal
          const days = Array.from({ length: values.length + 9 }, (_, i) => i + 1)
          const found = days.find((day) => {
            if (day < goal.from) return false
            const mean = isRate ? new Fraction(sums(day, RATE_DAYS), RATE_DAYS) : new Fraction(sums(day, day))
            return mean.compare(fraction(threshold)) >= 0
          })
          const first = firstReached(goal, threshold, { total, first: 1, last: values.length, on })
          same(first, found ?? NEVER)
        }
      }),
      runs,
    )
  })

  test('A9 1 a day against a target of 1, and 3, 0, 2, 6, 0, 11, 6 against 4: reached, not just ahead', () => {
    const weeks = [
      [Array<number>(7).fill(1), 1],
      [[3, 0, 2, 6, 0, 11, 6], 4],
    ] as const
    const calendar = workdays({ source: { zh: '', en: '' }, weekend: [], off: [], work: [] })
    const path = { from: '2007-01-01', start: {}, ramp: { workdays: 0, from: 1 } }
    for (const [days, threshold] of weeks) {
      const on = (day: number) => days[day - 1] ?? 0
      const sum = days.reduce((all, n) => all + n, 0)
      expect(firstReached({ isRate: true, from: 1 } as Goal, threshold, { total: sum, first: 1, last: 7, on })).toBe(7)
      const target = { measure: 'rate' as const, due: '2007-03-01' }
      const { status, value } = paceOf(target, pathOf({ ...target, path }, 0, threshold, calendar), calendar, {
        value: sum,
        counted: sum,
        per: RATE_DAYS,
        threshold,
        reference: addDays(path.from, 9),
        reachedOn: null,
        severe: -5,
      })
      expect([status, value]).toEqual(['reached', threshold])
    }
  })
})

describe('B2, B3 parts are those of the fractions', () => {
  test(
    'a share of a base, rounded up',
    () => {
      expect(ceilOf(0.55, 42_000_000)).toBe(23_100_000)
      fc.assert(
        fc.property(written(99_999, 5), fc.oneof(fc.nat(50_000_000), written(99_999_999, 2)), (share, base) => {
          same(ceilOf(share, base), fraction(share).mul(fraction(base)).ceil().valueOf())
        }),
        single,
      )
    },
    LONG,
  )

  test('parts sum to their whole, also those of a rate with decimals and by bases with decimals', () => {
    const weights = fc.array(fc.oneof(fc.nat(3_000_000), written(99_999_999, 2)), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(written(9_999_999, 2), weights, (whole, list) => {
        const all = list.reduce((sum, w) => sum.add(fraction(w)), new Fraction(0))
        const parts = shareOut(whole, list, 100n)
        if (all.equals(0)) return void expect(parts).toBeNull()
        const shared = parts!.reduce((sum, part) => sum.add(fraction(part)), new Fraction(0))
        expect(shared.equals(fraction(whole))).toBe(true)
        parts!.forEach((part, i) => {
          const exact = fraction(whole).mul(fraction(list[i]!)).div(all)
          expect(fraction(part).sub(exact).abs().compare(new Fraction(1, 100))).toBe(-1)
        })
      }),
    )
  })
})

describe('R36 what is usual is that of the fractions', () => {
  const past = fc.array(fc.oneof(fc.nat(300), fc.nat(999_999_999)), { minLength: 5, maxLength: 15 })
  const middle = (list: readonly Fraction[]) => {
    const sorted = list.toSorted((a, b) => a.compare(b))
    const at = sorted.length >> 1
    return sorted.length % 2 === 1 ? sorted[at]! : sorted[at - 1]!.add(sorted[at]!).div(2)
  }
  const range = (values: readonly number[]) => {
    const all = values.map((v) => new Fraction(v))
    const centre = middle(all)
    const spread = middle(all.map((v) => v.sub(centre).abs()))
    const slack = [spread.mul(4).mul('1.4826'), centre.mul('0.6'), new Fraction(20)].reduce((a, b) =>
      a.compare(b) < 0 ? b : a,
    )
    return { low: centre.sub(slack).ceil(), high: centre.add(slack).floor() }
  }

  test(
    'R36 both ends, and no value that is surely usual lies outside',
    () => {
      fc.assert(
        fc.property(past, fc.integer({ min: -1, max: 1 }), (values, off) => {
          const { low, high } = usualOf(values)!
          const exact = range(values)
          same(`${low} ${high}`, `${Math.max(0, exact.low.valueOf())} ${exact.high.valueOf()}`)
          for (const value of [low + off, high + off])
            if (surelyUsual(values, value)) same(value >= exact.low.valueOf() && value <= high, true)
        }),
        single,
      )
    },
    LONG,
  )
})
