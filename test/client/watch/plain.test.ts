// @vitest-environment happy-dom
/** What is not plain is not shown plain: questions, means, units without a part, other years, parts of a sum. */
import { config, enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Programme, Target } from '../../../shared/domain/programme.ts'
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { ClosedRow, Row } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { countTarget } from '../../support/programme.ts'
import { forgetScopes, giveRows } from '../fakeScope.ts'
import { fakeProgramme, fakeSession, openPage } from '../page.ts'
import { lineRow } from '../issues/sample.ts'
import { clock, closed, dayRow, programme, sums } from './sample.ts'
import { second } from '../charts/sample.ts'

const office: Actor = { id: 'zhou', name: 'Zhou', role: 'office', unit: 'C' }
const here = vi.hoisted(() => ({ programme: {}, session: {}, callApi: vi.fn() }))
vi.mock('../../../client/stores/scope.ts', () => import('../fakeScope.ts'))
vi.mock('../../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../../client/sync/api.ts', () => ({ callApi: here.callApi }))
const { default: WatchPage } = await import('../../../client/features/watch/WatchPage.vue')

config.global.stubs = { TransitionGroup: false }
enableAutoUnmount(afterEach)

beforeEach(() => {
  setActivePinia(createPinia())
  forgetScopes()
  document.body.innerHTML = ''
  localStorage.clear()
  here.callApi.mockReset()
  use({})
  giveRows('issues')
})

const use = (overrides: Partial<Programme>) =>
  Object.assign(here, {
    programme: fakeProgramme({ ...programme, ...overrides }),
    session: fakeSession(office, programme.key),
  })
/** with these targets, of an official baseline */
const withTargets = (...targets: Target[]) =>
  use({ baselines: [{ ...programme.baselines[0]!, official: true, targets }] })

const open = async (unit = 'C', query = '?target=count') => {
  const { wrapper } = await openPage(WatchPage, `/u/${unit}${query}`, { unit })
  await flushPromises()
  const text = (selector: string) =>
    wrapper.findAll(selector).map((found) => found.text().replaceAll(/\s+/g, ' ').trim())
  return { wrapper, text }
}
/** city C at a day, with its districts if given */
const at = (today: string, approved: number, more: Partial<CounterBreakdown> = {}, rest: Row[] = []) =>
  giveRows(
    'unit:C',
    clock({ today, closed: today, due: today }),
    sums('C', { approved, ...more }),
    closed('C', approved),
    ...rest,
  )

describe('the headline', () => {
  test('U16 what waits and what is left add up to what is missing, as they are shown', async () => {
    // 47 of 64 working days: the path is at 5,781.25 of 10,000
    for (const [approved, up] of [
      [5_547, 16],
      [5_547, 84],
      [5_550, 15],
      [5_432, 249],
    ] as const) {
      at('2008-02-20', approved, { waiting: { up, down: 0 } })
      const { text } = await open()
      const points = [...text('h1')[0]!.matchAll(/\d+\.\d+/g)].map((m) => Math.round(10 * Number(m[0])))
      expect(points).toHaveLength(3)
      expect(points[1]! + points[2]!, text('h1')[0]).toBe(points[0])
    }
  })

  test('U16 K12 what waits of today is not held against a path that stands at yesterday: approving it makes nothing worse', async () => {
    // the path stands at the 19th; 500 wait, of which 300 came today
    const shown = async (today: number, approved: number) => {
      giveRows(
        'unit:C',
        clock(),
        sums('C', { approved, waiting: { up: 200 + today, down: 0 } }, { waiting: { up: today, down: 0 } }),
        closed('C', 5_300),
      )
      const { text } = await open()
      return text('h1')[0]!
    }
    const before = await shown(300, 5_300)
    expect(before).toMatch(/another 2\.0 points not yet approved|2\.0 of them not yet approved/)
    expect(await shown(0, 5_600), 'the 300 of today are approved').toBe(before)
  })

  test('U16 what is missed is told in permits, and so is what of it waits', async () => {
    at('2008-04-10', 4_413, { waiting: { up: 130, down: 0 } })
    const { text } = await open()
    expect(text('h1')[0]).toContain('not reached when due, 5,587 permits short, 130 of them not yet approved')
    expect(text('h1')[0]).not.toContain('points')
  })

  test('(finding D23) the unit of the large figure stands right behind it, the percent after that', async () => {
    withTargets({ ...countTarget, threshold: 1_000_000 })
    at('2008-02-20', 1_355_000)
    const { text } = await open()
    expect(text('.card .big')[0]).toMatch(/^1\.355\s*M permits approved\s*135\.50%$/)
  })

  test('U17 dates of another year say which', async () => {
    use({ endsOn: '2009-12-31' })
    at('2009-02-10', 4_413)
    const { text } = await open()
    expect(text('.meta')[0]).toContain('Was due 31 Mar 2008')
    expect(text('.card h2')[0]).toContain('31 Mar 2008')
  })
})

