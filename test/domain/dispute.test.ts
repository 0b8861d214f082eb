import { describe, expect, test } from 'vitest'
import { reportAt } from '../../shared/domain/book.ts'
import type { ReportItem } from '../../shared/domain/report.ts'
import type { Values } from '../../shared/domain/values.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import { after, event, events, given, type Past, ready, refusals, reported } from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'
const whole: Values = { accepted: 10, issued: 8 }
const standing = ready(reported(districtA, 'A1', TODAY, whole))
const version = standing.length
const send = (values: Values, more: Partial<ReportItem> = {}) => ({ items: [item('A1', TODAY, values, more)] })
const report = (past: Past[], day = TODAY) => reportAt(given(past).book, 'A1', day)

describe('when two edits conflict', () => {
  test('D1 an edit by somebody else, based on another version, is a claim beside the report', () => {
    expect(events(standing, otherA, 'SubmitReports', send({ accepted: 11 }, { basedOn: version - 1 }))).toEqual([
      {
        type: 'ReportDisputed',
        data: { unit: 'A1', day: TODAY, values: { accepted: 11, issued: 8 }, basedOn: version - 1 },
      },
    ])
  })

  test('D1 an edit based on the version that stands is a change, whoever makes it', () => {
    expect(events(standing, otherA, 'SubmitReports', send({ accepted: 11 }, { basedOn: version }))[0]!.type).toBe(
      'ReportSubmitted',
    )
  })

  test('D2 nobody disputes what they said themselves', () => {
    expect(events(standing, districtA, 'SubmitReports', send({ accepted: 11 }, { basedOn: 0 }))[0]!.type).toBe(
      'ReportSubmitted',
    )
  })

  test('D1 the values that stand stay, in the report and in the totals', () => {
    const past = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))
    expect(report(past)).toEqual({
      values: whole,
      state: 'disputed',
      version: version + 1,
      by: 'districtA',
      at: expect.any(String),
      claim: { values: { accepted: 11, issued: 8 }, by: 'otherA', at: expect.any(String) },
    })
    expect(given(past).book.totals.get('A1')).toEqual(whole)
  })

  test('D4 after the deadline a claim needs neither type nor reason, but its warnings stop it', () => {
    const closed = ready(reported(districtA, 'A1', PAST, whole))
    const claim = (values: Values) => ({ items: [item('A1', PAST, values)] })
    expect(events(closed, otherA, 'SubmitReports', claim({ issued: 9 }))[0]!.type).toBe('ReportDisputed')
    expect(refusals(closed, otherA, 'SubmitReports', claim({ issued: 11 })).map((r) => r.code)).toEqual([
      'report.exceeds',
    ])
  })
})

describe('while disputed', () => {
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))

  test.each([districtA, otherA, office])('D3 no edit is taken, not even from $id', (by) => {
    expect(refusals(disputed, by, 'SubmitReports', send({ accepted: 12 }, { basedOn: version + 1 }))).toEqual([
      { code: 'report.disputed', at: 'items.0' },
    ])
  })

  test('D3 to say again what stands changes nothing', () => {
    expect(events(disputed, districtA, 'SubmitReports', send(whole))).toEqual([])
  })
})

describe('settling', () => {
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))
  const settle = (more: object = {}) => ({
    unit: 'A1',
    day: TODAY,
    values: { accepted: 11 },
    basedOn: version + 1,
    reason: 'agreed by phone',
    ...more,
  })

  test.each([districtA, otherA, office])('D6 $id may settle; counters left out stay as they stand', (by) => {
    expect(events(disputed, by, 'SettleDispute', settle())).toEqual([
      {
        type: 'DisputeSettled',
        data: { unit: 'A1', day: TODAY, values: { accepted: 11, issued: 8 }, reason: 'agreed by phone' },
      },
    ])
  })

  test('D6 the report is approved again, marked as corrected with the reason, and the claim is gone', () => {
    const past = after(disputed, office, 'SettleDispute', settle())
    expect(report(past)).toEqual({
      values: { accepted: 11, issued: 8 },
      state: 'approved',
      version: version + 2,
      by: 'office',
      at: expect.any(String),
      restated: { type: 'corrected', reason: 'agreed by phone' },
    })
    expect(given(past).book.totals.get('A1')).toEqual({ accepted: 11, issued: 8 })
  })

  test('D6 a settlement is not asked about', () => {
    expect(events(disputed, office, 'SettleDispute', settle({ values: { issued: 500 } }))).toHaveLength(1)
  })

  test('D5 another version than the dispute, or no dispute, is not settled', () => {
    const codes = (past: Past[], data: ReturnType<typeof settle>) =>
      refusals(past, office, 'SettleDispute', data).map((r) => r.code)
    expect(codes(disputed, settle({ basedOn: version }))).toEqual(['report.notDisputed'])
    expect(codes(after(disputed, office, 'SettleDispute', settle()), settle())).toEqual(['report.notDisputed'])
    expect(codes(ready(), settle())).toEqual(['report.notDisputed'])
  })

  test('D5 P3 in a locked period it waits until the period is open again', () => {
    const closed = ready(
      reported(districtA, 'A1', PAST, whole),
      event('ReportDisputed', { unit: 'A1', day: PAST, values: { accepted: 9 }, basedOn: 1 }, otherA),
    )
    const data = settle({ day: PAST, basedOn: closed.length })
    const locked = [...closed, event('PeriodLocked', { through: PAST })]
    expect(refusals(locked, office, 'SettleDispute', data).map((r) => r.code)).toEqual(['report.locked'])
    const open = [...locked, event('PeriodReopened', { through: '2008-01-08', reason: 'to settle' })]
    expect(events(open, office, 'SettleDispute', data)).toHaveLength(1)
  })
})
