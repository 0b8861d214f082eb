/** Rows on the wire and back: nothing is lost, and what is sent is small. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import { DUE_STATES } from '../../shared/view/due.ts'
import type { Breakdown, ReportFigure, Row, RowByKind, RowKind } from '../../shared/view/rows.ts'
import { decodeRow, encodeRow, kindOf, rowKey, rowsOf } from '../../shared/view/wire.ts'
import { tinyProgramme } from '../support/programme.ts'
import { SILENCE_SAMPLES } from './silenceSamples.ts'

const units = indexUnits(tinyProgramme())
const there = (row: Row): Row => decodeRow(JSON.parse(JSON.stringify(encodeRow(row, units))) as never, units)

const counts = fc.array(fc.nat(1e9), { minLength: 2, maxLength: 2 })
const shift = fc.record({ up: counts, down: counts })
const breakdown: fc.Arbitrary<Breakdown> = fc.record({
  approved: counts,
  waiting: shift,
  disputed: shift,
  returned: shift,
  missing: counts,
})
const zeros: Breakdown = {
  approved: [0, 0],
  waiting: { up: [0, 0], down: [0, 0] },
  disputed: { up: [0, 0], down: [0, 0] },
  returned: { up: [0, 0], down: [0, 0] },
  missing: [0, 0],
}
const clock: RowByKind<'clock'> = {
  ...{ kind: 'clock', key: 'k', today: '2008-01-03', closed: '2008-01-02', due: '2008-01-01', lockedThrough: null },
}
const by = { id: 'lin', name: '林' }
const cell = { unit: 'A1', day: '2008-01-03' }
const figure: ReportFigure = {
  value: 7,
  approved: 6,
  state: 'disputed',
  version: 9,
  foreign: 8,
  by,
  at: 1_199_264_400_000,
  level: 1,
  restated: { type: 'corrected', reason: 'counted twice' },
  confirmed: ['report.unusual'],
  claim: { value: 8, by: { id: 'b', name: 'B' }, at: 1_199_264_500_000, version: 12 },
  returned: { reason: 'unclear', by, at: 1 },
}
const blank: ReportFigure = {
  value: null,
  approved: null,
  state: 'blank',
  version: 0,
  foreign: 0,
  by: null,
  at: 0,
  level: 0,
}
const head = {
  issue: 3,
  number: 'T〔2008〕3',
  title: 'Who signs?',
  category: 'fee',
  unit: 'A1',
  from: '2008-01-03',
  to: null,
  article: null,
  counters: ['issued'],
  state: 'closed' as const,
  closedOn: '2008-01-04',
  by,
  at: 5,
  day: '2008-01-03',
  seq: 40,
  replies: 2,
  latest: { step: 'closed' as const, by, at: 6, day: null, seq: 44 },
}

/** Of every kind, in full and with everything left out that can be. */
const SAMPLES: { [K in RowKind]: RowByKind<K>[] } = {
  programme: [{ kind: 'programme', key: 'p', hash: 'abc', origin: 'simulated' }],
  clock: [
    clock,
    { kind: 'clock', key: 'k', today: null, closed: null, due: null, lockedThrough: '2008-02-29' },
    { ...clock, over: '2009-01-01' },
    { ...clock, doubted: '2010-01-01' },
    { ...clock, over: '2009-01-01', doubted: '2010-01-01' },
  ],
  sums: [
    ...DUE_STATES.map((state) => ({
      kind: 'sums' as const,
      key: rowKey.sums(3),
      unit: 'A1',
      total: zeros,
      today: zeros,
      state,
    })),
    { kind: 'sums', key: rowKey.sums(0), unit: 'C', total: zeros, today: zeros, state: null },
    { kind: 'sums', key: rowKey.sums(3), unit: 'A1', total: zeros, today: zeros, state: 'partial', blank: [1] },
    {
      kind: 'sums',
      key: rowKey.sums(0),
      unit: 'C',
      total: zeros,
      today: zeros,
      state: null,
      spans: [null, '2008-01-07'],
    },
    { kind: 'sums', key: rowKey.sums(0), unit: 'C', total: zeros, today: zeros, state: null, confirmed: 3 },
  ],
  closed: [
    {
      kind: 'closed',
      key: rowKey.closed(3),
      unit: 'A1',
      counted: [3, 4],
      week: zeros,
      sinceReference: { ...zeros, approved: [3, 4] },
      reports: { expected: 9, in: 4, partial: 2, missing: 3 },
      owed: ['2008-01-03', '2008-01-04'],
      owedCount: 5,
      recent: [1, 2, 3],
      reached: [
        { baseline: 'T1', target: 'count', on: '2008-01-04', takenBack: null },
        {
          baseline: 'T1',
          target: 'cover',
          on: null,
          takenBack: { seq: 7, ...cell, type: 'ReportRestated', was: '2008-01-02' },
        },
      ],
      confirmed: 2,
    },
    {
      kind: 'closed',
      key: rowKey.closed(0),
      unit: 'C',
      counted: [0, 0],
      week: null,
      reports: { expected: 0, in: 0, partial: 0, missing: 0 },
      owed: [],
      owedCount: 0,
      recent: null,
      reached: [],
      confirmed: 0,
      rates: [
        { baseline: 'T1', target: 'rate', due: null, best: null },
        { baseline: 'T1', target: 'past', due: zeros, best: { sum: 70, on: '2008-01-03' } },
      ],
    },
  ],
  day: [
    { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros },
    { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros, spans: ['2008-01-01', null] },
    { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros, blank: [1] },
    {
      ...{ kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros },
      ...{ blank: [1], spans: ['2007-12-31', null] },
    },
    { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros, notAsked: true },
    {
      ...{ kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros },
      ...{ spans: ['2007-12-31', null], notAsked: true },
    },
    { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: zeros, confirmed: 2 },
  ],
  span: [{ kind: 'span', key: rowKey.span('2007-12'), month: '2007-12', address: '1-900-0123abcd' }],
  change: [
    {
      kind: 'change',
      key: rowKey.change(5),
      seq: 8,
      at: 1_199_264_400_000,
      type: 'ReportRestated',
      ...cell,
      changes: [{ counter: 1, before: null, after: 3 }],
      restated: 'late',
    },
    { kind: 'change', key: rowKey.change(0), seq: 8, at: 0, type: 'ReportSubmitted', ...cell, changes: [] },
    {
      ...{ kind: 'change', key: rowKey.change(0), seq: 8, at: 0, type: 'ReportSubmitted', ...cell, changes: [] },
      confirmed: [1],
    },
  ],
  below: [{ kind: 'below', key: rowKey.below(1), unit: 'A', in: 1, partial: 2, missing: 3, behind: 4 }],
  urgent: [{ kind: 'urgent', key: 'u', units: [{ unit: 'A1', owedCount: 9 }] }],
  ...SILENCE_SAMPLES,
  calendar: [
    {
      ...{ kind: 'calendar', key: rowKey.calendar(3, '2008-01'), unit: 'A1', month: '2008-01' },
      days: [{ state: 'off' }, { state: 'partial', blank: [1] }, { state: 'approved', late: true, zero: true }],
    },
  ],
  report: [
    { kind: 'report', key: rowKey.report(3), unit: 'A1', figures: [figure, blank] },
    {
      kind: 'report',
      key: rowKey.report(3),
      unit: 'A1',
      figures: [blank, { ...blank, version: 4, by, at: 9, state: 'submitted', approved: 5 }],
    },
  ],
  queue: [
    { kind: 'queue', key: rowKey.queue(3, '2008-01-03'), unit: 'A1', day: '2008-01-03', figures: [figure, blank] },
    {
      ...{ kind: 'queue', key: rowKey.queue(4, '2008-01-03'), unit: 'A2', day: '2008-01-03', figures: [figure, blank] },
      asked: [
        {
          ...{ code: 'order', counter: 1, version: 3 },
          evidence: { totals: [5, 9], within: 0, excess: 4, before: 0 },
        },
      ],
    },
    {
      ...{ kind: 'queue', key: rowKey.queue(3, '2008-01-03'), unit: 'A1', day: '2008-01-03' },
      figures: [
        blank,
        {
          ...{ ...blank, version: 4, by, at: 9, state: 'submitted', approved: 5, why: 'a fair' },
          inquiries: [
            { seq: 8, text: 'where?', by, at: 10 },
            { seq: 9, text: 'why?', by, at: 11, answer: { text: 'so', by: { id: 'b', name: 'B' }, at: 12 } },
          ],
        },
      ],
    },
  ],
  queueCounts: [{ kind: 'queueCounts', key: rowKey.queueCounts(), waiting: [3, 1], confirmed: 2 }],
  line: [
    {
      kind: 'line',
      key: rowKey.line(3),
      unit: 'A1',
      through: [1, 2],
      total: [3, 4],
      usual: [[5, 6], []],
      past: [{ day: '2008-01-02', values: [7, null] }],
      estimate: [null, 8],
    },
    {
      kind: 'line',
      key: rowKey.line(3),
      unit: 'A1',
      through: [0, 0],
      total: [0, 0],
      usual: [[], []],
      past: [],
      estimate: [null, null],
    },
  ],
  asked: [
    {
      kind: 'asked',
      key: rowKey.asked(3),
      unit: 'A1',
      questions: [
        {
          ...{ code: 'jump', counter: 1, version: 7, confirmed: true },
          evidence: { was: 10, value: 90, former: [{ day: '2008-01-02', value: -3 }], limit: 54 },
          answer: { text: 'a whole batch', by: { id: 'lin', name: '林' }, at: 5 },
        },
      ],
    },
  ],
  above: [
    { kind: 'above', key: rowKey.above(0), unit: 'C', total: [1, null] },
    { kind: 'above', key: rowKey.above(1), unit: 'A', total: [1, null], through: [1, 2] },
  ],
  offer: [
    {
      kind: 'offer',
      key: rowKey.offer(2),
      offer: 2,
      from: { ...cell, values: [1, 5], versions: [3, 4] },
      to: { unit: 'B1', day: '2008-01-04', values: [null, 0], versions: [0, 6] },
      asks: 'to',
      moved: [null, 5],
      changed: false,
      reason: 'wrong street',
      by,
      at: 7,
    },
    {
      kind: 'offer',
      key: rowKey.offer(3),
      offer: 3,
      from: { ...cell, values: [null, null], versions: [0, 0] },
      to: { unit: 'B1', day: '2008-01-04', values: [2, 3], versions: [9, 9] },
      asks: 'from',
      moved: [4, null],
      changed: true,
      reason: 'wrong street',
      by,
      at: 7,
    },
  ],
  work: [
    { kind: 'work', key: rowKey.work('missing', 3, '2008-01-03'), ...cell, what: 'missing', counters: [0, 1] },
    {
      kind: 'work',
      key: rowKey.work('returned', 3, '2008-01-03'),
      ...cell,
      what: 'returned',
      counters: [1],
      said: { text: 'which?', by, at: 7 },
    },
  ],
  workCounts: [{ kind: 'workCounts', key: 'W', counts: [1, 0, 700, 2], offers: 3 }],
  issueLine: [
    { kind: 'issueLine', key: rowKey.issueLine(3), ...head },
    { kind: 'issueLine', key: rowKey.issueLine(3), ...head, state: 'open', closedOn: null, day: null, latest: null },
  ],
  issue: [{ kind: 'issue', key: 'i', ...head, text: 'An employer hands in forty forms.' }],
  step: [
    { kind: 'step', key: rowKey.step(1), n: 1, step: 'replied', text: 'The person.', by, at: 7, day: null, seq: 3 },
  ],
  member: [
    {
      ...{ kind: 'member', key: rowKey.member('lin'), member: 'lin', name: '林', role: 'office', unit: 'C' },
      ...{ tasks: ['review'], ended: true },
    },
  ],
  version: [
    {
      kind: 'version',
      key: rowKey.version(12),
      seq: 12,
      at: 5,
      by,
      type: 'ReportReattributed',
      changes: [{ counter: 0, before: 5, after: null }],
      reason: 'wrong street',
      restated: 'reattributed',
      confirmed: { issued: ['report.unusual'] },
      side: 'from',
      other: { unit: 'B1', day: '2008-01-03' },
      moved: { issued: 5 },
    },
    { kind: 'version', key: rowKey.version(13), seq: 13, at: 5, by, type: 'PeriodLocked', changes: [], through: null },
    {
      ...{ kind: 'version', key: rowKey.version(14), seq: 14, at: 5, by, type: 'DayTakenBack', changes: [] },
      ...{ day: '2008-01-09', to: null, reason: 'x' },
      notBegun: [{ unit: 'A1', day: '2008-01-09', values: { issued: 5 }, by, at: 4 }],
    },
  ],
}
const ROWS: Row[] = Object.values(SAMPLES).flat()

