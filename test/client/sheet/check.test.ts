import { describe, expect, test } from 'vitest'
import { checkRow, closedTo, type Grounds } from '../../../client/features/sheet/check.ts'
import { confirm, type Grid, mark } from '../../../client/features/sheet/cells.ts'
import {
  itemOf,
  keysOf,
  likelyType,
  mapRefusals,
  type TypedRow,
  withheld,
} from '../../../client/features/sheet/submit.ts'
import { frame, grounds, me, reportRow, steady, storedOf, typed } from './sample.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import type { Refusal } from '../../../shared/errors.ts'

const day = '2008-03-03'
const past = steady('A1', day, 8, [100, 90])

function row(rows: ReportRow[], grid: Grid, with_: Partial<Grounds> = {}, unit = 'A1'): TypedRow {
  const stored = storedOf(rows, unit, day)
  return { unit, stored, cells: checkRow(grounds(rows, day, with_), unit, grid.edits, stored) }
}
const codes = (r: TypedRow, counter: string) => r.cells.get(counter)?.refusals.map((f) => f.code)
const warned = (r: TypedRow, counter: string) => r.cells.get(counter)?.warnings.map((f) => f.code)

describe('what is refused before it is sent', () => {
  test('a text that is no number keeps its suggestion, and holds the whole street back', () => {
    const r = row(past, typed(past, day, { 'A1/accepted': '15O8', 'A1/issued': '90' }))
    expect(codes(r, 'accepted')).toEqual(['report.notInteger'])
    expect(r.cells.get('accepted')!.suggestion).toBe(1508)
    expect(withheld(r)).toBe('refused')
  })
  test('the future, a day before the start, a locked day, a place that is not mine, a disputed report', () => {
    const at = (g: Partial<Grounds>, unit = 'A1') => closedTo(grounds([], day, g), unit).map((f) => f.code)
    expect(at({})).toEqual([])
    expect(at({ clock: { today: '2008-03-02', lockedThrough: null } })).toEqual(['report.future'])
    expect(at({ clock: { today: day, lockedThrough: day } })).toEqual(['report.locked'])
    expect(at({}, 'B1')).toEqual(['may.outsideUnit'])
    expect(at({ me: { ...me, role: 'viewer' } })).toEqual(['may.outsideUnit'])
    expect(at({ day: '2007-12-31' })).toEqual(['unit.notStarted'])
    const disputed = [reportRow('A1', day, [1, 1], { state: 'disputed' })]
    expect(closedTo(grounds(disputed, day), 'A1').map((f) => f.code)).toEqual(['report.disputed'])
  })
})

describe('what is asked about', () => {
  test('far above the street’s own days; a low count only once the day is over', () => {
    expect(warned(row(past, typed(past, day, { 'A1/accepted': '161' })), 'accepted')).toEqual(['report.unusual'])
    expect(warned(row(past, typed(past, day, { 'A1/accepted': '160' })), 'accepted')).toEqual([])
    const low = typed(past, day, { 'A1/accepted': '39' })
    expect(warned(row(past, low), 'accepted')).toEqual([])
    const over = grounds(past, day, { closed: day })
    expect(checkRow(over, 'A1', low.edits, storedOf(past, 'A1', day)).get('accepted')!.warnings).toHaveLength(1)
  })
  test('issued above accepted is judged with both as typed', () => {
    // so far 800 accepted, 720 issued: 81 issued more than the 0 accepted today leave 1 too many
    expect(warned(row(past, typed(past, day, { 'A1/issued': '81' })), 'issued')).toEqual(['report.exceeds'])
    expect(warned(row(past, typed(past, day, { 'A1/accepted': '1', 'A1/issued': '81' })), 'issued')).toEqual([])
  })
  test('a street goes out only when each question is ticked', () => {
    let grid = typed(past, day, { 'A1/accepted': '400', 'A1/issued': '300' })
    expect(withheld(row(past, grid))).toBe('unconfirmed')
    grid = confirm(grid, 'A1/accepted', 'report.unusual', true)
    expect(withheld(row(past, grid))).toBe('unconfirmed')
    grid = confirm(grid, 'A1/issued', 'report.unusual', true)
    const r = row(past, grid)
    expect(withheld(r)).toBeNull()
    expect(itemOf(r, day).confirmed).toEqual(['report.unusual'])
    grid = confirm(grid, 'A1/issued', 'report.unusual', false)
    expect(withheld(row(past, grid))).toBe('unconfirmed')
  })
})

