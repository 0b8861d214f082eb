import { describe, expect, test } from 'vitest'
import { disputeBase, lastDays, usualFor, versionsOf } from '../../../client/features/sheet/history.ts'
import { figureIn, linesOf, linesOn, sheetOf, sheetsFor, sheetsWith } from '../../../client/features/sheet/rows.ts'
import { settingOf } from '../../../shared/domain/world.ts'
import type { Actor } from '../../../shared/policy.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { day, figure, lineRow, me, other, reportOf, setting, steady, versionRow } from './sample.ts'

const ISSUED = 1
const change = (before: number | null, after: number | null, counter = ISSUED) => ({ counter, before, after })
const rows = [
  versionRow(10, { changes: [change(null, 5, 0)] }),
  versionRow(20, { changes: [change(null, 4)], confirmed: { issued: ['report.unusual'] } }),
  versionRow(30, { type: 'ReportDisputed', changes: [change(4, 6)] }),
  versionRow(40, { type: 'DisputeSettled', changes: [change(4, 6)], reason: 'counted' }),
  versionRow(50, { type: 'ReportRestated', changes: [change(6, 3)], restated: 'reduced', reason: 'twice' }),
  versionRow(60, { type: 'ReportApproved', changes: [change(null, 3)], level: 2 }),
  versionRow(70, {
    type: 'ReportReattributed',
    changes: [change(3, null)],
    side: 'from',
    other: { unit: 'A2', day },
    reason: 'next street',
  }),
  versionRow(80, {
    type: 'ReattributionOffered',
    changes: [],
    side: 'from',
    other: { unit: 'A3', day },
    moved: { issued: 3 },
    reason: 'theirs',
  }),
  versionRow(90, {
    type: 'ReattributionDeclined',
    changes: [],
    side: 'from',
    other: { unit: 'A3', day },
    reason: 'no',
  }),
]

describe('versions of a figure', () => {
  test('only what was about this counter, newest first, each with from → to', () => {
    expect(versionsOf(rows, ISSUED, 'issued').map((v) => [v.seq, v.word, v.from, v.to, v.reason])).toEqual([
      [90, 'declined', null, null, 'no'],
      [80, 'offered', null, 3, 'theirs'],
      [70, 'reattributed', 3, null, 'next street'],
      [60, 'approved', null, 3, null],
      [50, 'reduced', 6, 3, 'twice'],
      [40, 'settled', 4, 6, 'counted'],
      [30, 'disputed', 4, 6, null],
      [20, 'first', null, 4, null],
    ])
    expect(versionsOf(rows, 0, 'accepted').map((v) => v.seq)).toEqual([90, 10])
  })
  test('the other side of a move, the level of an approval, what was confirmed', () => {
    const [, , moved, approved, , , , first] = versionsOf(rows, ISSUED, 'issued')
    expect(moved!.other).toEqual({ unit: 'A2', day, side: 'from' })
    expect([approved!.level, first!.confirmed, moved!.confirmed]).toEqual([2, true, false])
  })
  test('U14 (finding D12) a change is called by what this counter did, whatever it was sent as', () => {
    const both = versionRow(10, {
      ...{ type: 'ReportRestated' as const, restated: 'reduced' as const, reason: 'counted again' },
      changes: [change(20, 12, 0), change(9, 13)],
    })
    expect([0, 1].map((c) => versionsOf([both], c, setting.programme.counters[c]!.key)[0]?.word)).toEqual([
      'reduced',
      'corrected',
    ])
  })
  test('what a counter was before the value that stands in its dispute', () => {
    expect(disputeBase(rows, ISSUED, 20)).toBeNull()
    expect(disputeBase(rows, ISSUED, 50)).toBe(6)
    expect(disputeBase(rows, ISSUED, 99)).toBeUndefined()
  })
})

