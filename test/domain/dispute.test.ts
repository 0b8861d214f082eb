import { describe, expect, test } from 'vitest'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import {
  after,
  ask,
  AT_MS,
  event,
  events,
  figureOf,
  given,
  type Past,
  ready,
  refusals,
  reported,
  reviewed,
} from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'
const VALUES: Values = { accepted: 10, issued: 8 }
const standing = ready(reported(districtA, 'A1', TODAY, VALUES))
const version = standing.length
const send = (values: Values, more: Partial<ReportItem> = {}) => ({ items: [item('A1', TODAY, values, more)] })
const figure = (past: Past[], counter = 'accepted', day = TODAY) => figureOf(past, 'A1', day, counter)
const types = (past: Past[], by: typeof office, values: Values, more: Partial<ReportItem> = {}) =>
  events(past, by, 'SubmitReports', send(values, more)).map((e) => e.type)
const stale = (past: Past[], by: typeof office, values: Values, more: Partial<ReportItem> = {}) =>
  refusals(past, by, 'SubmitReports', send(values, more))

describe('what an edit was made upon', () => {
  test('D7 a version for all counters means that everything up to it was seen', () => {
    const two = [...standing, reported(otherA, 'A1', TODAY, { issued: 9 })]
    expect(types(two, otherA, { accepted: 11, issued: 10 }, { basedOn: version + 1 })).toEqual(['ReportSubmitted'])
    expect(types(two, districtA, { accepted: 11, issued: 10 }, { basedOn: version })).toEqual([
      'ReportSubmitted',
      'ReportDisputed',
    ])
  })

  test('D7 or each counter names its own; one that names none has seen nothing', () => {
    const two = [...standing, reported(otherA, 'A1', TODAY, { issued: 9 })]
    const values = { accepted: 11, issued: 10 }
    const based = (basedOn: ReportItem['basedOn']) => types(two, districtA, values, { basedOn })
    expect(based({ accepted: version, issued: version + 1 })).toEqual(['ReportSubmitted'])
    expect(based({ accepted: version, issued: version })).toEqual(['ReportSubmitted', 'ReportDisputed'])
    expect(based({ accepted: version })).toEqual(['ReportSubmitted', 'ReportDisputed'])
  })

  test('D7 an own earlier command stands for the version that it gave, so that waiting edits follow one another', () => {
    const world = given(standing)
    const second = send({ accepted: 12 }, { basedOn: 'first-command' })
    const of = (id: string, unit: string, day: string, counter: string) =>
      id === 'first-command' && unit === 'A1' && day === TODAY && counter === 'accepted' ? version : undefined
    const decided = ask(world, districtA, 'SubmitReports', second, of)
    expect(decided).toMatchObject({
      ok: true,
      value: [{ type: 'ReportSubmitted', data: { values: { accepted: 12 } } }],
    })
    expect(stale(standing, districtA, { accepted: 12, issued: 9 }, { basedOn: 'first-command' })).toEqual([
      { code: 'report.basisUnknown', at: 'items.0.basedOn' },
    ])
  })
})

