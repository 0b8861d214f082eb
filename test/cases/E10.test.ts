/** A street that was merged into its neighbour. */
import { describe, expect, test } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Actor } from '../../shared/policy.ts'
import { addDays, dayNumber } from '../../shared/progress/day.ts'
import { after, began, events, given as worldOf, refusals } from '../domain/given.ts'
import { anna, given, living, rowOn, town } from './town.ts'

const END = '2026-11-10'
const TODAY = '2026-11-26'
const merged = town((programme: Programme) => ({
  ...programme,
  units: programme.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: END, into: 'S2' } : u)),
}))
const past = [
  ...living('2026-11-25', merged),
  ...given('S1', '2026-11-24', 23, { accepted: 20, issued: 10 }),
  ...given('S2', END, 9, { accepted: 20, issued: 10 }),
  ...given('S2', '2026-11-24', 14, { accepted: 30, issued: 15 }),
  ...given('S3', END, 9, { accepted: 10, issued: 5 }),
  began(TODAY),
]
const ofS2: Actor = { ...anna, id: 'dora', unit: 'S2' }
const ofS1: Actor = { ...anna, id: 'emil', unit: 'S1' }
const item = (day: string, basedOn = past.length) => ({
  items: [{ unit: 'S3', day, values: { accepted: 11 }, basedOn, type: 'corrected' as const, reason: 'box found' }],
})

describe('case E10', () => {
  test('C10 after its end nothing is expected of it; of the district 57 reports by the 25th', () => {
    const { rhythm } = worldOf(past).setting!
    const expected = ['S1', 'S2', 'S3'].map(
      (unit) =>
        Array.from({ length: 24 }, (_, i) => addDays('2026-11-02', i)).filter(
          (day) => rhythm.expected(unit, dayNumber(day)).length > 0,
        ).length,
    )
    expect(expected).toEqual([24, 24, 9])
  })

  test('U12 U9 of 57 reports by the 25th 55 are in; two are missing, about 25 issued', () => {
    const { reports } = rowOn('closed', 'D1', past)
    expect(reports).toEqual({ expected: 57, in: 55, partial: 0, missing: 2 })
    expect(rowOn('closed', 'S3', past).reports).toEqual({ expected: 9, in: 9, partial: 0, missing: 0 })
    expect(rowOn('sums', 'D1', past).total.missing).toEqual([50, 25])
    expect(rowOn('sums', 'D1', past).total.approved).toEqual([1_150, 575])
  })

  test('U8 its history stays in the sums', () => {
    const { cells } = worldOf(past)
    expect(['S1', 'S2', 'S3'].map((unit) => [cells.total(unit, 0), cells.total(unit, 1)])).toEqual([
      [460, 230],
      [600, 300],
      [90, 45],
    ])
    expect(cells.total('D1', 1)).toBe(575)
  })

  test('R40 later days are refused with the day of its end and the street that carries on', () => {
    for (const day of ['2026-11-11', TODAY])
      expect(refusals(past, anna, 'SubmitReports', item(day))).toEqual([
        { code: 'unit.ended', params: { unit: 'S3', ends: END, into: 'S2' }, at: 'items.0.day' },
      ])
  })

  test('R40 they name who carries it on by that day: not one that has ended too; nobody, where nobody does', () => {
    const chained = (into: string | null) =>
      town((programme: Programme) => ({
        ...programme,
        units: programme.units.map((u) =>
          u.code === 'S3'
            ? { ...u, endsOn: END, into }
            : u.code === 'S2'
              ? { ...u, endsOn: '2026-11-15', into: 'S1' }
              : u,
        ),
      }))
    const refusalsOf = (into: string | null, day: string) =>
      refusals(living(TODAY, chained(into)), anna, 'SubmitReports', item(day, 0)).map((r) => r.params)
    expect(refusalsOf('S2', '2026-11-15')).toEqual([{ unit: 'S3', ends: END, into: 'S2' }])
    expect(refusalsOf('S2', '2026-11-16')).toEqual([{ unit: 'S3', ends: END, into: 'S1' }])
    expect(refusalsOf(null, '2026-11-16')).toEqual([{ unit: 'S3', ends: END }])
  })

  test('R43 U9 a last week that is cut short is not estimated by whole ones, nor compared with them', () => {
    const ends = '2026-11-23'
    const weekly = town((programme: Programme) => ({
      ...programme,
      reporting: { ...programme.reporting, expected: 'weekly' as const },
      units: programme.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: ends, into: 'S2' } : u)),
    }))
    const { setting } = worldOf(living(TODAY, weekly))
    const weeks = Array.from({ length: 22 }, (_, i) => addDays('2026-11-01', i)).filter(
      (day) => setting!.rhythm.expected('S3', dayNumber(day)).length > 0,
    )
    const reports = weeks.flatMap((day) => given('S3', day, 1, { accepted: 500, issued: 400 }))
    const past = [...living('2026-11-22', weekly), ...reports, began(TODAY)]
    expect(rowOn('closed', 'S3', past).owed).toEqual([ends])
    expect(rowOn('sums', 'S3', past).total.missing).toEqual([0, 0])
    const small = {
      items: [{ unit: 'S3', day: ends, values: { accepted: 90, issued: 80 }, basedOn: 0, reason: 'late' }],
    }
    expect(events(past, anna, 'SubmitReports', small)).toHaveLength(1)
  })

  test('R41 days up to its end may still be corrected, by members of the street that it went into too', () => {
    for (const by of [anna, ofS2]) expect(events(past, by, 'SubmitReports', item(END))).toHaveLength(1)
    expect(refusals(past, ofS1, 'SubmitReports', item(END)).map((r) => r.code)).toEqual(['may.outsideUnit'])
  })

  test('R37 R40 the same holds of taking back and of moving to its successor', () => {
    const back = (day: string) => ({ items: [{ unit: 'S3', day, basedOn: past.length }], reason: 'of Elm' })
    expect(events(past, ofS2, 'WithdrawReports', back(END))).toHaveLength(1)
    expect(refusals(past, ofS2, 'WithdrawReports', back('2026-11-12')).map((r) => r.code)).toEqual(['unit.ended'])
    const moved = after(past, ofS2, 'ReattributeReports', {
      from: { unit: 'S3', day: END, basedOn: past.length },
      to: { unit: 'S2', day: END, basedOn: past.length },
      reason: 'of Elm already',
    })
    expect(worldOf(moved).cells.total('S2', 0)).toBe(610)
  })

  test('C10 a district that ends takes its streets along', () => {
    const closed = town((programme: Programme) => ({
      ...programme,
      units: programme.units.map((u) => (u.code === 'D2' ? { ...u, endsOn: END, into: 'S1' } : u)),
    }))
    const { units, rhythm } = worldOf(living(TODAY, closed)).setting!
    expect(['S4', 'S5'].map((unit) => [units.endsOn(unit), units.into(unit)])).toEqual([
      [END, 'S1'],
      [END, 'S1'],
    ])
    expect(rhythm.expected('S4', dayNumber('2026-11-11'))).toEqual([])
    const late = { unit: 'S4', day: END, values: { accepted: 1 }, basedOn: 0, reason: 'found' }
    expect(events(living(TODAY, closed), ofS1, 'SubmitReports', { items: [late] })).toHaveLength(1)
  })
})
