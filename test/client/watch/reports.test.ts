import { describe, expect, it } from 'vitest'
import { arrivalsOf, owing, stateCounts } from '../../../client/features/watch/arrivals.ts'
import { newestFirst, tell, wordOf } from '../../../client/features/watch/changes.ts'
import { keptList, keptRecords } from '../../../client/features/watch/kept.ts'
import { trimmed } from '../../../client/features/watch/trimmed.ts'
import { indexUnits } from '../../../shared/domain/units.ts'
import type { ChangeRow, DueRow, DueState } from '../../../shared/view/rows.ts'
import { tinyProgramme } from '../../support/programme.ts'

const programme = tinyProgramme()
const units = indexUnits(programme)
const due = (unit: string, state: DueState, owed: string[] = []): DueRow => ({
  kind: 'due',
  key: `due/${unit}`,
  unit,
  state,
  values: [],
  owed,
  owedCount: owed.length,
})

describe('arrivalsOf', () => {
  const dues = [due('A1', 'missing'), due('A2', 'approved'), due('A3', 'open'), due('B1', 'approved'), due('B2', 'off')]

  it('has a group for each unit below, what is in first', () => {
    const groups = arrivalsOf(units, 'C', dues)
    expect(groups.map((g) => [g.unit, g.missing, g.open])).toEqual([
      ['A', 1, 1],
      ['B', 0, 0],
    ])
    expect(groups[0]!.dues.map((d) => d.unit)).toEqual(['A2', 'A3', 'A1'])
  })

  it('has one group in the own order where the units below report themselves, or the unit does', () => {
    expect(arrivalsOf(units, 'A', dues).map((g) => g.dues.map((d) => d.unit))).toEqual([['A1', 'A2', 'A3']])
    expect(arrivalsOf(units, 'A1', dues).map((g) => g.dues.map((d) => d.unit))).toEqual([['A1']])
  })

  it('counts states and finds who owes most', () => {
    expect(stateCounts(dues).get('approved')).toBe(2)
    const owers = [
      due('A1', 'open', ['2008-01-02']),
      due('A2', 'open'),
      due('A3', 'open', ['2008-01-02', '2008-01-03']),
    ]
    expect(owing(owers).map((d) => d.unit)).toEqual(['A3', 'A1'])
  })
})

const change = (more: Partial<ChangeRow>): ChangeRow => ({
  kind: 'change',
  key: 'change/C/0',
  seq: 1,
  at: '2008-01-02T09:00:00.000Z',
  type: 'ReportSubmitted',
  unit: 'A1',
  day: '2008-01-02',
  values: { accepted: 5, issued: 3 },
  before: null,
  ...more,
})

describe('changes', () => {
  it('names what happened', () => {
    expect(wordOf(change({}))).toBe('first')
    expect(wordOf(change({ before: { issued: 1 } }))).toBe('edited')
    expect(wordOf(change({ type: 'ReportRestated', restated: 'reduced', before: { issued: 9 } }))).toBe('reduced')
    expect(wordOf(change({ type: 'ReportRestated', restated: 'late' }))).toBe('late')
    expect(wordOf(change({ type: 'ReportDisputed', before: { issued: 1 } }))).toBe('disputed')
    expect(wordOf(change({ type: 'DisputeSettled', before: { issued: 1 } }))).toBe('settled')
  })

  it('tells the counter of the page when it changed, else one that did', () => {
    const { counters } = programme
    expect(tell(change({ before: { accepted: 5, issued: 1 } }), counters, 'issued')).toMatchObject({ from: 1, to: 3 })
    const other = tell(change({ before: { accepted: 4, issued: 3 } }), counters, 'issued')
    expect([other.counter.key, other.from, other.to]).toEqual(['accepted', 4, 5])
    expect(tell(change({ values: { accepted: 5 } }), counters, 'issued')).toMatchObject({ from: null, to: 5 })
    expect(tell(change({ before: { accepted: 5, issued: 3 } }), counters, 'none').counter.key).toBe('accepted')
  })

  it('has the newest first, wherever the ring has put it', () => {
    expect(newestFirst([3, 9, 4].map((seq) => change({ seq }))).map((r) => r.seq)).toEqual([9, 4, 3])
  })
})

describe('what is kept', () => {
  it('is the old list while it holds the same things', () => {
    const [a, b] = [{}, {}]
    const old = [a, b]
    expect(keptList(old, [a, b])).toBe(old)
    expect(keptList(old, [b, a])).not.toBe(old)
    expect(keptList(old, [a])).not.toBe(old)
    expect(keptList(undefined, old)).toBe(old)
  })

  it('is the old list while its records are equal', () => {
    const old = [{ unit: 'a', rank: 1 }]
    expect(keptRecords(old, [{ unit: 'a', rank: 1 }])).toBe(old)
    expect(keptRecords(old, [{ unit: 'a', rank: 2 }])).not.toBe(old)
  })
})

it('trimmed takes away decimals that say nothing', () => {
  expect(trimmed('500.00\u00a0万')).toBe('500\u00a0万')
  expect(trimmed('202.34\u00a0万')).toBe('202.34\u00a0万')
  expect(trimmed('0.50\u00a0M')).toBe('0.5\u00a0M')
  expect(trimmed('2,000')).toBe('2,000')
})
