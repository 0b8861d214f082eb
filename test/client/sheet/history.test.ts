import { describe, expect, test } from 'vitest'
import { disputeBase, estimateFor, lastDays, usualFor, versionsOf } from '../../../client/features/sheet/history.ts'
import { bookOf, linesOf, sheetsFor } from '../../../client/features/sheet/rows.ts'
import type { DomainEvent } from '../../../shared/event.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { frame, me, reportRow, steady } from './sample.ts'

const day = '2008-03-03'
const cell = { unit: 'A1', day }
const entry = (seq: number, actor: string, event: DomainEvent): HistoryEntry => ({
  ...event,
  seq,
  at: `2008-03-03T10:00:${seq}.000Z`,
  actor,
  actorName: actor.toUpperCase(),
  command: `command-${seq}`,
  v: 1,
  hash: '',
})
const entries: HistoryEntry[] = [
  entry(10, 'ann', { type: 'ReportSubmitted', data: { ...cell, values: { accepted: 5 } } }),
  entry(20, 'bob', { type: 'ReportSubmitted', data: { ...cell, values: { accepted: 5, issued: 4 } } }),
  entry(30, 'ann', { type: 'ReportDisputed', data: { ...cell, values: { accepted: 5, issued: 6 }, basedOn: 10 } }),
  entry(40, 'bob', {
    type: 'DisputeSettled',
    data: { ...cell, values: { accepted: 5, issued: 6 }, reason: 'counted' },
  }),
  entry(50, 'bob', {
    type: 'ReportRestated',
    data: { ...cell, values: { accepted: 5, issued: 3 }, type: 'reduced', reason: 'twice' },
  }),
]

describe('versions of a cell', () => {
  test('newest first, each with from → to; a claim in dispute does not stand', () => {
    expect(versionsOf(entries, 'issued').map((v) => [v.seq, v.name, v.type, v.from, v.to, v.reason])).toEqual([
      [50, 'BOB', 'ReportRestated', 6, 3, 'twice'],
      [40, 'BOB', 'DisputeSettled', 4, 6, 'counted'],
      [30, 'ANN', 'ReportDisputed', 4, 6, null],
      [20, 'BOB', 'ReportSubmitted', null, 4, null],
      [10, 'ANN', 'ReportSubmitted', null, null, null],
    ])
    expect(versionsOf(entries, 'issued')[0]!.restated).toBe('reduced')
  })
  test('what both sides of a dispute began from', () => {
    expect(disputeBase(entries)).toEqual({ accepted: 5 })
    expect(disputeBase(entries.slice(0, 2))).toBeNull()
    const blind = entry(31, 'ann', { type: 'ReportDisputed', data: { ...cell, values: { issued: 6 }, basedOn: 0 } })
    expect(disputeBase([...entries.slice(0, 2), blind])).toBeNull()
  })
})

describe('the last days', () => {
  const rows = [...steady('A1', day, 6, [100, 80]), reportRow('A1', day, [null, 0])]
  const book = bookOf(rows, frame.programme.counters)

  test('fifteen days up to the day, blank and zero apart', () => {
    const bars = lastDays(frame, book, 'A1', 'issued', day)
    expect(bars).toHaveLength(15)
    expect(bars[0]).toEqual({ day: '2008-02-18', value: null, state: null, work: true })
    expect(bars.at(-1)).toEqual({ day, value: 0, state: 'approved', work: true })
    expect(bars.at(-3)).toMatchObject({ day: '2008-03-01', work: false })
  })
  test('usual and estimate come from days of the same kind', () => {
    expect(usualFor(frame, book, 'A1', 'issued', day)).toEqual({ median: 80, low: 32, high: 128 })
    expect(usualFor(frame, book, 'A1', 'issued', '2008-03-02')).toBeNull()
    expect(estimateFor(frame, book, 'A1', 'issued', day)).toBe(80)
    expect(estimateFor(frame, book, 'A2', 'issued', day)).toBe(0)
  })
})

describe('lines and sheets', () => {
  test('a district lists its streets, a street itself, the root nothing of its own', () => {
    expect(linesOf(frame.units, 'A')).toEqual(['A1', 'A2', 'A3'])
    expect(linesOf(frame.units, 'A1')).toEqual(['A1'])
    expect(linesOf(frame.units, 'C')).toEqual([])
  })
  test('sheets within reach; a street of its own when that is all', () => {
    expect(sheetsFor(frame.units, { ...me, role: 'office', unit: 'C' })).toEqual(['A', 'B'])
    expect(sheetsFor(frame.units, me)).toEqual(['A'])
    expect(sheetsFor(frame.units, { ...me, unit: 'A2' })).toEqual(['A2'])
  })
})
