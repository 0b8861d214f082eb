// @vitest-environment happy-dom
import { config, flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { indexUnits } from '../../../shared/domain/units.ts'
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { Row } from '../../../shared/view/rows.ts'
import { encodeRow, rowKey } from '../../../shared/view/wire.ts'
import { forgetScopes, giveRows } from '../fakeScope.ts'
import { tableRows } from '../../../client/ui/tableCopy.ts'
import { fakeProgramme, fakeSession, openPage } from '../page.ts'
import { below, clock, closed, dayRow, programme, span, sums, urgent } from './sample.ts'

const office: Actor = { id: 'zhou', name: 'Zhou', role: 'office', unit: 'C' }
const here = vi.hoisted(() => ({ programme: {}, session: {}, callApi: vi.fn() }))
vi.mock('../../../client/stores/scope.ts', () => import('../fakeScope.ts'))
vi.mock('../../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../../client/sync/api.ts', () => ({ callApi: here.callApi }))
const { default: WatchPage } = await import('../../../client/features/watch/WatchPage.vue')

const units = indexUnits(programme)
const city = (...more: Row[]) => giveRows('unit:C', ...everybody(), ...more)
/** A has 4,400 of 6,000, of which 800 came today; B has 2,000 of 4,000 and nothing of today */
const everybody = (): Row[] => [
  clock(),
  sums('C', { approved: 6_400, missing: 12 }, { approved: 800 }),
  closed('C', 5_600),
  sums('A', { approved: 4_400 }, { approved: 800 }),
  closed('A', 3_600, { confirmed: 2 }),
  sums('B', { approved: 2_800 }),
  closed('B', 2_800),
]

// lists that move are drawn as they are
config.global.stubs = { TransitionGroup: false }

beforeEach(() => {
  setActivePinia(createPinia())
  forgetScopes()
  document.body.innerHTML = ''
  localStorage.clear()
  here.callApi.mockReset()
  Object.assign(here, { programme: fakeProgramme(programme), session: fakeSession(office, programme.key) })
  giveRows('issues')
})

const open = async (unit = 'C', query = '?target=count') => {
  const { wrapper } = await openPage(WatchPage, `/u/${unit}${query}`, { unit })
  const text = (selector: string) =>
    wrapper.findAll(selector).map((found) => found.text().replaceAll(/\s+/g, ' ').trim())
  return { wrapper, text }
}

describe('the ranking', () => {
  test('A10 is by what was counted; what came since stands beside', async () => {
    city()
    const { text } = await open()
    const rows = text('.ranking tbody tr')
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('70.00%')
    expect(rows[1]).toContain('60.00%')
    expect(text('.ranking tbody .since')).toEqual(['', '+13.33'])
    expect(text('.ranking tbody .rank')).toEqual(['1', '2'])
    expect(text('.ranking tbody th')).toEqual(['B', 'A22 confirmed despite a warning'])
    expect(text('.ranking header small')[0]).toContain('19 Feb')
  })

  test('U7 says the parts of each total, and a table that is taken along has a column for each of which there is something', async () => {
    const waits = { waiting: { up: 40, down: 5 }, returned: { up: 0, down: 7 } }
    city(sums('A', { approved: 4_400, ...waits }, { approved: 800 }))
    const { wrapper } = await open()
    const cell = wrapper.get('.ranking tbody tr:nth-child(2) .range')
    const words = 'Approved 3,600 · Awaiting review +40 · Awaiting review −5 · Returned −7'
    expect([cell.attributes('title'), cell.text()]).toEqual([words, words])
    const [headings, ...rows] = tableRows(wrapper.get('.ranking table').element as HTMLTableElement)
    const at = headings!.indexOf('Approved')
    expect(headings!.slice(at, at + 5)).toEqual([
      ...['Approved', 'Awaiting review +', 'Awaiting review −', 'Returned −', 'Missing (est.)'],
    ])
    expect(rows.map((row) => row.slice(at, at + 5).join())).toEqual(['2800,,,,', '3600,40,-5,-7,', '5600,,,,12'])
  })

  test('figures that were confirmed against a warning are counted at the unit', async () => {
    city()
    const { wrapper } = await open()
    const marks = wrapper.findAll('.ranking .confirmed')
    expect(marks.map((m) => m.attributes('title'))).toEqual(['2 confirmed despite a warning'])
  })

  test('A11 a unit that has ended has neither rank nor status, and its end is said', async () => {
    giveRows(
      'unit:A',
      clock(),
      sums('A', { approved: 900 }),
      closed('A', 900),
      ...['A1', 'A2', 'A3'].flatMap((u, i) => [
        sums(u, { approved: 100 + 300 * i }, {}, u === 'A2' ? 'ended' : 'approved'),
        closed(u, 100 + 300 * i),
      ]),
    )
    const { wrapper } = await open('A')
    const last = wrapper.findAll('.ranking tbody tr').at(-1)!
    expect(last.find('.rank').text()).toBe('')
    expect(last.text()).toContain('A2')
    expect(last.text()).toContain('ended 15 Feb, went into A1')
    expect(last.find('.status').text()).toBe('Ended')
  })
})

describe('the headline', () => {
  test('A12 says which report took a reached day back', async () => {
    const takenBack = { seq: 9, unit: 'A1', day: '2008-02-04', type: 'ReportWithdrawn', was: '2008-02-14' } as const
    giveRows(
      'unit:C',
      clock(),
      sums('C', { approved: 9_990 }),
      closed('C', 9_990, { reached: [{ baseline: 'T1', target: 'count', on: null, takenBack }] }),
    )
    const { text } = await open()
    expect(text('h1')[0]).toContain('No longer reached, as it was on 14 Feb: the report of A1 for 4 Feb was withdrawn.')
  })

  test('says of an ended unit when it ended and what it went into', async () => {
    giveRows('unit:A2', clock(), sums('A2', { approved: 500 }, {}, 'ended'), closed('A2', 500))
    giveRows('unit:A', clock())
    const { text } = await open('A2')
    expect(text('h1')[0]).toContain('Unit A2 ended on 15 February 2008 and went into A1')
    expect(text('.card .outcome b')[0]).toContain('Ended 15 February 2008')
  })

  test('U11 what is missing is not among what is not approved yet', async () => {
    city(sums('C', { approved: 6_400, waiting: { up: 100, down: 0 }, missing: 900 }, { approved: 800 }))
    const { text } = await open()
    expect(text('h1')[0]).toContain('1.0 points')
    expect(text('h1')[0]).not.toContain('10.0')
  })
})

describe('the headline says one thing', () => {
  const headline = async (city: Partial<CounterBreakdown>) => {
    giveRows('unit:C', clock(), sums('C', city, { approved: 800 }), closed('C', 5_000))
    const { text } = await open()
    return text('h1')[0]!
  }

  test('U7 U21 ups and downs are both named, and what it would be with everything approved through the day of the comparison is their sum', async () => {
    const words = await headline({ approved: 6_400, waiting: { up: 30, down: 50 } })
    const [, behind] = /(\d+\.\d) points behind the path/.exec(words)!
    expect(words).toContain('with another +0.3 and −0.5 points not yet approved')
    expect(words).toContain(`still ${(Number(behind) + 0.2).toFixed(1)} points behind`)
    expect(await headline({ approved: 6_400, waiting: { up: 0, down: 50 } })).toContain('with another −0.5 points')
  })

  test('A4 who is ahead until what waits is taken away hears so', async () => {
    giveRows('unit:C', clock(), sums('C', { approved: 6_000, returned: { up: 0, down: 5_000 } }), closed('C', 6_000))
    const { text } = await open()
    expect(text('h1')[0]).toMatch(
      /points ahead of the path, .*With everything through .+ approved, [\d.]+ points behind\./,
    )
  })

  test('U21 the card says that its approved share holds today, which the ranking does not', async () => {
    city()
    const { text } = await open()
    expect(text('.card.large')[0]).toContain('Approved share, with today')
  })

  test('T2 today is one of the working days, and counted once', async () => {
    city()
    const { text } = await open()
    expect(text('.meta')[0]).toContain('Working day 37 of 65')
    expect(text('.card.large .kv').find((kv) => kv.startsWith('Days left'))).toBe('Days left 29with today')
  })
})

describe('a target of a unit below', () => {
  test('every panel says whose figures it shows', async () => {
    giveRows('unit:A', clock(), sums('A', { approved: 4_400 }), closed('A', 3_600))
    city()
    const { text } = await open('C', '?target=cover')
    const named = (captions: string[]) => captions.map((caption) => /^([AC]): /.exec(caption)?.[1])
    expect(named(text('.panel header small'))).toEqual(['A', 'A', 'C', 'C', 'C'])
    const all = await open('C', '?target=count')
    expect(named(all.text('.panel header small')).filter((code) => code !== undefined)).toEqual([])
  })
})

describe('the main card', () => {
  test('leads to the page of its unit only from another page', async () => {
    giveRows('unit:A', clock(), sums('A', { approved: 4_400 }), closed('A', 3_600))
    city()
    const { wrapper } = await open()
    const linked = wrapper.findAll('.card').map((c) => c.find('a .status').exists())
    expect(linked, 'the city’s target and the district’s').toEqual([false, true])
  })

  test('the recent rate says how many days it is of', async () => {
    giveRows(
      'unit:A1',
      clock({ today: '2008-01-08', closed: '2008-01-07', due: '2008-01-07' }),
      sums('A1', { approved: 80 }),
      closed('A1', 80),
      dayRow('2008-01-07', { approved: 80 }),
    )
    giveRows('unit:A', clock())
    const { text } = await open('A1')
    expect(text('.card.large')[0]).toContain('last 4 days: 20')
  })

  test('U7 shows ups and downs apart, never netted', async () => {
    city(sums('C', { approved: 6_400, waiting: { up: 300, down: 120 } }, { approved: 800 }))
    const { text } = await open()
    const legend = text('.legend li')
    expect(legend).toContain('Awaiting review +300')
    expect(legend).toContain('Awaiting review −120')
  })
})

describe('the changes', () => {
  test('lead to their reports, and those of another day say so', async () => {
    const change = (slot: number, seq: number, at: string, day: string): Row => ({
      ...{ kind: 'change', key: rowKey.change(slot), seq, at: Date.parse(at), type: 'ReportSubmitted' },
      ...{ unit: 'A1', day, changes: [{ counter: 1, before: null, after: 5 }] },
    })
    giveRows(
      'unit:A1',
      ...[clock(), sums('A1', { approved: 160 }), closed('A1', 160)],
      change(0, 7, '2008-02-19T15:00:30+08:00', '2008-02-18'),
      change(1, 8, '2008-02-20T09:30:05+08:00', '2008-02-20'),
    )
    giveRows('unit:A', clock())
    const { wrapper, text } = await open('A1')
    expect(text('.changes time')).toEqual(['09:30:05', '19 Feb 15:00'])
    const links = wrapper.findAll('.changes li a').map((a) => a.attributes('href'))
    expect(links).toEqual(['/sheet/A/2008-02-20?at=A1/issued', '/sheet/A/2008-02-18?at=A1/issued'])
    // 2/18 could be read as the 2nd of a month by whoever writes the day first
    expect(text('.changes li .ink3')).toContain('18 Feb')
  })
})

describe('a unit that has ended', () => {
  const ended = async () => {
    giveRows('unit:A2', clock(), sums('A2', { approved: 500 }, {}, 'ended'), closed('A2', 500))
    giveRows('unit:A', clock())
    return open('A2')
  }

  test('A11 C10 nothing is due of it, and nothing more required', async () => {
    const { wrapper, text } = await ended()
    expect(text('.today header')[0]).toContain('none due since the end on 15 Feb')
    const page = wrapper.text()
    expect(page).toContain('500 permits approved; the unit ended on 15 Feb')
    expect(page).not.toMatch(/needed per working day/i)
  })
})

describe('days', () => {
  const street = (...rows: Row[]) => {
    giveRows('unit:A1', clock(), sums('A1', { approved: 160 }, {}, 'open'), closed('A1', 160), ...rows)
    giveRows('unit:A', clock())
  }

  test('U11 an estimate stands beside the sign of its part, never in a figure', async () => {
    street(dayRow('2008-02-19', { approved: 60, missing: 31 }))
    const { wrapper } = await open('A1')
    const row = wrapper.findAll('.days tbody tr').find((r) => r.text().includes('19 Feb'))!
    expect(row.findAll('td').map((c) => c.text())).toContain('60')
    expect(row.find('.part').text()).toBe('est. 31')
    expect(row.text()).not.toContain('91')
  })

  test('U10 a blank counter is a dash, a zero that was given is a zero, and today is nothing before it is reported', async () => {
    street({ ...dayRow('2008-02-18', { approved: 60 }), blank: [0] }, dayRow('2008-02-19', {}))
    const { wrapper } = await open('A1')
    const cells = (day: string) =>
      wrapper
        .findAll('.days tbody tr')
        .find((r) => r.find('th').text() === day)!
        .findAll('td')
        .map((c) => c.text())
    expect(cells('18 Feb')).toEqual(['Approved', '—', '60'])
    expect(cells('19 Feb')).toEqual(['Approved', expect.stringMatching(/^\d/), '0'])
    expect(cells('20 Feb').slice(1)).toEqual(['—', '—'])
  })

  const rowOf = (wrapper: Awaited<ReturnType<typeof open>>['wrapper'], day: string) =>
    wrapper.findAll('.days tbody tr').find((r) => r.find('th').text() === day)!

  test('C12 a working day that is due and of which nobody has given anything is missing, also without an estimate', async () => {
    street(dayRow('2008-02-18', { approved: 60 }))
    const { wrapper } = await open('A1')
    expect(
      rowOf(wrapper, '19 Feb')
        .findAll('td')
        .map((c) => c.text()),
    ).toEqual(['Missing', '—', '—'])
    expect(rowOf(wrapper, '20 Feb').find('td').text(), 'today is not due').not.toBe('Missing')
    expect(rowOf(wrapper, '17 Feboff').find('td').text(), 'a Sunday').toBe('')
  })

  test('U7 a figure that is not all approved has the sign of its part; one that would be taken away still counts', async () => {
    street(
      dayRow('2008-02-18', { approved: 100, returned: { up: 0, down: 100 } }),
      dayRow('2008-02-19', { approved: 54_250, disputed: { up: 2_478, down: 0 } }),
    )
    const { wrapper } = await open('A1')
    const last = (day: string) => rowOf(wrapper, day).findAll('td').at(-1)!
    expect(last('18 Feb').text()).toMatch(/^100 /)
    expect(last('18 Feb').attributes('title')).toBe('Approved 100 · Returned −100')
    expect(last('19 Feb').text()).toMatch(/^56,728 /)
    expect(last('19 Feb').attributes('title')).toBe('Approved 54,250 · Disputed +2,478')
    expect(rowOf(wrapper, '19 Feb').findAll('td').at(-2)!.find('svg').exists(), 'the other counter is approved').toBe(
      false,
    )
  })

  test('older months are fetched by their address, once, and the line begins with them', async () => {
    const january = [dayRow('2008-01-02', { approved: 100 })]
    here.callApi.mockResolvedValue({ ok: true, value: { days: january.map((row) => encodeRow(row, units)) } })
    street(span('2008-01', 7), dayRow('2008-02-18', { approved: 60 }))
    const { wrapper } = await open('A1')
    await flushPromises()
    expect(here.callApi.mock.calls).toEqual([
      ['spans', { scope: 'unit:A1', month: '2008-01', address: '1-7-0123abcd' }],
    ])
    await wrapper.findAll('.cumulative .switch button').at(-1)!.trigger('click')
    await flushPromises()
    const rows = wrapper.findAll('.cumulative tbody tr').map((r) => r.findAll('td').map((c) => c.text()))
    expect(rows.find((r) => r[0] === '2 Jan')?.slice(0, 2)).toEqual(['2 Jan', '100'])
    expect(rows.find((r) => r[0] === '1 Jan')?.[2]).toBe('0')
    expect(rows[0]?.[2]).toBe('160')
  })
})

describe('today', () => {
  test('U12 a partial report is a square with a slot open for each blank counter, and a blank is no zero', async () => {
    const partial = { ...sums('A1', { approved: 160 }, {}, 'partial'), blank: [1] }
    giveRows('unit:A1', clock(), partial, closed('A1', 160))
    giveRows('unit:A', clock())
    const { wrapper } = await open('A1')
    const cell = wrapper.find('.today .cells a')
    expect(cell.find('.num').text()).toBe('')
    expect(cell.findAll('svg rect')).toHaveLength(1)
    expect(cell.findAll('svg path')).toHaveLength(1)
    expect(cell.find('svg path').attributes('d')).toMatch(/^M6 /)
  })
})

test('U12 a returned report that lacks a counter is both, and its unit is not all in', async () => {
  const row = {
    ...sums('A1', { approved: 160 }, { approved: 5, returned: { up: 0, down: 5 } }, 'returned'),
    blank: [0],
  }
  city(row, ...['A2', 'A3'].map((u) => sums(u, {}, {}, 'approved')))
  const { wrapper, text } = await open()
  expect(text('.today .groups li')[0]).toContain('1 partial')
  expect(text('.today .groups li')[0]).not.toContain('all in')
  const link = wrapper.find('.today .square a[aria-label^="A1"]')
  expect(link.attributes('aria-label')).toBe('A1: Returned, Partial')
  const square = wrapper.findAll('.today .square').find((s) => s.find('a[aria-label^="A1"]').exists())!
  expect(square.findAll('path').length, 'a slot is open').toBe(1)
})

describe('where units below are too many to have a row each', () => {
  test('sums stand for them, and the most urgent are named', async () => {
    city(below('A', { unit: 'A', in: 300, partial: 5, missing: 40, behind: 9 }), urgent({ unit: 'A3', owedCount: 12 }))
    const { text } = await open()
    const group = text('.today .groups li')[0]
    expect(group).toContain('300 in')
    expect(group).toContain('5 partial')
    expect(group).toContain('40 due')
    expect(text('.strip .sum')).toEqual(['3 in all, 9 behind'])
    expect(text('.attention')[0]).toContain('A3 12')
  })

  test.each([
    [['2008-02-14', '2008-02-15'], 'A1 14, 15 Feb'],
    [['2008-01-31', '2008-02-01'], 'A1 31 Jan, 1 Feb'],
    [['2007-12-31', '2008-02-01'], 'A1 31 Dec 2007, 1 Feb'],
  ])('the days that are missing are told from months: %j', async (owed, says) => {
    giveRows('unit:A', clock(), sums('A1', {}), closed('A1', 0, { owed, owedCount: 2 }))
    const { text } = await open('A')
    expect(text('.attention')[0]).toContain(says)
  })
})
