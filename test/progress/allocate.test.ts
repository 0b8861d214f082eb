import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Base, Programme, Target } from '../../shared/domain/programme.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { allocate, baseValue, ceilOf, shareOut } from '../../shared/progress/allocate.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const tiny = tinyProgramme()
const units = indexUnits(tiny)
const bases = (values: Record<string, number>): Base[] =>
  Object.entries(values).map(([unit, value]) => ({ ...tiny.bases[0]!, unit, value }))
const parts = (target: Partial<Target>, programme: Programme = tiny) => {
  const { threshold, start } = allocate(programme, units, { ...countTarget, ...target }, '2008-01-01')
  return {
    threshold: (codes: string) => codes.split(' ').map(threshold),
    start: (codes: string) => codes.split(' ').map(start),
  }
}
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
const aBase = fc.record(Object.fromEntries(units.all.map((code) => [code, fc.integer({ min: 1, max: 3_000_000 })])))
const parents = units.all.filter((code) => units.children(code).length > 0)

describe('bases', () => {
  test('B1 the latest version listed counts', () => {
    const twice = tinyProgramme({ bases: [...tiny.bases, { ...tiny.bases[0]!, value: 21_000, version: '2' }] })
    expect([baseValue(tiny, 'people', 'C'), baseValue(twice, 'people', 'C')]).toEqual([20_000, 21_000])
    expect(baseValue(tiny, 'homes', 'C')).toBeUndefined()
  })
})

