/** A report with a blank counter is partial, and the blank is no zero. */
import { describe, expect, test } from 'vitest'
import { usualValues } from '../../shared/domain/asking.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import { after, began, event, figureOf, given as worldOf } from '../domain/given.ts'
import { anna, given, living, rowOn } from './town.ts'

const TODAY = '2026-11-20'
const DUE = ['2026-11-17', '2026-11-18', '2026-11-19']
const before = [...living('2026-11-19'), ...given('S1', '2026-11-16', 15, { accepted: 157, issued: 107 }), began(TODAY)]
const half = after(before, anna, 'SubmitReports', {
  items: DUE.map((day) => ({
    unit: 'S1',
    day,
    values: { accepted: 160 },
    basedOn: 0,
    type: 'late' as const,
    reason: 'issued to follow',
  })),
})
const world = worldOf(half)

describe('case E9', () => {
  test('R25 the counter that was left out is blank on each of the days', () => {
    for (const day of DUE) {
      expect(figureOf(world, 'S1', day, 'accepted')).toMatchObject({ value: 160, state: 'approved' })
      expect(figureOf(world, 'S1', day, 'issued')).toMatchObject({ value: null, state: 'blank', version: 0 })
    }
  })

  test('C9 C12 both counters were expected, so the blank one is owed', () => {
    const { rhythm } = world.setting!
    for (const day of DUE) expect(rhythm.expected('S1', dayNumber(day))).toEqual([0, 1])
  })

  test('U12 U9 of eighteen reports fifteen are in and three partial; what is blank is owed and estimated', () => {
    const { reports, owed, owedCount } = rowOn('closed', 'S1', half)
    expect(reports).toEqual({ expected: 18, in: 15, partial: 3, missing: 0 })
    expect([owed, owedCount]).toEqual([DUE, 3])
    const { total } = rowOn('sums', 'S1', half)
    expect(total.approved).toEqual([15 * 157 + 3 * 160, 15 * 107])
    expect(total.missing).toEqual([0, 3 * 107])
  })

  test('U9 R36 blanks are not among what is usual, and pull no estimate down', () => {
    expect(usualValues(world.setting!, world.cells, 'S1', 1, dayNumber(TODAY))).toEqual(Array(15).fill(107))
    expect(usualValues(world.setting!, world.cells, 'S1', 0, dayNumber(TODAY)).slice(0, 4)).toEqual([
      160, 160, 160, 157,
    ])
  })

  test('R25 a zero is among them', () => {
    const zero = worldOf([...half, event('ReportSubmitted', { unit: 'S1', day: DUE[2]!, values: { issued: 0 } }, anna)])
    expect(usualValues(zero.setting!, zero.cells, 'S1', 1, dayNumber(TODAY)).slice(0, 2)).toEqual([0, 107])
  })

  test('R31 what follows is late by itself, and touches nothing else', () => {
    const past = after(half, anna, 'SubmitReports', {
      items: [{ unit: 'S1', day: DUE[0]!, values: { issued: 110 }, basedOn: 0, reason: 'counted' }],
    })
    expect(past.at(-1)).toMatchObject({ type: 'ReportRestated', data: { type: 'late', values: { issued: 110 } } })
    expect(figureOf(past, 'S1', DUE[0]!, 'accepted').version).toBe(figureOf(half, 'S1', DUE[0]!, 'accepted').version)
  })

  test('R20 a blank counter raises no question', () => {
    const due = { unit: 'S1', day: DUE[0]!, values: { accepted: 160 }, basedOn: 0, reason: 'issued to follow' }
    expect(() => after(before, anna, 'SubmitReports', { items: [due] })).not.toThrow()
  })
})
