import { describe, expect, test } from 'vitest'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import {
  after,
  ask,
  AT_MS,
  began,
  event,
  figureOf,
  given,
  opened,
  passed,
  type Past,
  ready,
  refusals,
  reported,
  reviewed,
  submit,
  submitRefusals,
} from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'
const VALUES: Values = { accepted: 10, issued: 8 }
const standing = ready(reported(districtA, 'A1', PAST, VALUES))
const seen = { basedOn: standing.length }

describe('values', () => {
  test.each<[string, unknown, string | null]>([
    ['R25', 0, null],
    ['R25', 999_999_999, null],
    ['R26', 1.5, 'report.notInteger'],
    ['R26', '7', 'report.notInteger'],
    ['R26', null, 'report.notInteger'],
    ['R26', NaN, 'report.notInteger'],
    ['R26', Infinity, 'report.notInteger'],
    ['R26', -1, 'report.negative'],
    ['R26', 1e9, 'report.tooLarge'],
  ])('%s accepted = %j: %s', (_rule, accepted, code) => {
    const decided = ask(given(ready()), districtA, 'SubmitReports', {
      items: [{ unit: 'A1', day: TODAY, values: { accepted }, basedOn: 0 }],
    })
    if (code === null) expect(decided.ok).toBe(true)
    else expect(decided).toEqual({ ok: false, refusals: [{ code, at: 'items.0.values.accepted' }] })
  })

  test('R25 zero is an answer, a counter left out is blank', () => {
    const past = after(ready(), districtA, 'SubmitReports', { items: [item('A1', TODAY, { accepted: 0 })] })
    expect(past.at(-1)).toMatchObject({ data: { unit: 'A1', day: TODAY, values: { accepted: 0 } } })
    expect(figureOf(past, 'A1', TODAY, 'accepted')).toMatchObject({ value: 0, state: 'approved' })
    expect(figureOf(past, 'A1', TODAY, 'issued')).toEqual({
      value: null,
      approved: null,
      state: 'blank',
      version: 0,
      foreign: 0,
      by: '',
      at: 0,
      level: 0,
    })
  })

  test('R27 counters left out stay as they are, and the event holds only what it is about', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 10 }))
    const next = after(past, districtA, 'SubmitReports', { items: [item('A1', TODAY, { issued: 3 })] })
    expect(next.at(-1)).toEqual({
      type: 'ReportSubmitted',
      data: { unit: 'A1', day: TODAY, values: { issued: 3 } },
      by: districtA,
    })
    expect(figureOf(next, 'A1', TODAY, 'accepted')).toMatchObject({ value: 10, version: past.length })
    expect(figureOf(next, 'A1', TODAY, 'issued')).toMatchObject({ value: 3, version: past.length + 1 })
  })
})

describe('what is refused together', () => {
  test('R4 a report in the future, not started, empty and twice in the command says all of it', () => {
    const empty = item('B2', '2008-01-11', {})
    const world = { ...given(ready()), lockedThrough: '2008-01-31' }
    const decided = ask(world, { ...districtA, unit: 'C' }, 'SubmitReports', { items: [empty, empty] })
    expect(decided.ok ? [] : decided.refusals.map((r) => `${r.at} ${r.code}`)).toEqual([
      'items.0.day report.future',
      'items.0.day unit.notStarted',
      'items.0.day report.locked',
      'items.0.values report.empty',
      'items.1.day report.future',
      'items.1.day unit.notStarted',
      'items.1.day report.locked',
      'items.1.values report.empty',
      'items.1 input.duplicate',
    ])
  })

  test('R8 refusals and warnings of all items come together, and nothing of the command happens', () => {
    expect(
      submitRefusals(
        standing,
        districtA,
        item('Z9', TODAY, VALUES),
        item('B1', TODAY, VALUES),
        item('A1', PAST, { issued: 7 }, seen),
        item('A2', TODAY, { accepted: 1, issued: 2 }),
        item('A3', TODAY, VALUES),
      ),
    ).toEqual([
      'items.0.unit unit.unknown',
      'items.1.unit may.outsideUnit',
      'items.2.type report.typeRequired',
      'items.2.reason report.reasonRequired',
      'items.3.values.issued report.exceeds',
    ])
  })

  test('R8 shape comes first: what cannot be read is not judged further', () => {
    const decided = ask(given(ready()), districtA, 'SubmitReports', {
      items: [{ unit: 'Z9', day: '2008-02-30', values: {}, basedOn: 0 }],
    })
    expect(decided).toEqual({ ok: false, refusals: [{ code: 'day.invalid', at: 'items.0.day' }] })
  })

  test('R8 each item is judged by the reports before the command', () => {
    const items = [
      item('A1', TODAY, { accepted: 5, issued: 5 }),
      item('A1', PAST, { accepted: 0, issued: 1 }, { reason: 'box' }),
    ]
    expect(submitRefusals(ready(), districtA, ...items)).toEqual(['items.1.values.issued report.exceeds'])
  })
})

