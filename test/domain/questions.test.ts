import { describe, expect, test } from 'vitest'
import { usualValues } from '../../shared/domain/asking.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import { addDays, dayNumber } from '../../shared/progress/day.ts'
import { districtA, item, office } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import {
  after,
  began,
  figureOf,
  fold,
  given,
  opened,
  passed,
  type Past,
  ready,
  refusals,
  reported,
  submit,
  submitRefusals,
} from './given.ts'

const TODAY = '2008-01-10'

/** working days, the last one on the working day before 2008-01-24 */
const DAYS = ['2008-01-16', '2008-01-17', '2008-01-18', '2008-01-21', '2008-01-22', '2008-01-23']
const lived = (...values: number[]): Past[] => [
  ...opened(),
  ...DAYS.slice(-values.length).flatMap((day, i) => [
    began(day),
    reported(districtA, 'A1', day, { accepted: values[i]! }),
  ]),
  began('2008-01-24'),
]
const warned = (past: Past[], more: Partial<ReportItem> & { values: Values }) =>
  submitRefusals(past, districtA, item('A1', '2008-01-24', more.values, more))

describe('what is stood by', () => {
  test('R20 a warning is passed by naming its code, which the event records by counter', () => {
    const values = { accepted: 1, issued: 2 }
    expect(submitRefusals(ready(), districtA, item('A1', TODAY, values, { confirmed: ['report.unusual'] }))).toEqual([
      'items.0.values.issued report.exceeds',
    ])
    expect(submit(ready(), districtA, item('A1', TODAY, values, { confirmed: ['report.exceeds'] }))).toEqual([
      {
        type: 'ReportSubmitted',
        data: { unit: 'A1', day: TODAY, values, confirmed: { issued: ['report.exceeds'] } },
      },
    ])
  })

  test('R20 the event records what was asked and stood by, not what was ticked in advance', () => {
    const confirmed: ReportItem['confirmed'] = ['report.unusual', 'report.exceeds', 'report.coverageOver']
    const values = { accepted: 2, issued: 3 }
    expect(submit(ready(), districtA, item('A1', TODAY, values, { confirmed }))).toMatchObject([
      { data: { confirmed: { issued: ['report.exceeds'] } } },
    ])
    expect(submit(ready(), districtA, item('A1', TODAY, { accepted: 3, issued: 3 }, { confirmed }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values: { accepted: 3, issued: 3 } } },
    ])
  })

  test('R20 a counter that does not change is not asked about again', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 1, issued: 2 }))
    expect(
      submitRefusals(past, districtA, item('A1', TODAY, { accepted: 2, issued: 2 }, { basedOn: past.length })),
    ).toEqual([])
  })

  test('R42 what was confirmed stays marked on the figure until its value changes', () => {
    const send = (past: Past[], values: Values, more: Partial<ReportItem> = {}) =>
      after(past, districtA, 'SubmitReports', { items: [item('A1', TODAY, values, { basedOn: past.length, ...more })] })
    const marked = send(ready(), { accepted: 1, issued: 2 }, { confirmed: ['report.exceeds'] })
    expect(figureOf(marked, 'A1', TODAY, 'issued').confirmed).toEqual(['report.exceeds'])
    expect(figureOf(marked, 'A1', TODAY, 'accepted').confirmed).toBeUndefined()
    const other = send(marked, { accepted: 5 })
    expect(figureOf(other, 'A1', TODAY, 'issued').confirmed).toEqual(['report.exceeds'])
    expect(figureOf(send(other, { issued: 3 }), 'A1', TODAY, 'issued').confirmed).toBeUndefined()
  })

  test('R20 warnings of a command come together', () => {
    const known = [...lived(100, 100, 100, 100, 100), reported(districtA, 'A1', '2008-01-15', { issued: 1 })]
    expect(warned(known, { values: { accepted: 200, issued: 6_001 } })).toEqual([
      'items.0.values.accepted report.unusual',
      'items.0.values.issued report.coverageOver',
      'items.0.values.issued report.exceeds',
    ])
  })
})