describe('the command', () => {
  const stands = [...past, reportRow('A1', day, [100, 90], { version: 40, by: { id: 'other', name: 'Other' } })]

  test('carries changed cells only, based on what is shown', () => {
    const r = row(stands, typed(stands, day, { 'A1/issued': '95' }))
    expect(itemOf(r, day)).toEqual({ unit: 'A1', day, values: { issued: 95 }, basedOn: 40 })
  })
  test('a change to another cell of the report does not cross mine: it is based on what is shown now', () => {
    const grid = typed(stands, day, { 'A1/issued': '95' })
    const now = [...past, reportRow('A1', day, [104, 90], { version: 50 })]
    expect(withheld(row(now, grid))).toBeNull()
    expect(itemOf(row(now, grid), day).basedOn).toBe(50)
  })
  test('a change to my cell holds the street back until it is decided', () => {
    const grid = typed(stands, day, { 'A1/issued': '95' })
    const now = [...past, reportRow('A1', day, [100, 92], { version: 50 })]
    expect(withheld(row(now, grid))).toBe('conflict')
    const mine = mark(grid, ['A1/issued'], { base: 92, version: 50 })
    expect(withheld(row(now, mine))).toBeNull()
    expect(itemOf(row(now, mine), day).basedOn).toBe(50)
    const contest = mark(grid, ['A1/issued'], { contest: true })
    expect(withheld(row(now, contest))).toBeNull()
    expect(itemOf(row(now, contest), day).basedOn).toBe(40)
  })
  test('the likeliest meaning of a change after the day', () => {
    expect(likelyType(row(past, typed(past, day, { 'A1/issued': '95' })))).toBe('late')
    expect(likelyType(row(stands, typed(stands, day, { 'A1/issued': '95' })))).toBe('corrected')
    expect(likelyType(row(stands, typed(stands, day, { 'A1/issued': '85' })))).toBe('reduced')
    expect(likelyType(row(stands, typed(stands, day, { 'A1/issued': '85', 'A1/accepted': '101' })))).toBe('corrected')
  })
  test('type and reason go with it', () => {
    const r = row(stands, typed(stands, day, { 'A1/issued': '95' }))
    expect(itemOf(r, day, { type: 'corrected', reason: 'night desk' })).toMatchObject({
      type: 'corrected',
      reason: 'night desk',
    })
  })
})

describe('the answer', () => {
  const items = [
    { unit: 'A1', day, values: { accepted: 1, issued: 2 }, basedOn: 0 },
    { unit: 'A2', day, values: { issued: 3 }, basedOn: 0 },
  ]
  test('refusals come back to their cells, streets or the sheet', () => {
    const refusals: Refusal[] = [
      { code: 'report.unusual', at: 'items.0.values.issued', level: 'warning' },
      { code: 'report.tooLarge', at: 'items.0.values.issued' },
      { code: 'report.locked', at: 'items.1.day' },
      { code: 'report.disputed', at: 'items.1' },
      { code: 'counter.unknown', at: 'items.1.values.nothing' },
      { code: 'report.reasonRequired', at: 'items.0.reason' },
      { code: 'input.required', at: 'items.9.day' },
      { code: 'command.busy' },
    ]
    const { cells, rows, sheet } = mapRefusals(items, refusals)
    expect([...cells].map(([k, r]) => [k, r.map((x) => x.code)])).toEqual([
      ['A1/issued', ['report.unusual', 'report.tooLarge']],
    ])
    expect([...rows].map(([k, r]) => [k, r.map((x) => x.code)])).toEqual([
      ['A2', ['report.locked', 'report.disputed', 'counter.unknown']],
      ['A1', ['report.reasonRequired']],
    ])
    expect(sheet.map((r) => r.code)).toEqual(['input.required', 'command.busy'])
  })
  test('none is lost on the way', () => {
    const refusals: Refusal[] = ['items.0', 'items.0.values', 'items.1.values.issued', 'items', ''].map((at) => ({
      code: 'input.invalid',
      at,
    }))
    const { cells, rows, sheet } = mapRefusals(items, refusals)
    const count = [...cells.values(), ...rows.values()].reduce((n, l) => n + l.length, 0) + sheet.length
    expect(count).toBe(refusals.length)
  })
  test('what the server asks is asked in the cell until it is typed anew or ticked', () => {
    const verdict = mapRefusals(items, [{ code: 'report.coverageOver', at: 'items.1.values.issued', level: 'warning' }])
    const grid = typed([], day, { 'A2/accepted': '3', 'A2/issued': '3' })
    const cell = checkRow(grounds([], day), 'A2', grid.edits, storedOf([], 'A2', day), verdict).get('issued')!
    expect(cell.open.map((w) => w.code)).toEqual(['report.coverageOver'])
  })
  test('the cells of a command', () => expect(keysOf(items)).toEqual(['A1/accepted', 'A1/issued', 'A2/issued']))
})

test('the frame of the tests has the counters that they name', () => {
  expect(frame.programme.counters.map((c) => c.key)).toEqual(['accepted', 'issued'])
})
