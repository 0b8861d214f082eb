import { describe, expect, test } from 'vitest'
import type { Actor } from '../../shared/policy.ts'
import { districtA, districtB, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, began, event, events, given, opened, type Past, refusals, reported, reviewed } from './given.ts'
import { codes, DAY, figure, move, type Move, seen, standing } from './moves.ts'

const abroad = (more: Partial<Move> = {}, basedOn = seen, unit = 'B1'): Move => move(more, { unit, basedOn })

describe('offers', () => {
  const offered = after(standing, districtA, 'ReattributeReports', abroad())
  const accept = (past: Past[], by: Actor, more: object = {}) =>
    after(past, by, 'AcceptReattribution', { offer: 1, ...more })

  test('X3 who may write to one side alone makes an offer; both stand as they were', () => {
    expect(offered.at(-1)).toEqual({
      type: 'ReattributionOffered',
      data: {
        offer: 1,
        unit: 'A1',
        day: DAY,
        to: { unit: 'B1', day: DAY },
        asks: 'to',
        values: { accepted: 500, issued: 70 },
        there: { accepted: null, issued: null },
        versions: { from: { accepted: seen - 1, issued: seen - 1 }, to: { accepted: 0, issued: 0 } },
        reason: 'filed under the wrong street',
      },
      by: districtA,
    })
    expect(figure(offered, 'A1')).toEqual(figure(standing, 'A1'))
    expect(given(offered).offers.get(1)).toMatchObject({ asks: 'to', by: 'districtA', state: 'open' })
  })

  test('X3 also the side that takes may ask; who may write to neither may not', () => {
    const [asked] = events(standing, districtB, 'ReattributeReports', abroad())
    expect(asked).toMatchObject({ type: 'ReattributionOffered', data: { unit: 'A1', asks: 'from' } })
    const ofB1: Actor = { ...districtB, unit: 'B1' }
    expect(codes(standing, ofB1, abroad({}, seen, 'A2'))).toEqual([
      'from.unit may.outsideUnit',
      'to.unit may.outsideUnit',
    ])
    expect(codes(standing, districtA, abroad({}, seen, 'Z9'))).toEqual(['to.unit unit.unknown'])
  })

  test('X3 R41 what a unit will go into one day makes nobody its own', () => {
    const { units } = tinyProgramme()
    const merging = units.map((u) => (u.code === 'A1' ? { ...u, endsOn: '2008-01-10', into: 'B1' } : u))
    const past = [...opened({ units: merging }), began('2008-01-10'), ...standing.slice(-2)]
    const data = { ...abroad({}, past.length), from: { unit: 'A1', day: DAY, basedOn: past.length } }
    expect(events(past, districtB, 'ReattributeReports', data)).toMatchObject([{ type: 'ReattributionOffered' }])
    const merged = [...past, began('2008-01-11')]
    expect(events(merged, districtB, 'ReattributeReports', data)).toHaveLength(2)
    // who may write to both moves at once, and who takes part by what it went into may answer
    const offered = after(past, districtB, 'ReattributeReports', data)
    const answer = (list: Past[]) =>
      refusals(list, districtB, 'AcceptReattribution', { offer: 1, basedOn: past.length }).map((r) => r.code)
    expect([answer(offered), answer([...offered, began('2008-01-11')])]).toEqual([['may.outsideUnit'], []])
  })

  test('X3 who may write to both needs nobody', () => {
    expect(events(standing, office, 'ReattributeReports', abroad())).toHaveLength(2)
  })

  test('X4 accepted by the side that was asked, the figures move', () => {
    const past = accept(offered, districtB)
    expect(past.slice(-2).map((e) => (e.type === 'ReportReattributed' ? [e.data.unit, e.data.offer] : null))).toEqual([
      ['A1', 1],
      ['B1', 1],
    ])
    expect(figure(past, 'A1')).toMatchObject({ value: null })
    expect(figure(past, 'B1')).toMatchObject({ value: 500, by: 'districtB' })
    expect(given(past).offers.get(1)).toMatchObject({ state: 'accepted' })
    expect(refusals(offered, districtA, 'AcceptReattribution', { offer: 1 }).map((r) => r.code)).toEqual([
      'may.outsideUnit',
    ])
  })

  test('X5 when either side has changed since it was made, nothing moves', () => {
    const said = (...more: Past[]) =>
      refusals([...offered, ...more], districtB, 'AcceptReattribution', { offer: 1 }).map((r) => r.params)
    expect(said(reported(otherA, 'A1', DAY, { accepted: 501 }))).toEqual([
      { unit: 'A1', counter: 'accepted', offered: 500, standing: 501 },
    ])
    expect(said(event('ReportWithdrawn', { unit: 'A1', day: DAY, counters: ['issued'], reason: 'x' }, otherA))).toEqual(
      [{ unit: 'A1', counter: 'issued', offered: 70, standing: 'blank' }],
    )
    // the side that takes has counted them itself meanwhile: they would count twice
    expect(said(reported(office, 'B1', DAY, { accepted: 500 }))).toEqual([
      { unit: 'B1', counter: 'accepted', offered: 'blank', standing: 500 },
    ])
    // the same value, withdrawn and given again
    const again = event('ReportWithdrawn', { unit: 'A1', day: DAY, counters: ['accepted'], reason: 'x' }, otherA)
    expect(said(again, reported(otherA, 'A1', DAY, { accepted: 500 }))).toEqual([
      { unit: 'A1', counter: 'accepted', offered: 500, standing: 500 },
    ])
  })

  test('X5 counters that do not move may change, and approving is no change', () => {
    const only = after(standing, districtA, 'ReattributeReports', abroad({ counters: ['accepted'] }))
    expect(accept([...only, reported(districtB, 'B1', DAY, { issued: 3 })], districtB)).toHaveLength(only.length + 3)
    const waiting = reviewed(1, reported(districtA, 'A1', DAY, { accepted: 500 }))
    const from = { unit: 'A1', day: DAY, basedOn: waiting.length }
    const made = after(waiting, districtA, 'ReattributeReports', { ...abroad({}, 0), from })
    const approved = after(made, office, 'ApproveReports', {
      items: [{ unit: 'A1', day: DAY, versions: { accepted: waiting.length } }],
    })
    expect(accept(approved, districtB)).toHaveLength(approved.length + 2)
  })

  test('X5 two offers of one figure move it once, also when it has been given again', () => {
    const twice = after(offered, districtA, 'ReattributeReports', abroad({ reason: 'once more' }))
    const moved = accept(twice, districtB)
    const second = (past: Past[]) =>
      refusals(past, districtB, 'AcceptReattribution', { offer: 2, basedOn: past.length }).map((r) => r.code)
    expect(second(moved)).toContain('offer.changed')
    const anew = [...moved, reported(districtA, 'A1', DAY, { accepted: 500, issued: 70 })]
    expect(second(anew)).toContain('offer.changed')
  })

  test('X5 who accepts names what was seen of the own side, when anything stands there', () => {
    const codes = (past: Past[], by: Actor, more: object = {}) =>
      refusals(past, by, 'AcceptReattribution', { offer: 1, ...more }).map((r) => `${r.at} ${r.code}`)
    const held = [...standing, reported(districtB, 'B1', DAY, { accepted: 7 })]
    const given = after(held, districtA, 'ReattributeReports', abroad({}, held.length))
    expect(codes(given, districtB)).toEqual(['basedOn input.required'])
    expect(codes(given, districtB, { basedOn: 0 })).toEqual(['basedOn report.stale'])
    expect(codes(given, districtB, { basedOn: given.length + 1 })).toEqual(['basedOn report.basisUnknown'])
    expect(figure(accept(given, districtB, { basedOn: held.length }), 'B1')).toMatchObject({ value: 507 })
    // the side that gives always holds something
    const asked = after(standing, districtB, 'ReattributeReports', abroad())
    expect(codes(asked, districtA)).toEqual(['basedOn input.required'])
    expect(figure(accept(asked, districtA, { basedOn: { accepted: seen, issued: seen } }), 'B1')).toMatchObject({
      value: 500,
    })
  })

  test('X4 R33 an acceptance is asked about', () => {
    const held = [...standing, reported(districtB, 'B1', DAY, { accepted: 7 })]
    const alone = after(held, districtA, 'ReattributeReports', abroad({ counters: ['issued'] }, held.length))
    expect(refusals(alone, districtB, 'AcceptReattribution', { offer: 1 }).map((r) => `${r.at} ${r.code}`)).toEqual([
      'offer report.exceeds',
    ])
    expect(accept(alone, districtB, { confirmed: ['report.exceeds'] })).toHaveLength(alone.length + 2)
  })

  test.each([districtA, districtB, office])('X4 $id may decline it, with a reason', (by) => {
    const past = after(offered, by, 'DeclineReattribution', { offer: 1, reason: 'not ours' })
    expect(past.at(-1)).toMatchObject({
      type: 'ReattributionDeclined',
      data: { offer: 1, unit: 'A1', day: DAY, to: { unit: 'B1', day: DAY }, reason: 'not ours' },
    })
    expect(given(past).offers.get(1)).toMatchObject({ state: 'declined' })
  })

  test('X4 an offer that is unknown, ended, or of others', () => {
    const said = (past: Past[], by: Actor, offer: number) =>
      (['AcceptReattribution', 'DeclineReattribution'] as const).map(
        (kind) =>
          refusals(past, by, kind, kind === 'AcceptReattribution' ? { offer } : { offer, reason: 'x' })[0]?.code,
      )
    expect(said(offered, districtB, 2)).toEqual(['offer.unknown', 'offer.unknown'])
    expect(said(accept(offered, districtB), districtB, 1)).toEqual(['offer.closed', 'offer.closed'])
    const within = after(standing, { ...districtA, unit: 'A1' }, 'ReattributeReports', abroad({}, seen, 'A2'))
    expect(said(within, districtB, 1)).toEqual(['may.outsideUnit', 'may.outsideUnit'])
  })

  test('P3 X2 an offer for a day that is locked by now waits, which is said once', () => {
    const locked = [...offered, event('PeriodLocked', { through: DAY })]
    expect(refusals(locked, districtB, 'AcceptReattribution', { offer: 1 }).map((r) => `${r.at} ${r.code}`)).toEqual([
      'offer report.locked',
    ])
  })

  test('D7 X3 what an offer names for the other side need not be what stands there, but has to exist', () => {
    for (const basedOn of [seen + 1, { accepted: seen + 1 }, 'no-such-command'])
      expect(codes(standing, districtA, abroad({}, basedOn as number))).toEqual(['to.basedOn report.basisUnknown'])
    const held = [...standing, reported(districtB, 'B1', DAY, { accepted: 7 })]
    for (const basedOn of [0, held.length]) expect(codes(held, districtA, abroad({}, basedOn))).toEqual([])
    // the side that takes may ask without having seen what the other one gives
    const asking = { ...abroad({}, seen), from: { unit: 'A1', day: DAY, basedOn: seen + 1 } }
    expect(codes(standing, districtB, asking)).toEqual(['from.basedOn report.basisUnknown'])
    expect(codes(standing, districtB, { ...asking, from: { ...asking.from, basedOn: 0 } })).toEqual([])
  })
})
