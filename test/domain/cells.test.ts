import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLANK, type Cells, type Figure } from '../../shared/domain/cells.ts'
import { createCells, restoreCells, saveCells } from '../../shared/domain/columns.ts'
import { QUESTIONS, RESTATEMENTS } from '../../shared/domain/values.ts'
import { settingOf } from '../../shared/domain/world.ts'
import { tinyProgramme } from '../support/programme.ts'

const setting = settingOf(tinyProgramme(), 'real')
const UNITS = ['A1', 'A2', 'B1']
const COUNTERS = [0, 1]

const count = fc.option(fc.integer({ min: 0, max: 999_999_999 }), { nil: null })
const seq = fc.integer({ min: 0, max: 0xffff_ffff })
const name = fc.constantFrom('', 'anna', 'bela', 'toString')
const at = fc.integer({ min: 0, max: 2 ** 45 })
const text = fc.string({ minLength: 1, maxLength: 5 })
const figure: fc.Arbitrary<Figure> = fc
  .record({
    value: count,
    approved: count,
    state: fc.constantFrom('blank', 'submitted', 'approved', 'returned', 'disputed'),
    version: fc.integer({ min: 1, max: 0xffff_ffff }),
    foreign: seq,
    by: name,
    at,
    level: fc.integer({ min: 0, max: 4 }),
    restated: fc.option(fc.record({ type: fc.constantFrom(...RESTATEMENTS), reason: text }), { nil: undefined }),
    confirmed: fc.option(fc.subarray([...QUESTIONS], { minLength: 1 }), { nil: undefined }),
    approvedConfirmed: fc.option(fc.subarray([...QUESTIONS], { minLength: 1 }), { nil: undefined }),
    claim: fc.option(fc.record({ value: fc.nat(), by: name, at, version: seq }), { nil: undefined }),
    moves: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), { nil: undefined }),
    away: fc.option(fc.nat(999_999_999), { nil: undefined }),
    returned: fc.option(fc.record({ reason: text, by: name, at }), { nil: undefined }),
  })
  // a figure leaves out what it does not have
  .map((f) => Object.fromEntries(Object.entries(f).filter(([, v]) => v !== undefined)) as unknown as Figure)

const writes = fc.array(
  fc.record({
    unit: fc.constantFrom(...UNITS),
    day: fc.oneof(fc.integer({ min: 13_880, max: 13_900 }), fc.integer({ min: 13_500, max: 14_500 })),
    counter: fc.constantFrom(...COUNTERS),
    figure,
  }),
  { maxLength: 60 },
)
type Write = (typeof writes extends fc.Arbitrary<infer W> ? W : never)[number]

/** The same as a map of figures. */
function modelOf(list: readonly Write[]) {
  const cells = new Map(list.map((w) => [`${w.unit} ${w.day} ${w.counter}`, w]))
  const of = (unit: string, counter: number) =>
    [...cells.values()].filter((w) => setting.units.within(w.unit, unit) && w.counter === counter)
  // of what a reviewer returned the approved value counts; a withdrawal that waits takes away no more than is counted
  // where the figure was moved to
  const counted = ({ value, approved, returned, away = 0 }: Figure) =>
    (returned === undefined ? value : null) ?? Math.max(0, (approved ?? 0) - (returned === undefined ? away : 0))
  const sum = (found: Write[]) => found.reduce((s, w) => s + counted(w.figure), 0)
  return {
    counted,
    figure: (unit: string, day: number, counter: number) => cells.get(`${unit} ${day} ${counter}`)?.figure ?? BLANK,
    total: (unit: string, counter: number) => sum(of(unit, counter)),
    totalThrough: (unit: string, day: number, counter: number) => sum(of(unit, counter).filter((w) => w.day <= day)),
    span(unit: string) {
      const days = [...cells.values()].filter((w) => w.unit === unit).map((w) => w.day)
      return days.length === 0 ? null : { first: Math.min(...days), last: Math.max(...days) }
    },
    latest: (unit: string, counter: number, before: number, from: number, most: number) =>
      of(unit, counter)
        .filter((w) => w.day < before && w.day >= from && w.day % 3 !== 0)
        .filter((w) => w.figure.value !== null && w.figure.state !== 'disputed')
        .sort((a, b) => b.day - a.day)
        .slice(0, most)
        .map((w) => w.figure.value),
  }
}