describe('parts of a target', () => {
  test('B3 a count is shared out by its base, down to the streets', () => {
    const { threshold } = parts({})
    expect(threshold('C A B A1 A2 A3 B1 B2')).toEqual([10_000, 6_000, 4_000, 3_000, 1_500, 1_500, 2_500, 1_500])
  })

  test('B2 a coverage is a count of its unit’s base, rounded up; other units have no part', () => {
    const { threshold } = parts({ unit: 'A', measure: 'coverage', threshold: 0.5001, base: 'people', shareBy: null })
    expect(threshold('C B A A1 A2 A3')).toEqual([undefined, undefined, 6_002, 3_001, 1_501, 1_500])
    // 7% of 100 come out a hair above 7
    const hundred = tinyProgramme({ bases: bases({ C: 100 }) })
    expect(0.07 * 100).toBeGreaterThan(7)
    expect(parts({ measure: 'coverage', threshold: 0.07, base: 'people' }, hundred).threshold('C')).toEqual([7])
  })

  test('B3 typed parts stand, the others share the rest', () => {
    const { threshold } = parts({ allocation: { A: 7_000, A2: 100 } })
    expect(threshold('C A B A1 A2 A3')).toEqual([10_000, 7_000, 3_000, 4_600, 100, 2_300])
  })

  test('B3 what is left over goes to the largest remainder, the earlier on a tie', () => {
    const even = tinyProgramme({ bases: bases({ C: 3, A: 3, A1: 1, A2: 1, A3: 1 }) })
    expect(parts({ unit: 'A', threshold: 10 }, even).threshold('A1 A2 A3')).toEqual([4, 3, 3])
    expect(parts({ unit: 'A', threshold: 11 }, even).threshold('A1 A2 A3')).toEqual([4, 4, 3])
  })

  test('B4 without a base to share by, units below have no part', () => {
    expect(parts({ shareBy: null }).threshold('C A A1')).toEqual([10_000, undefined, undefined])
    const some = tinyProgramme({ bases: bases({ C: 9, A: 6, B: 3 }) })
    expect(parts({}, some).threshold('A B A1')).toEqual([6_667, 3_333, undefined])
  })

  test('B5 starts are typed for a unit or below it, and the rest of a start is shared out', () => {
    const path = (start: Record<string, number>) => ({ path: { ...countTarget.path, start } })
    expect(parts(path({ A2: 300, B: 80 })).start('C A B A1 A2 A3 B1 B2')).toEqual([380, 300, 80, 0, 300, 0, 50, 30])
    expect(parts(path({ C: 100 })).start('C A B A1 A2 A3 B1 B2')).toEqual([100, 60, 40, 30, 15, 15, 25, 15])
    expect(parts(path({})).start('C A A1')).toEqual([0, 0, 0])
  })

  test('B3 parts of any base sum to their whole at every unit, whole and never negative', () => {
    fc.assert(
      fc.property(aBase, fc.integer({ min: 1, max: 20_000_000 }), fc.nat(400_000), (values, threshold, begun) => {
        const programme = tinyProgramme({ bases: bases(values) })
        const path = { ...countTarget.path, start: { C: begun, A1: 17 } }
        const of = allocate(programme, units, { ...countTarget, threshold, path }, '2008-01-01')
        for (const parent of parents) {
          const children = units.children(parent)
          expect(sum(children.map((c) => of.threshold(c)!))).toBe(of.threshold(parent))
          expect(sum(children.map(of.start))).toBe(of.start(parent))
        }
        for (const code of units.all)
          for (const part of [of.threshold(code)!, of.start(code)]) {
            expect(Number.isInteger(part)).toBe(true)
            expect(part).toBeGreaterThanOrEqual(0)
          }
      }),
    )
  })

  test('B6 a unit that ended before the baseline is in force has no part, but a typed one', () => {
    const lives = (ends: Record<string, string>) =>
      indexUnits({ ...tiny, units: tiny.units.map((u) => ({ ...u, endsOn: ends[u.code] ?? null })) })
    const shared = (ends: Record<string, string>, from: string, target: Partial<Target> = {}) => {
      const { threshold, start } = allocate(tiny, lives(ends), { ...countTarget, ...target }, from)
      return {
        parts: (codes: string) => codes.split(' ').map(threshold),
        starts: (codes: string) => codes.split(' ').map(start),
      }
    }
    const merged = { A3: '2008-03-31' }
    expect(shared(merged, '2008-03-31').parts('A A1 A2 A3')).toEqual([6_000, 3_000, 1_500, 1_500])
    expect(shared(merged, '2008-04-01').parts('A A1 A2 A3')).toEqual([6_000, 4_000, 2_000, undefined])
    const typed = shared(merged, '2008-04-01', { allocation: { A3: 600 } })
    expect(typed.parts('A A1 A2 A3')).toEqual([6_000, 3_600, 1_800, 600])
    const path = { ...countTarget.path, start: { C: 100 } }
    expect(shared(merged, '2008-04-01', { path }).starts('A A1 A2 A3')).toEqual([60, 40, 20, 0])
    // a district is gone with all of its streets, however they ended
    expect(shared({ B1: '2008-01-31', B2: '2008-02-29' }, '2008-03-01').parts('C A B B1')).toEqual([
      10_000,
      10_000,
      undefined,
      undefined,
    ])
    expect(shared({ B: '2008-01-31' }, '2008-03-01').parts('C A B B1')).toEqual([10_000, 10_000, undefined, undefined])
  })

  test('B3 they also sum with typed parts, as long as these do not pass the whole', () => {
    fc.assert(
      fc.property(aBase, fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), (values, one, two, rest) => {
        const programme = tinyProgramme({ bases: bases(values) })
        const target = { ...countTarget, unit: 'A', threshold: one + two + rest + 1, allocation: { A1: one, A3: two } }
        const { threshold } = allocate(programme, units, target, '2008-01-01')
        expect(['A1', 'A2', 'A3'].map(threshold)).toEqual([one, rest + 1, two])
      }),
    )
  })
})

