import { describe, expect, test } from 'vitest'
import type { Refusal } from '../../../shared/errors.ts'
import { confirm, type Grid, annotate } from '../../../client/features/sheet/cells.ts'
import { writeRefusals, type CheckInput } from '../../../client/features/sheet/check.ts'
import { itemOf, mapRefusals, type TypedRow, withheld } from '../../../client/features/sheet/submit.ts'
import {
  aboveRow,
  day,
  figure,
  checkInput,
  type Held,
  judged,
  lineRow,
  me,
  other,
  reportOf,
  reportRow,
  setting,
  steady,
  typed,
} from './sample.ts'

const past: Held = { lines: [steady('A1', [100, 90]), steady('A2', [100, 90])] }
const codes = (r: TypedRow, counter: string) => r.cells.get(counter)?.refusals.map((f) => f.code)
const warned = (r: TypedRow, counter: string) => r.cells.get(counter)?.warnings.map((f) => f.code)
const row = (held: Held, grid: Grid, unit = 'A1', more: Partial<CheckInput> = {}) => judged(held, grid, unit, more)
const due = { today: day, due: day, lockedThrough: null }

describe('what is refused before it is sent', () => {
  test('a text that is no number keeps its suggestion, and holds the whole line back', () => {
    const r = row(past, typed(past, { 'A1/accepted': '15O8', 'A1/issued': '90' }))
    expect(codes(r, 'accepted')).toEqual(['report.notInteger'])
    expect(r.cells.get('accepted')!.suggestion).toBe(1508)
    expect(withheld(r)).toBe('refused')
  })
  test('the future, a day before the start, a locked day, a place that is not mine', () => {
    const at = (more: Partial<CheckInput>, unit = 'A1') => writeRefusals(checkInput({}, more), unit).map((f) => f.code)
    expect(at({})).toEqual([])
    expect(at({ clock: { ...due, today: '2008-03-02' } })).toEqual(['report.future'])
    expect(at({ clock: { ...due, lockedThrough: day } })).toEqual(['report.locked'])
    expect(at({}, 'B1')).toEqual(['may.outsideUnit'])
    expect(at({ me: { ...me, role: 'viewer' } })).toEqual(['may.not'])
    // the unit is one's own: it is the task that is missing
    expect(at({ me: { ...me, tasks: ['review'] } })).toEqual(['may.not'])
    expect(at({ day: '2007-12-31' })).toEqual(['unit.notStarted'])
  })
  test('case E14: a counter in dispute takes nothing, the other one does', () => {
    const claim = { value: 7, by: { id: 'me', name: 'Me' }, at: 0, version: 9 }
    const held = { reports: [reportOf('A1', figure(5, { state: 'disputed', approved: null, claim }), figure(4))] }
    const grid = typed(held, { 'A1/accepted': '6', 'A1/issued': '5' })
    const r = row(held, grid)
    expect([codes(r, 'accepted'), codes(r, 'issued')]).toEqual([['report.disputed'], []])
  })
})

describe('what is asked about', () => {
  test('far above the line’s own days; a low count only once the day is over', () => {
    expect(warned(row(past, typed(past, { 'A1/accepted': '161' })), 'accepted')).toEqual(['report.unusual'])
    expect(warned(row(past, typed(past, { 'A1/accepted': '160' })), 'accepted')).toEqual([])
    const low = typed(past, { 'A1/accepted': '39' })
    expect(warned(row(past, low), 'accepted')).toEqual([])
    expect(warned(row(past, low, 'A1', { clock: due }), 'accepted')).toEqual(['report.unusual'])
  })
  test('issued above accepted is judged with both as typed', () => {
    // so far 800 accepted, 720 issued: 81 issued more than the 0 accepted today leave 1 too many
    expect(warned(row(past, typed(past, { 'A1/accepted': '0', 'A1/issued': '81' })), 'issued')).toEqual([
      'report.exceeds',
    ])
    // accepted is still to come: there is nothing to judge by
    expect(warned(row(past, typed(past, { 'A1/issued': '81' })), 'issued')).toEqual([])
    expect(warned(row(past, typed(past, { 'A1/accepted': '1', 'A1/issued': '81' })), 'issued')).toEqual([])
  })
  test('a line goes out only when each question is confirmed', () => {
    let grid = typed(past, { 'A1/accepted': '400', 'A1/issued': '300' })
    expect(withheld(row(past, grid))).toBe('unconfirmed')
    grid = confirm(grid, 'A1/accepted', 'report.unusual', true)
    expect(withheld(row(past, grid))).toBe('unconfirmed')
    grid = confirm(grid, 'A1/issued', 'report.unusual', true)
    const r = row(past, grid)
    expect(withheld(r)).toBeNull()
    expect(itemOf(r, day).confirmed).toEqual(['report.unusual'])
    expect(withheld(row(past, confirm(grid, 'A1/issued', 'report.unusual', false)))).toBe('unconfirmed')
  })
  test('case E11: a unit above passes its base by what the lines bring together, and it is asked at the line that does it', () => {
    // coverage of district A: base 12,000
    const held: Held = { lines: [lineRow('A1'), lineRow('A2')], above: [aboveRow('A', [0, 11_990])] }
    const grid = typed(held, { 'A1/issued': '8', 'A1/accepted': '8', 'A2/issued': '3', 'A2/accepted': '3' })
    expect(warned(row(held, grid, 'A1'), 'issued')).toEqual([])
    const asked = row(held, grid, 'A2').cells.get('issued')!.warnings
    expect(asked).toMatchObject([{ code: 'report.coverageOver', params: { unit: 'A', total: 12_001, base: 12_000 } }])
    // a line that is held back brings nothing
    const blocked = typed(held, { 'A1/accepted': '8x' }, grid)
    expect(warned(row(held, blocked, 'A2'), 'issued')).toEqual([])
    // what waits on this device counts already
    const waiting = new Map([['A1/issued', 8]])
    expect(warned(row(held, typed(held, { 'A2/issued': '3' }), 'A2', { waiting }), 'issued')).toEqual([
      'report.coverageOver',
    ])
  })
  test('a withdrawal is asked nothing', () => {
    const held = { ...past, reports: [reportRow('A1', [100, 90])] }
    const r = row(held, typed(held, { 'A1/accepted': '' }))
    expect(r.cells.get('accepted')).toMatchObject({ withdrawal: true, warnings: [], value: null })
    expect(withheld(r)).toBeNull()
  })
})

