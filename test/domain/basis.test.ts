import { describe, expect, test } from 'vitest'
import type { CommandData, CommandKind } from '../../shared/command.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, districtB, item, office, otherA } from '../support/people.ts'
import { after, events, figureOf, type Past, ready, refusals, reported, reviewed } from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'
const send = (values: Values, more: Partial<ReportItem> = {}, day = TODAY) => ({
  items: [item('A1', day, values, more)],
})
const figure = (past: Past[], counter = 'accepted', day = TODAY) => figureOf(past, 'A1', day, counter)
const codes = <K extends CommandKind>(past: Past[], by: Actor, kind: K, data: CommandData<K>) =>
  refusals(past, by, kind, data).map((r) => `${r.at} ${r.code}`)

describe('what nobody can have seen', () => {
  const standing = ready(reported(districtA, 'A1', TODAY, { accepted: 10, issued: 8 }))
  const head = standing.length
  const offered = after(standing, districtB, 'ReattributeReports', {
    from: { unit: 'A1', day: TODAY, basedOn: 0 },
    to: { unit: 'B1', day: TODAY, basedOn: 0 },
    reason: 'ours',
  })
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))
  const cell = (basedOn: ReportItem['basedOn'], unit = 'A1') => ({ unit, day: TODAY, basedOn })

  test('D7 is no basis, at every way in', () => {
    expect(codes(standing, otherA, 'SubmitReports', send({ accepted: 11 }, { basedOn: head + 1 }))).toEqual([
      'items.0.basedOn report.basisUnknown',
    ])
    expect(
      codes(standing, otherA, 'WithdrawReports', { items: [cell({ accepted: 9_999, issued: 9_999 })], reason: 'x' }),
    ).toEqual(['items.0.basedOn report.basisUnknown'])
    const settling = { ...cell(0), values: { accepted: 11 }, reason: 'x', basedOn: disputed.length + 1 }
    expect(codes(disputed, office, 'SettleDispute', settling)).toEqual(['basedOn report.basisUnknown'])
    const move = { from: cell(head + 1), to: cell(head + 1, 'A2'), reason: 'x' }
    expect(codes(standing, otherA, 'ReattributeReports', move)).toEqual([
      'from.basedOn report.basisUnknown',
      'to.basedOn report.basisUnknown',
    ])
    expect(codes(offered, otherA, 'AcceptReattribution', { offer: 1, basedOn: offered.length + 1 })).toEqual([
      'basedOn report.basisUnknown',
    ])
  })

  test('D7 the head itself is', () => {
    expect(codes(standing, otherA, 'SubmitReports', send({ accepted: 11 }, { basedOn: head }))).toEqual([])
    expect(codes(offered, otherA, 'AcceptReattribution', { offer: 1, basedOn: offered.length })).toEqual([])
  })

  test('R28 what would change nothing is not asked what it is based on', () => {
    expect(codes(standing, otherA, 'SubmitReports', send({ accepted: 10 }, { basedOn: head + 1 }))).toEqual([])
  })
})

describe('an edit of what somebody else takes back', () => {
  const given = reviewed(1, reported(districtA, 'A1', PAST, { accepted: 10 }))
  const seen = given.length
  const approved = after(given, office, 'ApproveReports', {
    items: [{ unit: 'A1', day: PAST, versions: { accepted: seen } }],
  })
  const back = after(approved, otherA, 'WithdrawReports', {
    items: [{ unit: 'A1', day: PAST, basedOn: seen }],
    reason: 'of A2',
  })
  const edit = (basedOn: number) => send({ accepted: 11 }, { basedOn, type: 'corrected', reason: 'recount' }, PAST)

  test('D8 is stale also while the withdrawal waits for review, or was returned', () => {
    const versions = { accepted: back.length }
    const returned = after(back, office, 'ReturnReports', {
      items: [{ unit: 'A1', day: PAST, versions }],
      reason: 'whose?',
    })
    for (const past of [back, returned])
      expect(refusals(past, districtA, 'SubmitReports', edit(seen))).toEqual([
        {
          code: 'report.stale',
          params: { counter: 'accepted', standing: 'blank', sent: 11 },
          at: 'items.0.values.accepted',
        },
      ])
    expect(events(back, districtA, 'SubmitReports', edit(back.length)).map((e) => e.type)).toEqual(['ReportRestated'])
  })
})