describe('an open day', () => {
  test('R28 what changes nothing causes no event, whoever sends it and whatever it is based on', () => {
    expect(submit(standing, otherA, item('A1', PAST, { issued: 8 }, { basedOn: 3 }))).toEqual([])
    expect(submit(standing, otherA, item('A1', PAST, VALUES), item('A2', TODAY, VALUES))).toHaveLength(1)
    expect(submit(standing, otherA, item('A1', PAST, VALUES, { basedOn: 'not-a-known-command' }))).toEqual([])
  })

  test('R7 before the first deadline, and until its own, a change is a plain submit', () => {
    const first = [...opened(), began('2008-01-02')]
    const values = { accepted: 4, issued: 4 }
    expect(submit(first, districtA, item('A1', '2008-01-02', values))[0]!.type).toBe('ReportSubmitted')
    const changed = [...first, reported(districtA, 'A1', '2008-01-02', VALUES)]
    const basedOn = changed.length
    expect(submit(changed, districtA, item('A1', '2008-01-02', values, { basedOn }))[0]!.type).toBe('ReportSubmitted')
  })

  test('R7 with days of grace a day stays open that much longer', () => {
    const { reporting } = tinyProgramme()
    const past = [...opened({ reporting: { ...reporting, graceDays: 2 } }), began(TODAY)]
    const types = ['2008-01-07', '2008-01-08'].map(
      (day) => submit(past, districtA, item('A1', day, VALUES, { reason: 'late' }))[0]!.type,
    )
    expect(types).toEqual(['ReportRestated', 'ReportSubmitted'])
  })

  test('R29 R30 it counts as approved at once without levels of review, and waits with them', () => {
    const figure = (past: Past[]) =>
      figureOf(after(past, districtA, 'SubmitReports', { items: [item('A1', TODAY, VALUES)] }), 'A1', TODAY, 'issued')
    const common = { value: 8, version: ready().length + 1, foreign: 0, by: 'districtA', at: AT_MS, level: 0 }
    expect(figure(ready())).toEqual({ ...common, approved: 8, state: 'approved' })
    expect(figure(reviewed(1))).toEqual({ ...common, approved: null, state: 'submitted' })
  })
})

