import { describe, expect, it } from 'vitest'
import { type Arrival, arrivals, arrivalsOf, owing, stateCounts } from '../../../client/features/watch/arrivals.ts'
import { changeToShow, newestFirst } from '../../../client/features/watch/changes.ts'
import { leastProven, printed } from '../../../client/features/watch/printed.ts'
import { stable, stableList, stableMap } from '../../../client/features/watch/stable.ts'
import { trimmed } from '../../../client/features/watch/trimmed.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import { type CounterBreakdown, NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import type { DueState } from '../../../shared/view/due.ts'
import type { BelowRow, ChangeRow, FigureChange } from '../../../shared/view/rows.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { sums } from './sample.ts'

const programme = tinyProgramme()
const units = indexUnits(programme)
const none = () => undefined

describe('arrivalsOf', () => {
  const report = (unit: string, state: DueState): Arrival => ({
    ...{ unit, state, blank: [] },
    partial: state === 'partial',
  })
  const reports = [
    report('A1', 'missing'),
    report('A2', 'approved'),
    report('A3', 'partial'),
    report('B1', 'approved'),
    report('B2', 'open'),
  ]

  it('has a group for each unit below, what is in first', () => {
    const groups = arrivalsOf(units, 'C', reports, none, false)
    expect(groups.map((g) => [g.unit, g.missing, g.partial, g.open])).toEqual([
      ['A', 1, 1, 0],
      ['B', 0, 0, 1],
    ])
    expect(groups[0]!.reports.map((r) => r.unit)).toEqual(['A2', 'A3', 'A1'])
  })

  it('has one group in the own order where the units below report themselves, or the unit does', () => {
    const of = (unit: string) => arrivalsOf(units, unit, reports, none, false).map((g) => g.reports.map((r) => r.unit))
    expect(of('A')).toEqual([['A1', 'A2', 'A3']])
    expect(of('A1')).toEqual([['A1']])
  })

  it('adds units without a row of their own, whose silence is missing once today is due', () => {
    const below = { unit: 'B', in: 300, partial: 5, missing: 40, behind: 9 } as BelowRow
    const group = (due: boolean) => arrivalsOf(units, 'C', [], (c) => (c === 'B' ? below : undefined), due)[1]
    expect(group(false)).toMatchObject({ unit: 'B', below, partial: 5, missing: 0, open: 40 })
    expect(group(true)).toMatchObject({ missing: 40, open: 0 })
  })

  it('takes reporting units alone, counts their states and finds who owes most', () => {
    const rows = [sums('A', {}), sums('A1', {}, {}, 'missing'), { ...sums('A2', {}, {}, 'partial'), blank: [1] }]
    expect(arrivals(rows, () => [0, 1])).toEqual([
      { unit: 'A1', state: 'missing', blank: [], partial: false },
      { unit: 'A2', state: 'partial', blank: [1], partial: true },
    ])
    expect(stateCounts(reports).get('approved')).toBe(2)
    const owe = (unit: string, owedCount: number) => ({ unit, owedCount, days: [] })
    expect(owing([owe('A1', 1), owe('A2', 0), owe('A3', 2)]).map((u) => u.unit)).toEqual(['A3', 'A1'])
  })
})

it('U12 a report that lacks an expected counter is partial, also where its figures are returned or disputed', () => {
  const of = (state: DueState, expected: readonly number[]) =>
    arrivals([{ ...sums('A1', {}, {}, state), blank: [1] }], () => expected)
  for (const state of ['returned', 'disputed'] as const) {
    expect(of(state, [0, 1])[0]!.partial).toBe(true)
    expect(arrivalsOf(units, 'A', of(state, [0, 1]), none, true)[0]!.partial).toBe(1)
    expect(of(state, [0])[0]!.partial, 'the other counter is not expected today').toBe(false)
  }
})