describe('the own claim', () => {
  const standing = ready(reported(districtA, 'A1', TODAY, { accepted: 10, issued: 8 }))
  const disputed = after(standing, otherA, 'SubmitReports', send({ accepted: 11 }))
  const claim = disputed.length
  const again = (accepted: number, basedOn = claim) => send({ accepted }, { basedOn })

  test('D14 another value of whoever claims takes its place; both who gave the figure and its value stay', () => {
    const past = after(disputed, otherA, 'SubmitReports', again(12))
    expect(past.at(-1)).toMatchObject({
      type: 'ReportDisputed',
      data: { values: { accepted: 12 }, basis: { accepted: claim } },
    })
    expect(figure(past)).toMatchObject({
      ...{ value: 10, state: 'disputed', by: 'districtA', version: claim - 1 },
      claim: { value: 12, by: 'otherA', version: claim + 1 },
    })
    const settled = { unit: 'A1', day: TODAY, values: { accepted: 12 }, basedOn: claim, reason: 'agreed' }
    expect(codes(past, office, 'SettleDispute', settled)).toEqual(['values.accepted report.notDisputed'])
  })

  test('D14 the same value again changes nothing, whatever it is based on', () => {
    for (const basedOn of [0, claim]) expect(events(disputed, otherA, 'SubmitReports', again(11, basedOn))).toEqual([])
  })

  test('D14 from another device, which has not seen the claim, it is stale', () => {
    expect(refusals(disputed, otherA, 'SubmitReports', again(12, claim - 1))).toEqual([
      {
        code: 'report.stale',
        params: { counter: 'accepted', standing: 11, sent: 12 },
        at: 'items.0.values.accepted',
      },
    ])
  })

  test('D14 to say what stands, having seen both, ends it; unseen it changes nothing', () => {
    const past = after(disputed, otherA, 'SubmitReports', again(10))
    expect(figure(past)).toEqual(figure(standing))
    expect(events(disputed, otherA, 'SubmitReports', again(10, 0))).toEqual([])
  })

  test('D14 with review what is approved goes on counting all the time', () => {
    const before = reviewed(1, reported(districtA, 'A1', TODAY, { accepted: 10 }))
    const versions = { accepted: before.length }
    const approved = after(before, office, 'ApproveReports', { items: [{ unit: 'A1', day: TODAY, versions }] })
    let past = after(approved, otherA, 'SubmitReports', send({ accepted: 11 }))
    past = after(past, otherA, 'SubmitReports', send({ accepted: 12 }, { basedOn: past.length }))
    expect(figure(past)).toMatchObject({ value: 10, approved: 10, claim: { value: 12 } })
    past = after(past, otherA, 'SubmitReports', send({ accepted: 10 }, { basedOn: past.length }))
    expect(figure(past)).toEqual(figure(approved))
  })

  test('D10 a claim keeps the type and the reason that came with it', () => {
    const due = ready(reported(districtA, 'A1', PAST, { accepted: 10 }))
    const more = { type: 'corrected', reason: 'box found' } as const
    expect(events(due, otherA, 'SubmitReports', send({ accepted: 11 }, more, PAST))).toEqual([
      {
        type: 'ReportDisputed',
        data: { unit: 'A1', day: PAST, values: { accepted: 11 }, basis: { accepted: 0 }, ...more },
      },
    ])
    const bare = events(due, otherA, 'SubmitReports', send({ accepted: 11 }, {}, PAST))[0]!.data
    expect(Object.keys(bare)).toEqual(['unit', 'day', 'values', 'basis'])
  })
})