describe('sharing out', () => {
  const weights = fc.array(fc.nat(2_000_000), { minLength: 1, maxLength: 60 })

  test('B3 sums to the whole, and no part is a permit away from its exact share', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), weights, (whole, list) => {
        const shared = shareOut(whole, list)
        const total = sum(list)
        if (total === 0) return void expect(shared).toBeNull()
        expect(sum(shared!)).toBe(whole)
        shared!.forEach((part, i) => {
          expect(Number.isInteger(part)).toBe(true)
          expect(Math.abs(part - (whole * list[i]!) / total)).toBeLessThan(1)
          if (list[i] === 0) expect(part).toBe(0)
        })
      }),
    )
  })

  test('B3 remainders that are equal are ties, however they are written in binary: the earlier has it', () => {
    // 10/30, 40/30 and 250/30: a third each is left
    expect(shareOut(10, [1, 4, 25])).toEqual([1, 1, 8])
    const byHand = (whole: number, list: readonly number[]) => {
      const total = sum(list)
      const parts = list.map((w) => Math.floor((whole * w) / total))
      const order = list.map((w, i) => [(whole * w) % total, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
      for (const [, i] of order.slice(0, whole - sum(parts))) parts[i]!++
      return parts
    }
    for (let whole = 1; whole < 40; whole++)
      for (let a = 1; a < 10; a++)
        for (let b = 1; b < 10; b++)
          for (const c of [1, 3, 10]) expect(shareOut(whole, [a, b, c])).toEqual(byHand(whole, [a, b, c]))
    // products beyond what a number holds exactly
    const many = 999_999_999
    expect(shareOut(many, [many, many, many - 1])).toEqual([333_333_333, 333_333_333, 333_333_333])
    expect(shareOut(many - 1, [many, many, many])).toEqual([333_333_333, 333_333_333, 333_333_332])
  })

  test('B2 the whole permits of a share are those of what was written, not of the number next to it', () => {
    expect([ceilOf(0.07, 100), ceilOf(0.9, 1_000_000_000), ceilOf(0.1, 3), ceilOf(1, 7)]).toEqual([
      7, 900_000_000, 1, 7,
    ])
    expect([ceilOf(1e-7, 20_000_000), ceilOf(12.5, 1), ceilOf(5e6, 1), ceilOf(0.3, 0)]).toEqual([2, 13, 5_000_000, 0])
    // 0.57 × 100,000,000 comes out far enough above 57,000,000 to be rounded up
    for (const share of [0.57, 0.29, 0.58, 1.1])
      expect(ceilOf(share, 100_000_000)).toBe(Math.round(share * 100_000_000))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(1_000_000_000), (n, base) => {
        const exact = (BigInt(n) * BigInt(base) + 9_999n) / 10_000n
        expect(ceilOf(n / 10_000, base)).toBe(Number(exact))
      }),
    )
  })

  test('B3 a heavier unit never has a smaller part', () => {
    fc.assert(
      fc.property(fc.nat(50_000_000), weights, (whole, list) => {
        const shared = shareOut(whole, [...list, 1])!
        list.forEach((w, i) =>
          list.forEach((v, j) => void (w > v && expect(shared[i]).toBeGreaterThanOrEqual(shared[j]!))),
        )
      }),
      { numRuns: 30 },
    )
  })
})

describe.each(['shenzhen-2008', 'italy-2021'])('the programme %s', (key) => {
  const loaded = loadProgramme(join(import.meta.dirname, '../../server/programs', key))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const { programme } = loaded
  const tree = indexUnits(programme)
  const targets = programme.baselines.flatMap((b) =>
    b.targets.map((t) => [`${b.key}/${t.key}`, t, b.inForceFrom] as const),
  )

  test.each(targets)('B3 %s: the parts sum to their whole wherever there are parts', (_name, target, inForceFrom) => {
    const { threshold, start } = allocate(programme, tree, target, inForceFrom)
    for (const code of tree.leaves(target.unit).flatMap((leaf) => tree.chain(leaf).slice(1))) {
      if (!tree.within(code, target.unit)) continue
      const children = tree.children(code).map(threshold)
      if (children.some((c) => c === undefined)) continue
      expect(sum(children as number[])).toBe(threshold(code))
      expect(sum(tree.children(code).map(start))).toBe(start(code))
    }
  })
})