describe('a figure as it is printed', () => {
  const STILL = { up: 0, down: 0 }
  const of = (more: Partial<CounterBreakdown>) => ({ ...NO_BREAKDOWN, ...more })

  it('U7 still holds what only waits to be taken away: a returned withdrawal is no 0', () => {
    const withdrawn = of({ approved: 100, returned: { up: 0, down: 100 } })
    expect(printed(withdrawn)).toBe(100)
    expect(leastProven(withdrawn)).toEqual({ part: 'r', bite: true })
  })

  it('U7 holds what waits to be added, and says that it is not approved', () => {
    const disputed = of({ approved: 54_250, waiting: { up: 3, down: 1 }, disputed: { up: 2_478, down: 0 }, missing: 9 })
    expect(printed(disputed)).toBe(56_731)
    expect(leastProven(disputed)).toEqual({ part: 'd', bite: false })
    expect(leastProven(of({ approved: 5, waiting: STILL, missing: 7 }))).toBeNull()
  })
})

const figure = (counter: number, before: number | null, after: number | null): FigureChange => ({
  counter,
  before,
  after,
})
const change = (more: Partial<ChangeRow>): ChangeRow => ({
  kind: 'change',
  key: 'x0',
  seq: 1,
  at: 1_199_264_400_000,
  type: 'ReportSubmitted',
  unit: 'A1',
  day: '2008-01-02',
  changes: [figure(0, null, 5), figure(1, null, 3)],
  ...more,
})

describe('changes', () => {
  it('shows the counter of the page when it changed, else one that did', () => {
    const { counters } = programme
    const both = { changes: [figure(0, 4, 5), figure(1, 1, 3)] }
    expect(changeToShow(change(both), counters, 'issued')).toMatchObject({ from: 1, to: 3 })
    const other = changeToShow(change({ changes: [figure(0, 4, 5), figure(1, 3, 3)] }), counters, 'issued')
    expect([other?.counter.key, other?.from, other?.to]).toEqual(['accepted', 4, 5])
    expect(changeToShow(change({ changes: [figure(0, null, 5)] }), counters, 'issued')).toMatchObject({
      from: null,
      to: 5,
    })
    expect(changeToShow(change({ changes: [figure(1, 3, 3)] }), counters, 'accepted')?.counter.key).toBe('issued')
    expect(changeToShow(change({ changes: [] }), counters, 'issued')).toBeNull()
  })

  it('has the newest first, wherever the ring has put it', () => {
    expect(newestFirst([3, 9, 4].map((seq) => change({ seq }))).map((r) => r.seq)).toEqual([9, 4, 3])
  })
})

describe('what is kept', () => {
  it('is the old list while it holds the same things', () => {
    const [a, b] = [{}, {}]
    const old = [a, b]
    expect(stableList(old, [a, b])).toBe(old)
    expect(stableList(old, [b, a])).not.toBe(old)
    expect(stableList(old, [a])).not.toBe(old)
    expect(stableList(undefined, old)).toBe(old)
  })

  it('is the old value while the new one is equal throughout', () => {
    const old = [{ unit: 'a', parts: { up: 1, down: null } }]
    expect(stable(old, [{ unit: 'a', parts: { up: 1, down: null } }])).toBe(old)
    expect(stable<unknown>(old, [{ unit: 'a', parts: { up: 1, down: 0 } }])).not.toBe(old)
    expect(stable<object>({ a: 1 }, { b: 1 })).toEqual({ b: 1 })
    expect(stable<object>({ 0: 1 }, [1])).toEqual([1])
    expect(stable(Number.NaN, Number.NaN)).toBeNaN()
  })

  it('is every entry of a map by itself', () => {
    const [a, b] = [{ n: 1 }, { n: 2 }]
    const old = new Map([
      ['a', a],
      ['b', b],
    ])
    expect(
      stableMap(
        old,
        new Map([
          ['a', { n: 1 }],
          ['b', { n: 2 }],
        ]),
      ),
    ).toBe(old)
    const next = stableMap(
      old,
      new Map([
        ['a', { n: 1 }],
        ['b', { n: 3 }],
      ]),
    )
    expect([next === old, next.get('a') === a, next.get('b')]).toEqual([false, true, { n: 3 }])
    expect(stableMap(old, new Map([['a', { n: 1 }]])).size).toBe(1)
  })
})

it('trimmed takes away decimals that say nothing', () => {
  expect(trimmed('500.00\u00a0万')).toBe('500\u00a0万')
  expect(trimmed('202.34\u00a0万')).toBe('202.34\u00a0万')
  expect(trimmed('0.50\u00a0M')).toBe('0.5\u00a0M')
  expect(trimmed('2,000')).toBe('2,000')
})