describe('a day that is due', () => {
  test('R10 R31 of a blank it is late by itself, and wants a reason', () => {
    expect(submit(ready(), districtA, item('A1', PAST, VALUES, { reason: 'power cut' }))).toEqual([
      { type: 'ReportRestated', data: { unit: 'A1', day: PAST, values: VALUES, type: 'late', reason: 'power cut' } },
    ])
  })

  test('R10 today closes with its own deadline', () => {
    const past = ready(passed(TODAY))
    expect(submitRefusals(past, districtA, item('A1', TODAY, VALUES))).toEqual(['items.0.reason report.reasonRequired'])
  })

  test.each(['corrected', 'reduced'] as const)('R31 a standing figure can be %s', (type) => {
    const more = { ...seen, type, reason: 'counted twice' }
    expect(submit(standing, districtA, item('A1', PAST, { issued: 7 }, more))).toEqual([
      { type: 'ReportRestated', data: { unit: 'A1', day: PAST, values: { issued: 7 }, type, reason: 'counted twice' } },
    ])
    expect(submitRefusals(ready(), districtA, item('A1', PAST, VALUES, { type, reason: 'x' }))).toEqual([
      'items.0.type report.typeWrong',
    ])
  })

  test('R31 whether a type fits is told by the item as it was sent, whatever others have done meanwhile', () => {
    const past = ready(reported(districtA, 'A1', PAST, { accepted: 10 }))
    const more = { basedOn: past.length, reason: 'box found' } as const
    const mixed = item('A1', PAST, { accepted: 11, issued: 7 }, { ...more, type: 'corrected' })
    const late = { type: 'ReportRestated', data: { values: { issued: 7 }, type: 'late' } }
    const sent = (...between: Past[]) => submit([...past, ...between], districtA, mixed)
    expect(sent()).toMatchObject([late, { data: { values: { accepted: 11 }, type: 'corrected' } }])
    // another has corrected it to the same, or the first answer was lost: what is left is late
    for (const by of [otherA, districtA]) expect(sent(reported(by, 'A1', PAST, { accepted: 11 }))).toMatchObject([late])
    expect(sent(reported(otherA, 'A1', PAST, { accepted: 12 }))).toMatchObject([late, { type: 'ReportDisputed' }])
    const gone = event('ReportWithdrawn', { unit: 'A1', day: PAST, counters: ['accepted'], reason: 'x' }, otherA)
    expect(submitRefusals([...past, gone], districtA, mixed)).toEqual(['items.0.values.accepted report.stale'])
    // late ones, of which another has given one meanwhile
    const first = item('A1', PAST, { accepted: 10, issued: 7 }, { reason: 'power cut', type: 'late' })
    expect(submit(past, districtA, { ...first, basedOn: 0 })).toMatchObject([late])
    expect(submit(ready(reported(otherA, 'A1', PAST, { accepted: 9 })), districtA, first)).toMatchObject([
      late,
      { type: 'ReportDisputed' },
    ])
    // what never fitted does not begin to
    expect(
      submitRefusals(ready(), districtA, item('A1', PAST, { issued: 7 }, { reason: 'x', type: 'reduced' })),
    ).toEqual(['items.0.type report.typeWrong'])
  })

  test('X1 R31 a re-attribution names both reports: it is no type of a report', () => {
    const data = { items: [{ ...item('A1', PAST, { issued: 7 }, seen), type: 'reattributed', reason: 'to A2' }] }
    expect(ask(given(standing), districtA, 'SubmitReports', data)).toMatchObject({
      refusals: [{ code: 'input.invalid', at: 'items.0.type' }],
    })
  })

  test('R27 R31 one item gives the blank counter late and corrects the standing one', () => {
    const past = ready(reported(districtA, 'A1', PAST, { accepted: 10 }))
    const more = { basedOn: past.length, type: 'corrected', reason: 'box found' } as const
    const about = { unit: 'A1', day: PAST, reason: 'box found' }
    expect(submit(past, districtA, item('A1', PAST, { accepted: 11, issued: 8 }, more))).toEqual([
      { type: 'ReportRestated', data: { ...about, values: { issued: 8 }, type: 'late' } },
      { type: 'ReportRestated', data: { ...about, values: { accepted: 11 }, type: 'corrected' } },
    ])
    expect(
      submitRefusals(past, districtA, item('A1', PAST, { accepted: 11, issued: 8 }, { ...more, type: 'late' })),
    ).toEqual(['items.0.type report.typeWrong'])
  })

  test('R42 a figure keeps the type and reason of its last restatement', () => {
    const more = { type: 'corrected', reason: 'counted twice' } as const
    const correct = (past: Past[], issued: number, how: Partial<ReportItem>) =>
      after(past, districtA, 'SubmitReports', {
        items: [item('A1', PAST, { issued }, { basedOn: past.length, ...how })],
      })
    const once = correct(standing, 7, more)
    const twice = correct(once, 6, { type: 'reduced', reason: 'void cards' })
    expect(figureOf(once, 'A1', PAST, 'issued')).toMatchObject({ value: 7, restated: more })
    expect(figureOf(twice, 'A1', PAST, 'issued')).toMatchObject({
      value: 6,
      restated: { type: 'reduced', reason: 'void cards' },
    })
    expect(figureOf(twice, 'A1', PAST, 'accepted')).not.toHaveProperty('restated')
    expect(given(twice).cells.total('A1', 1)).toBe(6)
  })

  test('R42 on a day that was opened again by grace a plain value has no restatement', () => {
    const late = ready(event('ReportRestated', { unit: 'A1', day: TODAY, values: VALUES, type: 'late', reason: 'x' }))
    const next = [...late, reported(districtA, 'A1', TODAY, { issued: 5 })]
    expect(figureOf(next, 'A1', TODAY, 'issued')).not.toHaveProperty('restated')
    expect(figureOf(next, 'A1', TODAY, 'accepted')).toHaveProperty('restated')
  })
})

