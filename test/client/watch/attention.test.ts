/** What wants somebody, and where it is: the gravest first, each as near to its cell as is known. */
import { describe, expect, test } from 'vitest'
import { type AttentionInput, attentionOf } from '../../../client/features/watch/attention.ts'
import type { Arrival } from '../../../client/features/watch/arrivals.ts'
import type { Breakdown } from '../../../shared/progress/breakdown.ts'

const TODAY = '2008-01-10'
const none = () => ({ up: [0, 0], down: [0, 0] })
/** of two counters */
const breakdown = (more: Partial<Breakdown> = {}): Breakdown => ({
  ...{ approved: [9, 9], waiting: none(), disputed: none(), returned: none(), missing: [0, 0] },
  ...more,
})
const arrival = (unit: string, state: Arrival['state'], more: Partial<Arrival> = {}): Arrival => ({
  ...{ unit, state, blank: [], partial: false },
  ...more,
})
const look = (more: Partial<AttentionInput>) =>
  attentionOf({
    ...{ arrivals: [], today: TODAY, due: true, owing: [] },
    ...{ sums: () => ({ total: breakdown(), today: breakdown() }), days: () => [] },
    ...more,
  })
const first = { up: [3, 0], down: [0, 0] }
const second = { up: [0, 0], down: [0, 2] }

describe('Q4 what wants somebody', () => {
  test('is said the gravest first, and nothing where nothing does', () => {
    const arrivals = (['approved', 'missing', 'returned', 'disputed', 'partial'] as const).map((state) =>
      arrival(state, state, { partial: state === 'partial', blank: state === 'partial' ? [1] : [] }),
    )
    const owing = [{ unit: 'x', owedCount: 2, days: ['2008-01-03'] }]
    expect(look({ arrivals, owing }).map(({ kind, of }) => [kind, ...of.map((w) => w.unit)])).toEqual([
      ['disputed', 'disputed'],
      ['returned', 'returned'],
      ['missing', 'missing'],
      ['partial', 'partial'],
      ['owed', 'x'],
    ])
    expect(look({ arrivals: [arrival('a', 'approved'), arrival('b', 'open')] })).toEqual([])
  })

  test('leads to the counter that it is about', () => {
    const sums = () => ({ total: breakdown({ disputed: second }), today: breakdown({ disputed: second }) })
    expect(look({ arrivals: [arrival('a', 'disputed')], sums })).toEqual([
      { kind: 'disputed', of: [{ unit: 'a', days: [TODAY], count: 1, counter: 1 }] },
    ])
    expect(look({ arrivals: [arrival('a', 'submitted', { partial: true, blank: [0] })] })).toEqual([
      { kind: 'partial', of: [{ unit: 'a', days: [TODAY], count: 1, counter: 0 }] },
    ])
  })

  test('of earlier days is noticed whichever counter it is of, beside one of today', () => {
    const total = breakdown({ disputed: { up: [3, 0], down: [0, 2] } })
    const sums = () => ({ total, today: breakdown({ disputed: second }) })
    expect(look({ arrivals: [arrival('a', 'approved')], sums })).toEqual([
      { kind: 'disputed', of: [{ unit: 'a', days: [], count: 1 }] },
    ])
    expect(look({ arrivals: [arrival('a', 'disputed')], sums })[0]!.of.map((w) => w.days)).toEqual([[TODAY], []])
    const same = () => ({ total: breakdown({ disputed: second }), today: breakdown({ disputed: second }) })
    expect(look({ arrivals: [arrival('a', 'disputed')], sums: same })[0]!.of).toHaveLength(1)
  })

  test('has its days and its counter where the days are known, the latest last', () => {
    const sums = () => ({ total: breakdown({ returned: { up: [3, 1], down: [0, 0] } }), today: breakdown() })
    const days = () => [
      { day: '2008-01-08', breakdown: breakdown({ returned: first }) },
      { day: '2008-01-04', breakdown: breakdown({ returned: { up: [0, 1], down: [0, 0] } }) },
      { day: '2008-01-09', breakdown: breakdown() },
      { day: TODAY, breakdown: breakdown({ returned: first }) },
    ]
    expect(look({ arrivals: [arrival('a', 'approved')], sums, days })).toEqual([
      { kind: 'returned', of: [{ unit: 'a', days: ['2008-01-04', '2008-01-08'], count: 2, counter: 0 }] },
    ])
  })
})
