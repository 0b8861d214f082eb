/** A figure, or a whole report, can be taken back to none. */
import { describe, expect, test } from 'vitest'
import { districtA } from '../support/people.ts'
import { after, ask, events, figureOf, given as worldOf, refusals } from '../domain/given.ts'
import { anna, living, rowOn } from './town.ts'

const TODAY = '2026-11-20'
const DAY = '2026-11-19'
const filed = after(living(TODAY), anna, 'SubmitReports', {
  items: [{ unit: 'S3', day: DAY, values: { accepted: 500, issued: 70 }, basedOn: 0, type: 'late', reason: 'late' }],
})
const version = filed.length
const value = (past: typeof filed, counter: string, unit = 'S3') => figureOf(past, unit, DAY, counter).value

describe('case E8', () => {
  test('R37 the report that was never this street’s is withdrawn, and the street is missing again', () => {
    const past = after(filed, anna, 'WithdrawReports', {
      items: [{ unit: 'S3', day: DAY, basedOn: version }],
      reason: 'belongs to Elm',
    })
    const world = worldOf(past)
    for (const counter of ['accepted', 'issued'])
      expect(figureOf(world, 'S3', DAY, counter)).toMatchObject({ value: null, approved: null, state: 'blank' })
    expect(['S3', 'D1', 'C'].map((unit) => world.cells.total(unit, 0))).toEqual([0, 0, 0])
    expect(past.slice(-2).map((e) => e.type)).toEqual(['ReportRestated', 'ReportWithdrawn'])
  })

  test('U12 C12 the page of the street says so: none of the days is in, and this one is owed', () => {
    const all = 18
    const counts = (past: typeof filed) => rowOn('closed', 'S3', past).reports
    expect(counts(filed)).toEqual({ expected: all, in: 1, partial: 0, missing: all - 1 })
    const past = after(filed, anna, 'WithdrawReports', {
      items: [{ unit: 'S3', day: DAY, basedOn: version }],
      reason: 'belongs to Elm',
    })
    expect(counts(past)).toEqual({ expected: all, in: 0, partial: 0, missing: all })
    expect(rowOn('closed', 'S3', past).owed).toContain(DAY)
    expect(rowOn('sums', 'S3', past).total.approved).toEqual([0, 0])
  })

  test('R37 one counter is made blank again', () => {
    const past = after(filed, anna, 'WithdrawReports', {
      items: [{ unit: 'S3', day: DAY, counters: ['issued'], basedOn: version }],
      reason: 'not counted yet',
    })
    expect([value(past, 'accepted'), value(past, 'issued')]).toEqual([500, null])
  })

  test('X1 or it moves to the street where it belongs, in one command', () => {
    const past = after(filed, anna, 'ReattributeReports', {
      from: { unit: 'S3', day: DAY, basedOn: version },
      to: { unit: 'S2', day: DAY, basedOn: 0 },
      reason: 'belongs to Elm',
    })
    expect([value(past, 'accepted'), value(past, 'issued')]).toEqual([null, null])
    expect([value(past, 'accepted', 'S2'), value(past, 'issued', 'S2')]).toEqual([500, 70])
  })

  test.each([null, ''])('R26 %j is still no value: what takes back says so', (blank) => {
    const item = { unit: 'S3', day: DAY, values: { accepted: blank }, basedOn: version, type: 'corrected', reason: 'x' }
    expect(ask(worldOf(filed), anna, 'SubmitReports', { items: [item] })).toEqual({
      ok: false,
      refusals: [{ code: 'report.notInteger', at: 'items.0.values.accepted' }],
    })
  })

  test('R25 zeros are an answer, not a withdrawal', () => {
    const past = after(filed, anna, 'SubmitReports', {
      items: [
        {
          unit: 'S3',
          day: DAY,
          values: { accepted: 0, issued: 0 },
          basedOn: version,
          type: 'corrected',
          reason: 'nothing came in',
        },
      ],
    })
    expect([value(past, 'accepted'), value(past, 'issued')]).toEqual([0, 0])
  })

  test('R37 what was withdrawn is given again, by the same or by somebody else', () => {
    const empty = after(filed, anna, 'WithdrawReports', {
      items: [{ unit: 'S3', day: DAY, basedOn: version }],
      reason: 'belongs to Elm',
    })
    const again = { unit: 'S3', day: DAY, values: { accepted: 12 }, basedOn: empty.length, reason: 'its own' }
    expect(events(empty, anna, 'SubmitReports', { items: [again] })).toMatchObject([
      { type: 'ReportRestated', data: { type: 'late', values: { accepted: 12 } } },
    ])
    // a draft from before the withdrawal does not bring the figure back unseen
    expect(
      refusals(empty, anna, 'SubmitReports', { items: [{ ...again, basedOn: version }] }).map((r) => r.code),
    ).toEqual(['report.stale'])
  })

  test('R3 R4 a withdrawal is refused where a report would be', () => {
    const back = (unit: string, day: string) => ({ items: [{ unit, day, basedOn: version }], reason: 'x' })
    const codes = (by: typeof anna, unit: string, day = DAY) =>
      refusals(filed, by, 'WithdrawReports', back(unit, day)).map((r) => r.code)
    expect(codes(anna, 'S4')).toEqual(['may.outsideUnit'])
    expect(codes(districtA, 'S3')).toEqual(['may.outsideUnit'])
    expect(codes(anna, 'D1')).toEqual(['unit.notReporting'])
    expect(codes(anna, 'S3', '2026-11-21')).toEqual(['report.future'])
  })
})