describe('unusual', () => {
  test('R21 fewer than five days are no history', () => {
    expect(warned(lived(100, 100, 100, 100), { values: { accepted: 9_000 } })).toEqual([])
    expect(warned(lived(100, 100, 100, 100, 100), { values: { accepted: 9_000 } })).toHaveLength(1)
  })

  test('R21 the ends of the range are still usual', () => {
    const past = lived(100, 100, 100, 100, 100)
    expect(warned(past, { values: { accepted: 160 } })).toEqual([])
    expect(warned(past, { values: { accepted: 161 } })).toEqual(['items.0.values.accepted report.unusual'])
  })

  test('R21 low is asked about only once the day is closed', () => {
    const past = lived(100, 100, 100, 100, 100)
    expect(warned(past, { values: { accepted: 39 } })).toEqual([])
    const closed = [...past, passed('2008-01-24')]
    expect(warned(closed, { values: { accepted: 39 }, reason: 'x' })).toEqual([
      'items.0.values.accepted report.unusual',
    ])
    expect(warned(closed, { values: { accepted: 40 }, reason: 'x' })).toEqual([])
  })

  test('R36 days off are compared with days off', () => {
    const past = [...lived(100, 100, 100, 100, 100), began('2008-01-26')]
    expect(submitRefusals(past, districtA, item('A1', '2008-01-26', { accepted: 9_000 }))).toEqual([])
  })

  test('R36 the latest fifteen comparable days of the last ninety count, without disputed ones, blanks and withdrawn ones', () => {
    const days = Array.from({ length: 130 }, (_, i) => addDays('2008-01-02', i))
    const world = given([...opened(), ...days.map((day, i) => reported(districtA, 'A1', day, { accepted: i }))])
    const past = (day: string) => usualValues(world.setting!, world.cells, 'A1', 0, dayNumber(day))
    // 2008-04-08 is a Tuesday; the 4th to the 7th hold a weekend
    expect(past('2008-04-08').slice(0, 3)).toEqual([96, 93, 92])
    expect(past('2008-04-08')).toHaveLength(15)
    expect(past('2008-01-05')).toEqual([])
    expect(past('2008-09-01')).toEqual([])
    fold(world, [
      {
        type: 'ReportDisputed',
        data: { unit: 'A1', day: '2008-04-07', values: { accepted: 1 }, basis: { accepted: 0 } },
      },
      { type: 'ReportWithdrawn', data: { unit: 'A1', day: '2008-04-04', counters: ['accepted'], reason: 'x' } },
    ])
    expect(past('2008-04-08').slice(0, 2)).toEqual([92, 91])
  })

  test('R36 reports of weeks are compared with those of weeks, half a year back', () => {
    const { units, reporting } = tinyProgramme()
    const weekly = units.map((u) => (u.code === 'A1' ? { ...u, expected: 'weekly' as const } : u))
    // the Saturday after the fifth Friday is worked
    const ends = Array.from({ length: 24 }, (_, i) => addDays('2008-01-04', 7 * i + (i === 4 ? 1 : 0)))
    const world = given([
      ...opened({ units: weekly, reporting }),
      ...ends.map((day, i) => reported(districtA, 'A1', day, { accepted: 700 + i })),
      reported(districtA, 'A1', '2008-06-10', { accepted: 3 }),
    ])
    const past = (day: string) => usualValues(world.setting!, world.cells, 'A1', 0, dayNumber(day))
    expect(past('2008-06-20')).toEqual(Array.from({ length: 15 }, (_, i) => 723 - i))
    // a report for a day that is no week's is compared with such days alone
    expect(past('2008-06-17')).toEqual([3])
  })
})

