/** A district passes its population, and its streets have no base of their own. */
import { describe, expect, test } from 'vitest'
import { after, event, events, given as worldOf, type Past, refusals } from '../domain/given.ts'
import { anna, cora, living, office } from './town.ts'

const TODAY = '2026-11-20'
const S4 = { unit: 'S4', day: TODAY, values: { accepted: 5_000, issued: 4_900 }, basedOn: 0 }
const asked = (past: Past[], item: typeof S4, by = cora) => refusals(past, by, 'SubmitReports', { items: [item] })
const issued = (n: number, basedOn = 0) => ({ ...S4, values: { accepted: 9_000, issued: n }, basedOn })
const holds = (unit: string, n: number): Past =>
  event('ReportSubmitted', { unit, day: TODAY, values: { accepted: 9_000, issued: n } }, office)

describe('case E11', () => {
  test('R35 the first unit up the tree whose total passes its base', () => {
    expect(asked(living(TODAY), S4)).toEqual([
      {
        code: 'report.coverageOver',
        params: { unit: 'D2', total: 4_900, base: 400 },
        at: 'items.0.values.issued',
        level: 'warning',
      },
    ])
  })

  test.each([
    [400, []],
    [401, ['D2']],
    [1_001, ['D2']],
  ])('R35 %i issued: %j', (n, units) => {
    expect(asked(living(TODAY), issued(n)).map((r) => r.params?.unit)).toEqual(units)
  })

  test('R35 the city, where the district is within its base', () => {
    const past = [...living(TODAY), holds('S1', 600), holds('S2', 100)]
    expect(asked(past, issued(301)).map((r) => r.params)).toEqual([{ unit: 'C', total: 1_001, base: 1_000 }])
  })

  test('R35 the district by what its other streets have', () => {
    const past = [...living(TODAY), holds('S5', 399)]
    expect(asked(past, issued(1))).toEqual([])
    expect(asked(past, issued(2)).map((r) => r.params)).toEqual([{ unit: 'D2', total: 401, base: 400 }])
  })

  test('R35 once it was passed neither a further report nor a reduction is asked about', () => {
    const past = [...living(TODAY), holds('S4', 450)]
    for (const n of [500, 449, 401, 0]) expect(asked(past, issued(n, past.length))).toEqual([])
    expect(asked([...past, holds('S4', 10)], issued(401, past.length + 1))).toHaveLength(1)
  })

  test('R33 a settlement, a correction and a move are asked about as well', () => {
    const base = [...living(TODAY), holds('S4', 100)]
    const correction = after(base, cora, 'SubmitReports', {
      items: [{ ...issued(401, base.length), confirmed: ['report.coverageOver'] }],
    })
    expect(correction.at(-1)).toMatchObject({ data: { confirmed: { issued: ['report.coverageOver'] } } })
    const disputed = [
      ...base,
      event('ReportDisputed', { unit: 'S4', day: TODAY, values: { issued: 401 }, basis: { issued: 0 } }, office),
    ]
    expect(
      refusals(disputed, cora, 'SettleDispute', {
        unit: 'S4',
        day: TODAY,
        values: { issued: 401 },
        basedOn: disputed.length,
        reason: 'agreed',
      }).map((r) => r.code),
    ).toEqual(['report.coverageOver'])
    const elsewhere = [...living(TODAY), holds('S1', 500), holds('S5', 300)]
    const move = (to: string, more: object = {}) => ({
      from: { unit: 'S1', day: TODAY, basedOn: elsewhere.length },
      to: { unit: to, day: TODAY, basedOn: elsewhere.length },
      reason: 'filed under the wrong street',
      ...more,
    })
    expect(refusals(elsewhere, office, 'ReattributeReports', move('S4')).map((r) => r.params)).toEqual([
      { counter: 'issued', unit: 'D2', total: 800, base: 400 },
    ])
    expect(events(elsewhere, anna, 'ReattributeReports', move('S2'))).toHaveLength(2)
  })

  test('R42 what was confirmed stays marked on the figure', () => {
    const past = after(living(TODAY), cora, 'SubmitReports', {
      items: [{ ...S4, confirmed: ['report.coverageOver', 'report.unusual'] }],
    })
    const { cells, setting } = worldOf(past)
    const day = Date.parse(TODAY) / 86_400_000
    expect(cells.figure('S4', day, setting!.counters.get('issued')!).confirmed).toEqual(['report.coverageOver'])
  })
})
