import { describe, expect, test } from 'vitest'
import { districtA, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { after, began, event, events, figureOf, given, opened, ready, refusals, reported, reviewed } from './given.ts'
import { codes, DAY, figure, move, seen, standing } from './moves.ts'

describe('moving figures', () => {
  test('X1 one command, two events that name both sides', () => {
    const about = { moved: { accepted: 500, issued: 70 }, reason: 'filed under the wrong street' }
    const [from, to] = [
      { unit: 'A1', day: DAY },
      { unit: 'A2', day: DAY },
    ]
    expect(events(standing, districtA, 'ReattributeReports', move())).toEqual([
      {
        type: 'ReportReattributed',
        data: { ...from, side: 'from', values: { accepted: null, issued: null }, other: to, ...about },
      },
      {
        type: 'ReportReattributed',
        data: { ...to, side: 'to', values: { accepted: 540, issued: 70 }, other: from, ...about },
      },
    ])
  })

  test('X1 what gives is blank, what takes holds the sum, as re-attributed', () => {
    const past = after(standing, districtA, 'ReattributeReports', move())
    expect(figure(past, 'A1')).toMatchObject({ value: null, approved: null, state: 'blank', version: seen + 1 })
    expect(figure(past, 'A2')).toMatchObject({
      value: 540,
      approved: 540,
      version: seen + 2,
      restated: { type: 'reattributed', reason: 'filed under the wrong street' },
    })
    const { cells } = given(past)
    expect(['A1', 'A2', 'A', 'C'].map((unit) => cells.total(unit, 0))).toEqual([0, 540, 540, 540])
  })

  test('X1 counters that are named alone; to another day of the same unit too', () => {
    const only = move({ counters: ['issued'], confirmed: ['report.exceeds'] }, { unit: 'A1', day: '2008-01-08' })
    const one = after(standing, districtA, 'ReattributeReports', only)
    expect(figure(one, 'A1')).toMatchObject({ value: 500 })
    expect(figure(one, 'A1', 'issued')).toMatchObject({ value: null })
    expect(figureOf(one, 'A1', '2008-01-08', 'issued')).toMatchObject({ value: 70 })
  })

  test('X1 R38 with review an approved figure counts at its old place until the move is approved', () => {
    const before = reviewed(1, reported(districtA, 'A1', DAY, { accepted: 500 }))
    const version = before.length
    const approved = [
      ...before,
      event('ReportApproved', { unit: 'A1', day: DAY, versions: { accepted: version }, level: 1 }, office),
    ]
    const past = after(approved, districtA, 'ReattributeReports', {
      ...move({}, { basedOn: 0 }),
      from: { unit: 'A1', day: DAY, basedOn: version },
    })
    expect(figure(past, 'A1')).toMatchObject({ value: null, approved: 500, state: 'submitted' })
    expect(figure(past, 'A2')).toMatchObject({ value: 500, approved: null, state: 'submitted' })
  })

  test('X2 refused as a whole when either day is locked, a side disputed, changed since, or nothing moves', () => {
    const locked = [...standing, event('PeriodLocked', { through: '2008-01-08' })]
    expect(codes(locked, districtA, move({}, { day: '2008-01-08' }))).toEqual(['to.day report.locked'])
    const disputed = [
      ...standing,
      event('ReportDisputed', { unit: 'A2', day: DAY, values: { accepted: 41 }, basis: { accepted: 0 } }, otherA),
    ]
    expect(codes(disputed, districtA, move())).toEqual(['to report.disputed'])
    expect(codes(disputed, districtA, move({ counters: ['issued'], confirmed: ['report.exceeds'] }))).toEqual([])
    expect(codes(ready(), districtA, move())).toEqual(['from report.empty'])
    expect(codes(standing, districtA, move({}, { unit: 'A1' }))).toEqual(['to input.duplicate'])
    expect(codes(standing, districtA, move({ counters: ['handed'] }))).toEqual(['counters.handed counter.unknown'])
  })

  test('X2 the sender has to have seen both sides, and is told of both figures', () => {
    const changed = [...standing, reported(otherA, 'A2', DAY, { accepted: 45 })]
    expect(refusals(changed, districtA, 'ReattributeReports', move())).toEqual([
      { code: 'report.stale', params: { counter: 'accepted', standing: 45, sent: 500 }, at: 'to' },
    ])
    const other = [...standing, reported(otherA, 'A1', DAY, { accepted: 501 })]
    expect(refusals(other, districtA, 'ReattributeReports', move())).toEqual([
      { code: 'report.stale', params: { counter: 'accepted', standing: 501 }, at: 'from' },
    ])
    for (const basedOn of ['no-such-command', seen + 1])
      expect(codes(standing, districtA, move({}, { basedOn }))).toEqual(['to.basedOn report.basisUnknown'])
  })

  test('X2 the sum has to be a count', () => {
    const much = [...standing, reported(districtA, 'A2', DAY, { accepted: 999_999_999 })]
    expect(codes(much, districtA, move({ counters: ['accepted'] }, { basedOn: much.length }))).toEqual([
      'to report.tooLarge',
    ])
  })

  test('R33 what takes is asked about, together with what gives; what gives is not', () => {
    const issued = [...standing, reported(districtA, 'A1', DAY, { issued: 400 })]
    const over = move({ from: { unit: 'A1', day: DAY, basedOn: issued.length }, counters: ['issued'] })
    expect(codes(issued, districtA, over)).toEqual(['to report.exceeds'])
    expect(events(issued, districtA, 'ReattributeReports', { ...over, confirmed: ['report.exceeds'] })).toMatchObject([
      { data: { side: 'from', values: { issued: null } } },
      { data: { side: 'to', values: { issued: 400 }, confirmed: { issued: ['report.exceeds'] } } },
    ])
    // A1 is left with what it issued alone: its other counter is missing, not 0
    expect(codes(standing, districtA, move({ counters: ['accepted'] }))).toEqual([])
  })

  test('R35 a move is judged by what it changes: units above both have the figures already', () => {
    const many = ready(reported(districtA, 'A1', DAY, { accepted: 13_500, issued: 13_500 }))
    const within = { ...move({}, { unit: 'A3', basedOn: 0 }), from: { unit: 'A1', day: DAY, basedOn: many.length } }
    expect(refusals(many, districtA, 'ReattributeReports', within)).toEqual([
      {
        code: 'report.coverageOver',
        params: { counter: 'issued', unit: 'A3', total: 13_500, base: 3_000 },
        at: 'to',
        level: 'warning',
      },
    ])
    const { bases } = tinyProgramme()
    const streetless = [
      ...opened({ bases: bases.filter((b) => b.unit.length === 1) }),
      began('2008-01-10'),
      reported(districtA, 'A1', DAY, { accepted: 13_500, issued: 13_500 }),
    ]
    expect(codes(streetless, districtA, within)).toEqual([])
    expect(
      refusals(streetless, office, 'ReattributeReports', { ...within, to: { ...within.to, unit: 'B1' } }),
    ).toMatchObject([{ params: { unit: 'B', total: 13_500, base: 8_000 } }])
  })

  test('R33 a move between two days of a unit does not change what it has in all', () => {
    const past = ready(
      reported(districtA, 'A1', '2008-01-08', { accepted: 10, issued: 10 }),
      reported(districtA, 'A1', DAY, { accepted: 5, issued: 5 }),
    )
    const side = { unit: 'A1', basedOn: past.length }
    const data = move({ from: { ...side, day: '2008-01-08' }, to: { ...side, day: DAY } })
    expect(codes(past, districtA, data)).toEqual([])
    expect(codes(past, districtA, { ...data, counters: ['accepted'] })).toEqual([])
    // the other way round more is issued by the evening of the earlier day than was accepted
    const back = move({ from: { ...side, day: DAY }, to: { ...side, day: '2008-01-08' }, counters: ['issued'] })
    expect(codes(past, districtA, back)).toEqual(['to report.exceeds'])
  })
})