describe('the last days', () => {
  const past = [
    { day: '2008-02-29', values: [100, 80] },
    { day: '2008-02-28', values: [90, null] },
    { day: '2008-02-27', values: [0, 0] },
  ]
  test('days that something was expected of, oldest first, and the day itself; blank and zero apart', () => {
    expect(lastDays(lineRow('A1', { past }), ISSUED, day, 7)).toEqual([
      { day: '2008-02-27', value: 0 },
      { day: '2008-02-28', value: null },
      { day: '2008-02-29', value: 80 },
      { day, value: 7 },
    ])
    expect(lastDays(lineRow('A1', { past }), ISSUED, day, null, 2)).toEqual([
      { day: '2008-02-29', value: 80 },
      { day, value: null },
    ])
    expect(lastDays(undefined, ISSUED, day, null)).toEqual([{ day, value: null }])
  })
  test('usual comes from the values that came with the sheet', () => {
    expect(usualFor(steady('A1', [100, 80]), ISSUED)).toEqual({ median: 80, low: 32, high: 128 })
    expect(usualFor(lineRow('A1'), ISSUED)).toBeNull()
  })
})

describe('lines and sheets', () => {
  test('a district lists its streets, a street itself, the root nothing of its own', () => {
    expect(linesOf(setting.units, 'A')).toEqual(['A1', 'A2', 'A3'])
    expect(linesOf(setting.units, 'A1')).toEqual(['A1'])
    expect(linesOf(setting.units, 'C')).toEqual([])
  })
  test('case E10: a unit that has ended has a line only while something of it is there', () => {
    const programme = tinyProgramme()
    const units = programme.units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-02-29', into: 'A2' } : u))
    const ended = settingOf({ ...programme, units }, 'simulated').units
    const on = (at: string, there: string[] = []) => linesOn(ended, 'A', at, (unit) => there.includes(unit))
    expect(on('2008-02-29')).toEqual(['A1', 'A2', 'A3'])
    expect(on('2008-03-03')).toEqual(['A1', 'A2'])
    expect(on('2008-03-03', ['A3'])).toEqual(['A1', 'A2', 'A3'])
  })
  test('sheets within the own subtree; a street of its own when that is all', () => {
    expect(sheetsFor(setting.units, { ...me, role: 'office', unit: 'C' }, day, null)).toEqual(['A', 'B'])
    expect(sheetsFor(setting.units, me, day, null)).toEqual(['A'])
    expect(sheetsFor(setting.units, { ...me, unit: 'A2' }, day, null)).toEqual(['A2'])
  })
  test('drafts are found on the sheet where their unit is a line', () => {
    const office: Actor = { ...me, role: 'office', unit: 'C' }
    expect([
      sheetOf(setting.units, office, 'A1', day, null),
      sheetOf(setting.units, { ...me, unit: 'A2' }, 'A2', day, null),
    ]).toEqual(['A', 'A2'])
    const places = [
      { unit: 'A1', day: '2008-02-29' },
      { unit: 'A2', day: '2008-02-29' },
      { unit: 'A1', day },
      { unit: 'B1', day },
    ]
    const sheet = (unit: string) => unit[0]!
    expect(sheetsWith(places, { unit: 'A', day }, sheet)).toEqual([
      { unit: 'A', day: '2008-02-29', cells: places.slice(0, 2) },
      { unit: 'B', day, cells: places.slice(3) },
    ])
    // on a street's own sheet
    expect(sheetsWith(places.slice(2), { unit: 'A1', day }, sheet)).toEqual([
      { unit: 'B', day, cells: places.slice(3) },
    ])
  })
  test('a row’s figure as the rules want it, with ids; blank where nothing was written', () => {
    const by = { id: 'me', name: 'Me' }
    const row = reportOf('A1', figure(5, { by, claim: { value: 6, by: other, at: 3, version: 9 }, state: 'disputed' }))
    expect(figureIn(row, 0)).toMatchObject({ value: 5, by: 'me', claim: { value: 6, by: 'other', version: 9 } })
    expect(figureIn(row, 1)).toMatchObject({ value: null, version: 0, state: 'blank' })
    expect(figureIn(undefined, 0)).toMatchObject({ value: null, version: 0 })
  })
})