describe('when two edits conflict', () => {
  test('D8 an edit of a figure that somebody else wrote since is a claim beside it', () => {
    expect(events(standing, otherA, 'SubmitReports', send({ accepted: 11 }, { basedOn: version - 1 }))).toEqual([
      {
        type: 'ReportDisputed',
        data: { unit: 'A1', day: TODAY, values: { accepted: 11 }, basis: { accepted: version - 1 } },
      },
    ])
  })

  test('D8 an edit based on the version that stands is a change, whoever makes it', () => {
    expect(types(standing, otherA, { accepted: 11 }, { basedOn: version })).toEqual(['ReportSubmitted'])
  })

  test('D8 a blank counter of a report that somebody else has begun is free', () => {
    const half = ready(reported(districtA, 'A1', TODAY, { accepted: 40 }))
    const past = after(half, otherA, 'SubmitReports', send({ issued: 25 }))
    expect(figure(past)).toMatchObject({ value: 40, approved: 40, by: 'districtA', state: 'approved' })
    expect(figure(past, 'issued')).toMatchObject({ value: 25, approved: 25, by: 'otherA', state: 'approved' })
  })

  test('D8 the own newer figure from elsewhere is not overwritten unseen', () => {
    expect(stale(standing, districtA, { accepted: 11 })).toEqual([
      {
        code: 'report.stale',
        params: { counter: 'accepted', standing: 10, sent: 11 },
        at: 'items.0.values.accepted',
      },
    ])
    expect(types(standing, districtA, { accepted: 11 }, { basedOn: version })).toEqual(['ReportSubmitted'])
    expect(types(standing, districtA, { accepted: 10 }, { basedOn: 0 })).toEqual([])
  })

  test('D8 what somebody else wrote in between is not lost because the last author is oneself', () => {
    // A writes, B corrects, A edits B's version, A's other device sends an old draft
    const past = [
      ...standing,
      reported(otherA, 'A1', TODAY, { accepted: 20 }),
      reported(districtA, 'A1', TODAY, { accepted: 21 }),
    ]
    expect(figure(past)).toMatchObject({ by: 'districtA', version: version + 2, foreign: version + 1 })
    expect(types(past, districtA, { accepted: 12 }, { basedOn: version })).toEqual(['ReportDisputed'])
    expect(stale(past, districtA, { accepted: 12 }, { basedOn: version + 1 })[0]!.code).toBe('report.stale')
    expect(types(past, districtA, { accepted: 12 }, { basedOn: version + 2 })).toEqual(['ReportSubmitted'])
  })

  test('D8 what was withdrawn meanwhile does not come back unseen', () => {
    const past = [
      ...standing,
      event('ReportWithdrawn', { unit: 'A1', day: TODAY, counters: ['accepted'], reason: 'of A2' }, office),
    ]
    for (const by of [districtA, otherA])
      expect(stale(past, by, { accepted: 11 }, { basedOn: version })).toEqual([
        {
          code: 'report.stale',
          params: { counter: 'accepted', standing: 'blank', sent: 11 },
          at: 'items.0.values.accepted',
        },
      ])
    expect(types(past, districtA, { accepted: 11 }, { basedOn: version + 1 })).toEqual(['ReportSubmitted'])
  })

  test('D8 the value that stands stays, in the figure and in the totals', () => {
    const past = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))
    expect(figure(past)).toEqual({
      value: 10,
      approved: null,
      state: 'disputed',
      version,
      foreign: 0,
      by: 'districtA',
      at: AT_MS,
      level: 0,
      claim: { value: 11, by: 'otherA', at: AT_MS, version: version + 1 },
    })
    expect(figure(past, 'issued').state).toBe('approved')
    expect(given(past).cells.total('A1', 0)).toBe(10)
  })

  test('D13 what a reviewer has approved goes on counting while it is disputed', () => {
    const past = reviewed(1, reported(districtA, 'A1', TODAY, VALUES))
    const seq = past.length
    const accepted = event('ReportApproved', { unit: 'A1', day: TODAY, versions: { accepted: seq }, level: 1 }, office)
    const claimed = after([...past, accepted], otherA, 'SubmitReports', send({ accepted: 11, issued: 9 }))
    expect(figure(claimed)).toMatchObject({ value: 10, approved: 10, state: 'disputed' })
    expect(figure(claimed, 'issued')).toMatchObject({ value: 8, approved: null, state: 'disputed' })
  })

  test('D10 on a day that is due a claim needs neither type nor reason, but its warnings stop it', () => {
    const closed = ready(reported(districtA, 'A1', PAST, VALUES))
    const claim = (values: Values) => ({ items: [item('A1', PAST, values)] })
    expect(events(closed, otherA, 'SubmitReports', claim({ issued: 9 }))[0]!.type).toBe('ReportDisputed')
    expect(refusals(closed, otherA, 'SubmitReports', claim({ issued: 11 })).map((r) => r.code)).toEqual([
      'report.exceeds',
    ])
  })
})

describe('while disputed', () => {
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))

  test.each([districtA, office])('D14 no edit is taken but the claimant’s, not from $id', (by) => {
    expect(stale(disputed, by, { accepted: 12 }, { basedOn: version + 1 })).toEqual([
      { code: 'report.disputed', params: { counter: 'accepted' }, at: 'items.0.values.accepted' },
    ])
  })

  test('D14 to say again what stands changes nothing; other counters are free', () => {
    expect(types(disputed, districtA, VALUES)).toEqual([])
    expect(types(disputed, districtA, { issued: 9 }, { basedOn: version + 1 })).toEqual(['ReportSubmitted'])
  })

  test('D14 the claim is taken back by whoever made it alone, and the figure stands as before', () => {
    const back = {
      items: [{ unit: 'A1', day: TODAY, counters: ['accepted'], basedOn: version + 1 }],
      reason: 'mistaken',
    }
    const past = after(disputed, otherA, 'WithdrawReports', back)
    expect(past.at(-1)).toMatchObject({ type: 'ReportWithdrawn', data: { counters: ['accepted'] } })
    expect(figure(past)).toEqual(figure(standing))
    for (const by of [districtA, office])
      expect(refusals(disputed, by, 'WithdrawReports', back)).toEqual([
        { code: 'report.disputed', params: { counter: 'accepted' }, at: 'items.0.counters.accepted' },
      ])
  })

  test('R39 D14 a claim that came after the basis, from another device, is not taken back unseen', () => {
    // the first device has seen the value that stands, the second one has claimed 12 meanwhile
    const back = (more: object) => ({
      items: [{ unit: 'A1', day: TODAY, basedOn: version, ...more }],
      reason: 'mistaken',
    })
    const claimed = after(disputed, otherA, 'SubmitReports', send({ accepted: 12 }, { basedOn: version + 1 }))
    for (const basedOn of [version, version + 1, { accepted: version + 1 }])
      expect(refusals(claimed, otherA, 'WithdrawReports', back({ basedOn, counters: ['accepted'] }))).toEqual([
        { code: 'report.stale', params: { counter: 'accepted', standing: 12 }, at: 'items.0.counters.accepted' },
      ])
    expect(refusals(claimed, otherA, 'WithdrawReports', back({}))).toEqual([
      { code: 'report.stale', params: { counter: 'accepted', standing: 12 }, at: 'items.0' },
    ])
    expect(events(claimed, otherA, 'WithdrawReports', back({ basedOn: version + 2 }))).toHaveLength(1)
  })
})

