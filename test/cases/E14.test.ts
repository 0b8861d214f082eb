/** Two people who fill different counters of one report. */
import { describe, expect, test } from 'vitest'
import { after, events, figureOf, given as worldOf, type Past } from '../domain/given.ts'
import { anna, bela, living, office, rowOn, town } from './town.ts'

const TODAY = '2026-11-20'
const fill = (values: Record<string, number>, basedOn = 0) => ({
  items: [{ unit: 'S1', day: TODAY, values, basedOn }],
})
const state = (past: Past[], counter: string) => {
  const { value, approved, state, by } = figureOf(past, 'S1', TODAY, counter)
  return [value, approved, state, by]
}

describe('case E14', () => {
  test('D8 nobody’s figure is touched: both stand, both count', () => {
    const past = after(
      after(living(TODAY), anna, 'SubmitReports', fill({ accepted: 40 })),
      bela,
      'SubmitReports',
      fill({ issued: 25 }),
    )
    expect(state(past, 'accepted')).toEqual([40, 40, 'approved', 'anna'])
    expect(state(past, 'issued')).toEqual([25, 25, 'approved', 'bela'])
    const { cells } = worldOf(past)
    expect([cells.total('D1', 0), cells.total('D1', 1)]).toEqual([40, 25])
  })

  test('U7 C11 the page says approved, with both figures and nothing beside them', () => {
    const past = after(
      after(living(TODAY), anna, 'SubmitReports', fill({ accepted: 40 })),
      bela,
      'SubmitReports',
      fill({ issued: 25 }),
    )
    const { total, state: due } = rowOn('sums', 'S1', past)
    expect([due, total.approved, total.disputed.up]).toEqual(['approved', [40, 25], [0, 0]])
  })

  test('D8 in either order, and with a whole report where the other half is the same', () => {
    const first = after(living(TODAY), bela, 'SubmitReports', fill({ issued: 25 }))
    expect(events(first, anna, 'SubmitReports', fill({ accepted: 40, issued: 25 }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'S1', day: TODAY, values: { accepted: 40 } } },
    ])
  })

  test('D8 a dispute is about the one counter that has two values', () => {
    const first = after(living(TODAY), anna, 'SubmitReports', fill({ accepted: 40 }))
    const past = after(first, bela, 'SubmitReports', fill({ accepted: 41, issued: 25 }))
    expect(past.slice(-2).map((e) => e.type)).toEqual(['ReportSubmitted', 'ReportDisputed'])
    expect(state(past, 'accepted')).toEqual([40, null, 'disputed', 'anna'])
    expect(state(past, 'issued')).toEqual([25, 25, 'approved', 'bela'])
    expect(events(past, anna, 'SubmitReports', fill({ issued: 26 }, past.length))).toHaveLength(1)
  })

  test('D13 a value that a reviewer has approved goes on counting beside the claim', () => {
    const programme = town((p) => ({ ...p, reporting: { ...p.reporting, reviewLevels: 1 } }))
    const first = after(living(TODAY, programme), anna, 'SubmitReports', fill({ accepted: 40 }))
    const approved = after(first, office, 'ApproveReports', {
      items: [{ unit: 'S1', day: TODAY, versions: { accepted: first.length } }],
    })
    const past = after(approved, bela, 'SubmitReports', fill({ accepted: 41 }))
    expect(state(past, 'accepted')).toEqual([40, 40, 'disputed', 'anna'])
  })

  test('D8 reviewing in between makes nobody’s edit stale', () => {
    const programme = town((p) => ({ ...p, reporting: { ...p.reporting, reviewLevels: 1 } }))
    const first = after(living(TODAY, programme), anna, 'SubmitReports', fill({ accepted: 40 }))
    const approved = after(first, office, 'ApproveReports', {
      items: [{ unit: 'S1', day: TODAY, versions: { accepted: first.length } }],
    })
    expect(events(approved, anna, 'SubmitReports', fill({ accepted: 42 }, first.length)).map((e) => e.type)).toEqual([
      'ReportSubmitted',
    ])
  })
})
