import { describe, expect, test } from 'vitest'
import { districtA, districtB, item, office, otherA } from '../support/people.ts'
import {
  after,
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

const PAST = '2008-01-09'
const standing = ready(reported(districtA, 'A1', PAST, { accepted: 10, issued: 8 }))
const version = standing.length
const back = (more: object = {}) => ({
  items: [{ unit: 'A1', day: PAST, basedOn: version, ...more }],
  reason: 'belongs to A2',
})
const figure = (past: Past[], counter = 'accepted') => figureOf(past, 'A1', PAST, counter)
const approve = (past: Past[], ...counters: string[]): Past[] => [
  ...past,
  event(
    'ReportApproved',
    {
      unit: 'A1',
      day: PAST,
      versions: Object.fromEntries(counters.map((c) => [c, figure(past, c).version])),
      level: 1,
    },
    office,
  ),
]

describe('taking back', () => {
  test('R37 a whole report, with a reason: every figure is blank again', () => {
    const past = after(standing, districtA, 'WithdrawReports', back())
    expect(past.at(-1)).toEqual({
      type: 'ReportWithdrawn',
      data: { unit: 'A1', day: PAST, counters: ['accepted', 'issued'], reason: 'belongs to A2' },
      by: districtA,
    })
    for (const counter of ['accepted', 'issued'])
      expect(figure(past, counter)).toEqual({
        value: null,
        approved: null,
        state: 'blank',
        version: version + 1,
        foreign: 0,
        by: 'districtA',
        at: AT_MS,
        level: 0,
      })
    expect(given(past).cells.total('A1', 0)).toBe(0)
  })

  test('R37 or one counter; zero is a value that can be withdrawn', () => {
    const past = after(standing, districtA, 'WithdrawReports', back({ counters: ['issued'] }))
    expect(figure(past)).toMatchObject({ value: 10 })
    expect(figure(past, 'issued')).toMatchObject({ value: null })
    const zero = ready(reported(districtA, 'A1', PAST, { accepted: 0 }))
    expect(figure(after(zero, districtA, 'WithdrawReports', back()))).toMatchObject({ value: null, state: 'blank' })
  })

  test('R37 what is blank already changes nothing', () => {
    expect(events(ready(), districtA, 'WithdrawReports', back())).toEqual([])
    const once = after(standing, districtA, 'WithdrawReports', back())
    expect(events(once, districtA, 'WithdrawReports', back())).toEqual([])
  })

  test('R33 nothing is asked', () => {
    expect(events(standing, districtA, 'WithdrawReports', back({ counters: ['accepted'] }))).toHaveLength(1)
  })

  test('R31 after it the figure is given again as a late one', () => {
    const past = after(standing, districtA, 'WithdrawReports', back({ counters: ['issued'] }))
    const again = { items: [item('A1', PAST, { issued: 7 }, { basedOn: past.length, reason: 'counted again' })] }
    expect(events(past, districtA, 'SubmitReports', again)).toMatchObject([
      { type: 'ReportRestated', data: { values: { issued: 7 }, type: 'late' } },
    ])
  })

  test('R39 what was changed after the basis is not withdrawn unseen, whoever changed it', () => {
    for (const by of [districtA, otherA]) {
      const past = [...standing, reported(by, 'A1', PAST, { issued: 9 })]
      expect(refusals(past, districtA, 'WithdrawReports', back())).toEqual([
        { code: 'report.stale', params: { counter: 'issued', standing: 9 }, at: 'items.0' },
      ])
      expect(events(past, districtA, 'WithdrawReports', back({ counters: ['accepted'] }))).toHaveLength(1)
    }
  })

  test('R37 several reports in one command, none of them twice', () => {
    const two = [...standing, reported(districtA, 'A2', PAST, { accepted: 1 })]
    const items = [...back().items, { unit: 'A2', day: PAST, basedOn: two.length }]
    expect(events(two, districtA, 'WithdrawReports', { items, reason: 'x' })).toHaveLength(2)
    expect(
      refusals(two, districtA, 'WithdrawReports', { items: [...items, items[1]!], reason: 'x' }).map((r) => r.code),
    ).toEqual(['input.duplicate'])
  })

  test('R3 R37 outside of the own subtree nothing is withdrawn', () => {
    expect(refusals(standing, districtB, 'WithdrawReports', back()).map((r) => r.code)).toEqual(['may.outsideUnit'])
  })
})

describe('with review', () => {
  const waiting = reviewed(1, reported(districtA, 'A1', PAST, { accepted: 10, issued: 8 }))

  test('R38 what nobody has approved is blank at once', () => {
    const past = after(waiting, districtA, 'WithdrawReports', back())
    expect(figure(past)).toMatchObject({ value: null, approved: null, state: 'blank' })
  })

  test('R38 an approved figure counts until its withdrawal is approved', () => {
    const past = after(approve(waiting, 'accepted', 'issued'), districtA, 'WithdrawReports', back())
    expect(figure(past)).toMatchObject({ value: null, approved: 10, state: 'submitted' })
    expect(given(past).cells.total('A1', 0)).toBe(10)
    const blank = approve(past, 'accepted')
    expect(figure(blank)).toMatchObject({ value: null, approved: null, state: 'blank' })
    expect(given(blank).cells.total('A1', 0)).toBe(0)
  })

  test('R38 K4 a returned withdrawal leaves the approved figure, which can be given again', () => {
    const asked = after(approve(waiting, 'accepted'), districtA, 'WithdrawReports', back({ counters: ['accepted'] }))
    const items = [{ unit: 'A1', day: PAST, versions: { accepted: asked.length } }]
    const past = after(asked, office, 'ReturnReports', { items, reason: 'it is yours' })
    expect(figure(past)).toMatchObject({ value: null, approved: 10, state: 'returned' })
    const again = item(
      'A1',
      PAST,
      { accepted: 10 },
      { basedOn: past.length, type: 'corrected', reason: 'ours after all' },
    )
    const given = after(past, districtA, 'SubmitReports', { items: [again] })
    expect(figure(given)).toMatchObject({ value: 10, approved: 10, state: 'approved' })
  })
})