function same(cells: Cells, list: readonly Write[]): void {
  const model = modelOf(list)
  for (const { unit, day } of [...list, { unit: 'A1', day: 13_890 }])
    for (const counter of COUNTERS)
      for (const n of [day - 1, day, day + 40]) {
        const expected = model.figure(unit, n, counter)
        expect(cells.figure(unit, n, counter)).toEqual(expected)
        expect(cells.value(unit, n, counter)).toBe(expected.value)
        expect(cells.approved(unit, n, counter)).toBe(expected.approved)
        expect(cells.state(unit, n, counter)).toBe(expected.state)
        expect(cells.counted(unit, n, counter)).toBe(model.counted(expected))
        expect(cells.totalThrough(unit, n, counter)).toBe(model.totalThrough(unit, n, counter))
        expect(cells.latest(unit, counter, n, n - 30, (d) => d % 3 !== 0, 4)).toEqual(
          model.latest(unit, counter, n, n - 30, 4),
        )
      }
  for (const unit of setting.units.all)
    for (const counter of COUNTERS) expect(cells.total(unit, counter)).toBe(model.total(unit, counter))
  for (const unit of UNITS) expect(cells.span(unit)).toEqual(model.span(unit))
}

const write = (cells: Cells, list: readonly Write[]) => {
  for (const { unit, day, counter, figure } of list) cells.set(unit, day, counter, figure)
}

describe('columns', () => {
  test('R25 hold what a map of figures holds', () => {
    fc.assert(
      fc.property(writes, (list) => {
        const cells = createCells(setting)
        write(cells, list)
        same(cells, list)
      }),
      { numRuns: 100 },
    )
  })

  test('L3 so do forks, and forks of forks; what they are forked from is not touched', () => {
    fc.assert(
      fc.property(writes, writes, writes, (first, second, third) => {
        const cells = createCells(setting)
        write(cells, first)
        const fork = cells.fork()
        write(fork, second)
        const further = fork.fork()
        write(further, third)
        same(further, [...first, ...second, ...third])
        same(fork, [...first, ...second])
        same(cells, first)
      }),
      { numRuns: 50 },
    )
  })

  test('S17 saved and restored they hold the same, and grow on their own', () => {
    fc.assert(
      fc.property(writes, writes, (first, second) => {
        const cells = createCells(setting)
        write(cells, first)
        const restored = restoreCells(structuredClone(saveCells(cells)), setting)
        same(restored, first)
        write(restored, second)
        same(restored, [...first, ...second])
        same(cells, first)
      }),
      { numRuns: 50 },
    )
  })

  test('R25 a figure that was never written is one and the same blank', () => {
    const cells = createCells(setting)
    expect(cells.figure('A1', 13_890, 0)).toBe(BLANK)
    expect(cells.fork().figure('A1', 13_890, 0)).toBe(BLANK)
    cells.set('A1', 13_890, 0, { ...BLANK, value: 1, version: 1 })
    expect(cells.figure('A1', 13_890, 1)).toBe(BLANK)
  })

  test('L11 only reporting units hold figures: what names another is a damaged log', () => {
    const cells = createCells(setting)
    for (const [unit, into] of [
      ['Z9', cells],
      ['A', cells],
      ['Z9', cells.fork()],
      ['A', cells.fork()],
    ] as const)
      expect(() => into.set(unit, 13_890, 0, { ...BLANK, value: 1, version: 1 })).toThrow(RangeError)
    expect(() => createCells(null).fork().set('A1', 13_890, 0, BLANK)).toThrow(RangeError)
  })

  test('S17 a fork is not saved', () => {
    expect(() => saveCells(createCells(setting).fork())).toThrow(TypeError)
  })

  test('R25 a figure takes 40 bytes at most, days off and room to grow included', () => {
    const cells = createCells(setting)
    let written = 0
    for (let day = 13_879; day < 13_879 + 366; day++)
      if (setting.calendar.isWorkNumber(day))
        for (const counter of COUNTERS) {
          cells.set('A1', day, counter, {
            ...BLANK,
            value: day,
            approved: day,
            state: 'approved',
            version: day,
            by: 'anna',
            at: 1,
          })
          written++
        }
    const { columns } = saveCells(cells)
    const bytes = columns
      .flatMap((c) => [c.value, c.version, c.author, c.at, c.flags])
      .reduce((s, a) => s + a.byteLength, 0)
    expect(bytes / written).toBeLessThanOrEqual(40)
  })
})