describe('units that end', () => {
  const { units } = tinyProgramme()
  const ended = units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-01-08', into: 'B1' } : u))
  const merged = [...opened({ units: ended }), began(TODAY)]
  const ofB: Actor = { id: 'ofB', name: 'Of B', role: 'district', unit: 'B' }

  test('R40 later days are refused with the day and the successor', () => {
    expect(refusals(merged, districtA, 'SubmitReports', { items: [item('A3', TODAY, VALUES)] })).toEqual([
      { code: 'unit.ended', params: { unit: 'A3', ends: '2008-01-08', into: 'B1' }, at: 'items.0.day' },
    ])
  })

  test('R41 days up to the end may be written by who may write to either', () => {
    for (const by of [districtA, ofB])
      expect(submit(merged, by, item('A3', '2008-01-08', VALUES, { reason: 'found' }))).toHaveLength(1)
    expect(submitRefusals(merged, ofB, item('A2', '2008-01-08', VALUES))).toEqual(['items.0.unit may.outsideUnit'])
    expect(submitRefusals(merged, ofB, item('A3', TODAY, VALUES))).toEqual(['items.0.day unit.ended'])
  })

  test('R40 a successor that has not begun by the day meant does not carry it on', () => {
    const late = ended.map((u) => (u.code === 'B1' ? { ...u, startsOn: '2008-01-10' } : u))
    const into = (day: string) =>
      refusals([...opened({ units: late }), began(TODAY)], districtA, 'SubmitReports', {
        items: [item('A3', day, VALUES)],
      })[0]?.params
    expect(into(PAST)).toEqual({ unit: 'A3', ends: '2008-01-08' })
    expect(into(TODAY)).toEqual({ unit: 'A3', ends: '2008-01-08', into: 'B1' })
  })

  test('R41 a unit that goes into another one day is its own until then: last day and all', () => {
    const past = [...opened({ units: ended }), began('2008-01-08')]
    expect(submitRefusals(past, ofB, item('A3', '2008-01-08', VALUES))).toEqual(['items.0.unit may.outsideUnit'])
    expect(submitRefusals([...past, began(PAST)], ofB, item('A3', '2008-01-08', VALUES, { reason: 'found' }))).toEqual(
      [],
    )
    // by way of others, too, from the day after each of them has ended
    const line = ended.map((u) => (u.code === 'B1' ? { ...u, endsOn: '2008-01-09', into: 'A1' } : u))
    const ofA1: Actor = { ...districtA, unit: 'A1' }
    const first = [...opened({ units: line }), began(PAST)]
    expect(submitRefusals(first, ofA1, item('A3', '2008-01-08', VALUES, { reason: 'found' }))).toEqual([
      'items.0.unit may.outsideUnit',
    ])
    expect(
      submitRefusals([...first, began(TODAY)], ofA1, item('A3', '2008-01-08', VALUES, { reason: 'found' })),
    ).toEqual([])
  })

  test('R41 also by way of others', () => {
    const line = ended.map((u) => (u.code === 'B1' ? { ...u, endsOn: '2008-01-09', into: 'A1' } : u))
    const past = [...opened({ units: line }), began(TODAY)]
    const ofA1: Actor = { ...districtA, unit: 'A1' }
    expect(submit(past, ofA1, item('A3', '2008-01-08', VALUES, { reason: 'found' }))).toHaveLength(1)
    expect(submit(past, ofA1, item('B1', PAST, VALUES, { reason: 'found' }))).toHaveLength(1)
  })
})