describe('there and back', () => {
  for (const [kind, rows] of Object.entries(SAMPLES))
    test(`a ${kind} row loses nothing`, () => {
      for (const row of rows) expect(there(row)).toEqual(row)
    })

  test('any breakdown comes back as it was, with the parts that are zero left out on the way', () => {
    fc.assert(
      fc.property(breakdown, (sums) => {
        const row: Row = { kind: 'day', key: rowKey.day('2008-01-03'), day: '2008-01-03', breakdown: sums }
        expect(there(row)).toEqual(row)
      }),
    )
    const [, wire] = encodeRow({ ...SAMPLES.day[0]!, breakdown: { ...zeros, missing: [0, 4] } }, units)
    expect(wire).toEqual([0b1000_0001, 0, 0, 0, 4])
  })

  test('units go by index, days by number; no key of a unit and no day is spelled out in figures', () => {
    const kinds: RowKind[] = [
      'clock',
      'sums',
      'closed',
      'day',
      'change',
      'below',
      'urgent',
      'calendar',
      'chase',
      'item',
      'line',
      'above',
      'offer',
    ]
    for (const kind of kinds)
      for (const row of SAMPLES[kind])
        expect(JSON.stringify(encodeRow(row, units)), kind).not.toMatch(/\d{4}-\d{2}|"[ABC]\d?"/)
  })

  test('a key tells the kind', () => {
    for (const row of ROWS) expect(kindOf(row.key)).toBe(row.kind)
    for (const key of ['', 'z1', '*']) expect(() => kindOf(key)).toThrow(RangeError)
  })

  test('rows of one kind are found among all', () => {
    const wires = ROWS.map((row) => encodeRow(row, units))
    expect([...rowsOf('above', wires, units)]).toEqual(SAMPLES.above)
    expect([...rowsOf('issue', wires, units)]).toEqual(SAMPLES.issue)
  })
})