describe('settling', () => {
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11, issued: 9 }))
  const settle = (more: object = {}) => ({
    unit: 'A1',
    day: TODAY,
    values: { accepted: 11 },
    basedOn: version + 1,
    reason: 'agreed by phone',
    ...more,
  })

  test.each([districtA, otherA, office])('D11 $id may settle', (by) => {
    expect(events(disputed, by, 'SettleDispute', settle())).toEqual([
      {
        type: 'DisputeSettled',
        data: { unit: 'A1', day: TODAY, values: { accepted: 11 }, reason: 'agreed by phone' },
      },
    ])
  })

  test('D12 the figure is a correction with the reason, the claim is gone, what is left out stays disputed', () => {
    const past = after(disputed, office, 'SettleDispute', settle())
    expect(figure(past)).toEqual({
      value: 11,
      approved: 11,
      state: 'approved',
      version: version + 2,
      foreign: version + 1,
      by: 'office',
      at: AT_MS,
      level: 0,
      restated: { type: 'corrected', reason: 'agreed by phone', settled: true },
    })
    expect(figure(past, 'issued').state).toBe('disputed')
    expect(given(past).cells.total('A1', 0)).toBe(11)
  })

  test('D12 also when the value that stood is confirmed', () => {
    const past = after(disputed, office, 'SettleDispute', settle({ values: VALUES }))
    expect(figure(past)).toMatchObject({ value: 10, state: 'approved', by: 'office' })
    expect(types(past, otherA, { accepted: 11 }, { basedOn: version + 1 })).toEqual(['ReportDisputed'])
  })

  test('R33 a settlement is asked about', () => {
    const much = settle({ values: { issued: 500 } })
    expect(refusals(disputed, office, 'SettleDispute', much).map((r) => `${r.at} ${r.code}`)).toEqual([
      'values.issued report.exceeds',
    ])
    expect(events(disputed, office, 'SettleDispute', { ...much, confirmed: ['report.exceeds'] })).toMatchObject([
      { data: { values: { issued: 500 }, confirmed: { issued: ['report.exceeds'] } } },
    ])
  })

  test('D11 who has not seen both values, or settles what is not disputed, is told so', () => {
    const codes = (past: Past[], data: ReturnType<typeof settle>) =>
      refusals(past, office, 'SettleDispute', data).map((r) => `${r.at} ${r.code}`)
    expect(codes(disputed, settle({ basedOn: version }))).toEqual(['values.accepted report.notDisputed'])
    expect(codes(disputed, settle({ basedOn: { accepted: version + 1 } }))).toEqual([])
    const two = { values: VALUES, basedOn: version + 2 }
    expect(codes(disputed, settle(two))).toEqual(['basedOn report.basisUnknown'])
    expect(codes(disputed, settle({ values: VALUES, basedOn: { accepted: version + 1 } }))).toEqual([
      'values.issued report.notDisputed',
    ])
    expect(codes(after(disputed, office, 'SettleDispute', settle()), settle())).toEqual([
      'values.accepted report.notDisputed',
    ])
    expect(codes(ready(), settle({ basedOn: 0 }))).toEqual(['values.accepted report.notDisputed'])
  })

  test('D11 P3 in a locked period it waits until the period is open again', () => {
    const closed = ready(
      reported(districtA, 'A1', PAST, VALUES),
      event('ReportDisputed', { unit: 'A1', day: PAST, values: { accepted: 9 }, basis: { accepted: 1 } }, otherA),
    )
    const data = settle({ day: PAST, basedOn: closed.length })
    const locked = [...closed, event('PeriodLocked', { through: PAST })]
    expect(refusals(locked, office, 'SettleDispute', data).map((r) => r.code)).toEqual(['report.locked'])
    const open = [...locked, event('PeriodReopened', { through: '2008-01-08', reason: 'to settle' })]
    expect(events(open, office, 'SettleDispute', data)).toHaveLength(1)
  })
})