describe('two people, two places', () => {
  const before: Held = { ...past, reports: [reportRow('A1', [100, 90], { version: 7 })] }
  const grid = typed(before, { 'A1/issued': '95' })
  const crossed = (held: Held, g = grid) => row(held, g).cells.get('issued')!.crossed
  const now = (issued: Parameters<typeof figure>[1], value = 92): Held => ({
    reports: [reportOf('A1', figure(100, { version: 7 }), figure(value, issued))],
  })
  const mine = { id: 'me', name: 'Me' }

  test('another’s change of the same counter holds the line back until it is decided', () => {
    expect(crossed(now({ version: 50 }))).toBe('conflict')
    expect(withheld(row(now({ version: 50 }), grid))).toBe('crossed')
    const rebased = annotate(grid, ['A1/issued'], { basis: { value: 92, version: 50 } })
    expect(crossed(now({ version: 50 }), rebased)).toBeNull()
    const contest = annotate(grid, ['A1/issued'], { contest: true })
    expect(crossed(now({ version: 50 }), contest)).toBeNull()
    expect(itemOf(row(now({ version: 50 }), contest), day).basedOn).toEqual({ issued: 7 })
  })
  test('case E14: a change of another counter is no conflict', () => {
    const held = { reports: [reportOf('A1', figure(101, { version: 50 }), figure(90, { version: 7 }))] }
    expect(crossed(held)).toBeNull()
  })
  test('finding R6: somebody in between is a conflict though the last change was my own', () => {
    expect(crossed(now({ version: 60, by: mine, foreign: 50 }))).toBe('conflict')
  })
  test('my own newer figure from elsewhere is not overwritten unseen', () => {
    expect(crossed(now({ version: 60, by: mine, foreign: 0 }))).toBe('stale')
    expect(crossed(now({ version: 60, by: mine }, 95))).toBeNull()
  })
  test('a withdrawal has to have seen what it takes back', () => {
    const taken = typed(before, { 'A1/issued': '' })
    expect(crossed(before, taken)).toBeNull()
    expect(crossed(now({ version: 50 }), taken)).toBe('stale')
  })
  test('what the server called stale is decided with both values, not typed again', () => {
    const refusal: Refusal = { code: 'report.stale', params: { standing: 92, sent: 95 }, at: 'items.0.values.issued' }
    const command = { kind: 'SubmitReports' as const, data: { items: [itemOf(row(before, grid), day)] } }
    const verdict = mapRefusals(command, [refusal])
    const cell = judged(before, grid, 'A1', { verdict }).cells.get('issued')!
    expect([cell.refusals, cell.crossed]).toEqual([[], 'stale'])
  })
  test('typing upon a waiting command is crossed by nobody before it is answered', () => {
    const upon = annotate(grid, ['A1/issued'], { basis: { value: 93, version: 7, command: 'c1' } })
    expect(crossed(now({ version: 50, by: other }), upon)).toBeNull()
  })
})

test('cells that a waiting command carries are not judged again', () => {
  const grid = typed(past, { 'A1/accepted': '900', 'A1/issued': '5x' })
  const cells = judged(past, grid, 'A1', { covered: new Set(['A1/accepted']) }).cells
  expect([...cells.keys()]).toEqual(['issued'])
})

test('the programme of the tests has the counters that they name', () => {
  expect(setting.programme.counters.map((c) => c.key)).toEqual(['accepted', 'issued'])
})