describe('coverage', () => {
  const many = { accepted: 9_000, issued: 3_000 }

  test('R35 asked when a total passes a base that its counter’s coverage is measured by', () => {
    expect(submitRefusals(ready(), districtA, item('A2', TODAY, many))).toEqual([])
    expect(
      refusals(ready(), districtA, 'SubmitReports', { items: [item('A2', TODAY, { ...many, issued: 3_001 })] }),
    ).toEqual([
      {
        code: 'report.coverageOver',
        params: { unit: 'A2', total: 3_001, base: 3_000 },
        at: 'items.0.values.issued',
        level: 'warning',
      },
    ])
  })

  test('R35 by the first unit up the tree that passes its base', () => {
    const { bases } = tinyProgramme()
    const withoutStreets = [...opened({ bases: bases.filter((b) => b.unit.length === 1) }), began(TODAY)]
    const question = (past: Past[], issued: number) =>
      refusals(past, office, 'SubmitReports', { items: [item('A2', TODAY, { accepted: 99_000, issued })] }).map(
        (r) => r.params,
      )
    expect(question(withoutStreets, 12_000)).toEqual([])
    expect(question(withoutStreets, 12_001)).toEqual([{ unit: 'A', total: 12_001, base: 12_000 }])
    expect(question(withoutStreets, 20_001)).toEqual([{ unit: 'A', total: 20_001, base: 12_000 }])
    const below = [...withoutStreets, reported(office, 'A1', TODAY, { accepted: 12_000, issued: 12_000 })]
    expect(question(below, 1)).toEqual([{ unit: 'A', total: 12_001, base: 12_000 }])
    const passed = [...withoutStreets, reported(office, 'A1', TODAY, { accepted: 13_000, issued: 13_000 })]
    expect(question(passed, 1)).toEqual([])
    expect(question(passed, 7_001)).toEqual([{ unit: 'C', total: 20_001, base: 20_000 }])
  })

  test('R35 R38 an approved figure counts in a total until its withdrawal is approved', () => {
    const { bases, reporting } = tinyProgramme()
    const few = bases.map((b) => (b.unit === 'A1' ? { ...b, value: 400 } : b))
    const past = [
      ...opened({ bases: few, reporting: { ...reporting, reviewLevels: 1 } }),
      began(TODAY),
      reported(districtA, 'A1', '2008-01-09', { accepted: 400, issued: 300 }),
    ]
    const cell = { unit: 'A1', day: '2008-01-09' }
    const review = (list: Past[], kind: 'ApproveReports' | 'ReturnReports') => {
      const versions = { issued: figureOf(list, 'A1', cell.day, 'issued').version }
      const why = kind === 'ReturnReports' ? { reason: 'x' } : {}
      return after(list, office, kind, { items: [{ ...cell, versions }], ...why } as never)
    }
    const approved = review(past, 'ApproveReports')
    const items = [{ ...cell, counters: ['issued'], basedOn: approved.length }]
    const asked = after(approved, districtA, 'WithdrawReports', { items, reason: 'x' })
    const more = item('A1', TODAY, { accepted: 300, issued: 200 })
    for (const list of [approved, asked, review(asked, 'ReturnReports')])
      expect(submitRefusals(list, districtA, more)).toEqual(['items.0.values.issued report.coverageOver'])
    expect(submitRefusals(review(asked, 'ApproveReports'), districtA, more)).toEqual([])
    // given again as it was, the figure is not counted twice
    const again = item('A1', cell.day, { issued: 350 }, { basedOn: asked.length, type: 'corrected', reason: 'x' })
    expect(submitRefusals(asked, districtA, again)).toEqual([])
  })

  test('R35 not asked again above the base, nor on the way down', () => {
    const over = ready(reported(districtA, 'A2', TODAY, { accepted: 9_000, issued: 3_500 }))
    const change = (issued: number) =>
      submitRefusals(over, districtA, item('A2', TODAY, { issued }, { basedOn: over.length }))
    expect(change(3_600)).toEqual([])
    expect(change(3_100)).toEqual([])
    expect(change(2_999)).toEqual([])
  })

  test('R8 totals run on through the items of a command', () => {
    const two = [
      item('A2', TODAY, { accepted: 9_000, issued: 2_000 }),
      item('A2', '2008-01-08', { accepted: 9_000, issued: 1_001 }, { type: 'late', reason: 'found' }),
    ]
    expect(submitRefusals(ready(), districtA, ...two)).toEqual(['items.1.values.issued report.coverageOver'])
    const district = [
      item('A1', TODAY, { accepted: 9_000, issued: 6_000 }),
      item('A2', TODAY, { accepted: 9_000, issued: 3_000 }),
      item('A3', TODAY, { accepted: 9_000, issued: 2_999 }),
      item('A3', '2008-01-08', { accepted: 9_000, issued: 1 }, { reason: 'found' }),
    ]
    expect(submitRefusals(ready(), districtA, ...district)).toEqual([])
    const more = { ...district[3]!, values: { accepted: 9_000, issued: 2 } }
    expect(submitRefusals(ready(), districtA, ...district.slice(0, 3), more)).toEqual([
      'items.3.values.issued report.coverageOver',
    ])
  })
})