describe('planning values', () => {
  const meta = async (overrides: Partial<Programme>) => {
    use(overrides)
    at('2008-02-20', 100)
    return (await open()).text('.meta')[0]!
  }
  const official = [{ ...programme.baselines[0]!, official: true }]
  const bases = programme.bases.map((b) => ({ ...b, official: true }))

  test('B7 are called so where one is: shares, bases, or both', async () => {
    expect(await meta({})).toContain('Shares and bases are planning values')
    expect(await meta({ bases })).toContain('Shares are planning values')
    expect(await meta({ baselines: official })).toContain('Bases are planning values')
    expect(await meta({ bases, baselines: official })).not.toContain('planning')
  })

  test('B7 and not where there is neither, nor of a base that an official one has replaced', async () => {
    const alone = [{ ...programme.baselines[0]!, targets: [{ ...countTarget, shareBy: null }] }]
    expect(await meta({ bases: [], baselines: alone })).not.toContain('planning')
    expect(await meta({ bases: [...programme.bases, ...bases], baselines: official })).not.toContain('planning')
  })
})

describe('a coverage', () => {
  const cover: Target = {
    ...countTarget,
    key: 'cover',
    measure: 'coverage',
    base: 'people',
    shareBy: null,
    threshold: 0.605,
  }

  test('B2 prints its threshold with all of its digits', async () => {
    withTargets(cover)
    at('2008-02-20', 100)
    expect((await open('C', '')).text('.card h2')[0]).toContain('≥ 60.5%')
  })

  test('B7 what its base is leads to the page about the figures', async () => {
    withTargets(cover)
    at('2008-02-20', 100)
    const { wrapper } = await open('C', '')
    const source = wrapper.find('.card a.about')
    expect(source.text()).toContain('planning value, not official · Base: people')
    expect(source.attributes('href')).toBe('/figures')
  })

  test('A17 above its base is a question, on the card, in the headline and in the ranking', async () => {
    withTargets(cover)
    const districts = [
      sums('A', { approved: 12_001 }),
      closed('A', 12_001),
      sums('B', { approved: 10_789 }),
      closed('B', 10_789),
    ]
    at('2008-02-20', 22_790, {}, districts)
    const { wrapper, text } = await open('C', '')
    expect(text('.card')[0]).toContain('113.95')
    expect(text('.card .outcome')[0]).toBe('2,790 permits more than the baseThe base or the figures need checking')
    expect(text('.card .status')[0]).toBe('Above base')
    expect(wrapper.find('.card .green').exists()).toBe(false)
    expect(wrapper.text()).not.toMatch(/Reached|Approved share/)
    expect(text('h1')[0]).toContain('113.95% of the base')
    expect(text('.ranking caption')[0]).toContain('2 hold more than their base')
    expect(text('.ranking caption')[0]).toContain('ahead or with the target reached 0')
    // nor do the rows say how much of it is approved
    expect(text('.ranking .share').slice(1)).toEqual(['—', '—', '—'])
  })
})

describe('a rate', () => {
  const rate: Target = { ...countTarget, key: 'rate', measure: 'rate', threshold: 4, due: '2008-01-31' }
  const weeks = (sum: number, best: number): Partial<ClosedRow> => ({
    week: second({ approved: 0 }),
    rates: [{ baseline: 'T1', target: 'rate', due: second({ approved: sum }), best: { sum: best, on: '2008-01-20' } }],
  })
  const rows = (sum: number, best: number) =>
    giveRows(
      'unit:C',
      clock(),
      sums('C', { approved: 999 }),
      closed('C', 999, weeks(sum, best)),
      ...['A', 'B'].flatMap((unit) => [sums(unit, { approved: 9 }), closed(unit, 9, weeks(7, 28))]),
    )

  test('A9, A16 keeps the week of its due day, its best week beside it, on the card and in the rows', async () => {
    withTargets(rate)
    rows(27, 37)
    const { text } = await open('C', '')
    // 27 in seven days are no 4 a day, however they are rounded
    expect(text('.card .big')[0]).toContain('3.85')
    expect(text('.card .big')[0]).toContain('mean of the 7 days to 31 Jan')
    expect(text('.card .status')[0]).toBe('Missed')
    // what lacks and what there is are the target
    expect(text('h1')[0]).toContain('0.15 permits short')
    expect(text('.card')[0]).toContain('Best week 5.28 a day, to 20 Jan')
    expect(text('.ranking thead')[0]).toContain('Best week')
    expect(text('.ranking tbody .since')).toEqual(['4', '4'])
    rows(28, 37)
    await flushPromises()
    expect((await open('C', '')).text('.card .status')[0]).toBe('Reached')
  })
})

describe('a unit without a part', () => {
  const bases = programme.bases.filter((b) => b.unit !== 'B')

  test('B4 for want of a base has its total and no status, and is counted among none', async () => {
    use({ bases })
    const districts = [
      sums('A', { approved: 900 }),
      closed('A', 900),
      sums('B', { approved: 1_234 }),
      closed('B', 1_234),
    ]
    at('2008-02-20', 2_134, {}, districts)
    const { text } = await open()
    const rows = text('.ranking tbody tr')
    expect(rows.at(-1)).toBe('B1,234 in total; no base, so no part')
    expect(text('.ranking caption')[0]).toContain('Units: 1;')
  })

  test('B4 says so on its own page, which has its totals', async () => {
    use({ bases })
    giveRows('unit:B', clock(), sums('B', { approved: 1_234, missing: 60 }), closed('B', 1_234))
    giveRows('unit:C', clock())
    const { wrapper, text } = await open('B', '')
    expect(text('h1')[0]).toContain('Unit B has no base, so it has no part of count and no pace.')
    expect(text('.totals article h2')).toEqual(['accepted', 'issued'])
    expect(text('.totals article p')[1]).toContain('1,234')
    expect(text('.totals')[0]).toContain('Missing (est.)')
    expect(text('.totals')[0]).not.toContain('confirmed')
    expect(wrapper.find('.card').exists()).toBe(false)
  })

  test('R42 U15 its totals say what was confirmed, and what was counted before the first day', async () => {
    use({ bases, opening: { B1: { issued: 500 } } })
    giveRows('unit:B', clock(), sums('B', { approved: 1_234 }), { ...closed('B', 1_234), confirmed: 3 })
    giveRows('unit:C', clock())
    const { text } = await open('B', '')
    expect(text('.totals article').map((a) => a.includes('With 500 permits from before'))).toEqual([false, true])
    expect(text('.totals .all')).toEqual(['3 confirmed despite a warning'])
  })

  test('B4 of a target that is not shared out the units below have their totals', async () => {
    withTargets({ ...countTarget, shareBy: null })
    const districts = [
      sums('A', { approved: 900 }),
      closed('A', 900),
      sums('B', { approved: 1_234 }),
      closed('B', 1_234),
    ]
    at('2008-02-20', 2_134, {}, districts)
    const { text } = await open()
    expect(text('.ranking tbody tr')).toEqual([
      'A900 in total; no part of this target',
      'B1,234 in total; no part of this target',
    ])
    expect(text('.strip')[0]).not.toContain('lowest')
    expect(text('.strip .sum')).toEqual([
      '900 in total; no part of this target',
      '1,234 in total; no part of this target',
    ])
  })
})

describe('after the due day', () => {
  test('A5 those far below are counted as far behind', async () => {
    const districts = [
      sums('A', { approved: 100 }),
      closed('A', 100),
      sums('B', { approved: 3_999 }),
      closed('B', 3_999),
    ]
    at('2008-04-10', 4_099, {}, districts)
    const { text } = await open()
    expect(text('.ranking caption')[0]).toContain('behind 2, of these far behind 1')
  })
})

test('Q8 (finding U7) all questions of a unit keep the unit', async () => {
  giveRows('issues', ...[1, 2, 3, 4, 5].map((n) => lineRow(n, { unit: 'A1', counters: ['issued'] })))
  giveRows('unit:A', clock(), sums('A', { approved: 9 }), closed('A', 9))
  giveRows('unit:C', clock())
  const { wrapper, text } = await open('A')
  expect(text('section.issues li')).toHaveLength(4)
  expect(wrapper.find('section.issues a.quiet').attributes('href')).toBe('/issues?unit=A')
})

describe('changes and days', () => {
  const change = (seq: number, changes: readonly (readonly [number, number, number])[], more: object = {}): Row =>
    ({
      ...{
        kind: 'change',
        key: rowKey.change(seq),
        seq,
        at: 1_203_500_000_000 + seq,
        type: 'ReportRestated',
        unit: 'A1',
      },
      ...{ day: '2008-02-19', restated: 'reduced' },
      changes: changes.map(([counter, before, after]) => ({ counter, before, after })),
      ...more,
    }) as Row

  test('U14 a change is called by what the counter shown did; what was confirmed is marked', async () => {
    at('2008-02-20', 100, {}, [
      change(1, [
        [0, 20, 10],
        [1, 9, 13],
      ]),
      change(2, [[1, 13, 9]], { confirmed: [1] }),
      change(
        3,
        [
          [0, 24, 20],
          [1, 9, 13],
        ],
        { restated: 'reattributed' },
      ),
    ])
    const { text, wrapper } = await open()
    expect(text('.changes .word')).toEqual(['re-attributed', 'reduced', 'corrected'])
    expect(wrapper.findAll('.changes .confirmed')).toHaveLength(1)
  })

  test('U11 a day whose figures are all approved has them under no worse name, and no estimate in them', async () => {
    const days = [
      { ...dayRow('2008-02-18', { approved: 779 }), confirmed: 1 },
      dayRow('2008-02-19', { approved: 18_132, missing: 3_147 }),
    ]
    giveRows('unit:A1', clock(), sums('A1', { approved: 779 }), closed('A1', 779), ...days)
    giveRows('unit:A', clock())
    const { wrapper } = await open('A1')
    const row = (day: string) => wrapper.findAll('.days tbody tr').find((r) => r.text().includes(day))!
    expect(row('18 Feb').text()).toContain('779')
    expect(row('18 Feb').text()).not.toContain('Missing')
    expect(row('18 Feb').findAll('.confirmed')).toHaveLength(1)
    expect(row('19 Feb').text()).toContain('18,132')
    expect(row('19 Feb').text()).not.toContain('21,279')
    expect(row('19 Feb').findAll('.confirmed')).toHaveLength(0)
  })
})
