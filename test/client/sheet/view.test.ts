import { describe, expect, test } from 'vitest'
import { emptyGrid, type Grid, mark } from '../../../client/features/sheet/cells.ts'
import { checkRow, closedTo, noVerdict, type Verdict } from '../../../client/features/sheet/check.ts'
import { todosOf } from '../../../client/features/sheet/todo.ts'
import { type LineInput, type LineView, lineView, sumsOf } from '../../../client/features/sheet/view.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import { frame, grounds, reportRow, steady, storedOf, typed } from './sample.ts'

const day = '2008-03-03'
type More = Partial<Pick<LineInput, 'sending' | 'sent'>> & { locked?: string; closed?: string; today?: string }

function line(rows: ReportRow[], grid: Grid = emptyGrid, more: More = {}, unit = 'A1', on = day): LineView {
  const { locked = null, closed = '2008-02-29', today = day, ...rest } = more
  const g = grounds(rows, on, { clock: { today, lockedThrough: locked }, closed })
  const stored = storedOf(rows, unit, on)
  return lineView({
    frame,
    day: on,
    now: { due: closed },
    typed: { unit, stored, cells: checkRow(g, unit, grid.edits, stored) },
    report: rows.find((r) => r.unit === unit && r.day === on),
    closed: closedTo(g, unit),
    sending: new Set(),
    sent: new Map(),
    ...rest,
  })
}
const states = (view: LineView) => view.cells.map((c) => c.state)

describe('states of cells', () => {
  const stands = [reportRow('A1', day, [0, null])]
  test('zero stands, blank is missing', () => {
    const view = line(stands)
    expect(states(view)).toEqual(['accepted', 'blank'])
    expect(view.cells.map((c) => [c.text, c.value])).toEqual([
      ['0', 0],
      ['', null],
    ])
  })
  test('typed, refused, warned, kept, on its way, arrived', () => {
    const past = steady('A1', day, 8, [100, 90])
    const one = (text: string, f = (g: Grid) => g, more: More = {}) =>
      line(past, f(typed(past, day, { 'A1/accepted': text })), more).cells[0]!
    expect(one('95').state).toBe('typed')
    expect(one('95x')).toMatchObject({ state: 'refused', text: '95x', value: null })
    expect(one('950').state).toBe('warned')
    expect(one('95', (g) => mark(g, ['A1/accepted'], { kept: true })).state).toBe('kept')
    expect(one('95', undefined, { sending: new Set(['A1/accepted']) })).toMatchObject({
      state: 'sending',
      editable: false,
    })
    expect(line(past, emptyGrid, { sent: new Map([['A1/accepted', 95]]) }).cells[0]).toMatchObject({
      state: 'accepted',
      text: '95',
      value: 95,
    })
  })
  test('locked, read-only, disputed where the claims differ', () => {
    expect(states(line(stands, emptyGrid, { locked: day }))).toEqual(['locked', 'locked'])
    expect(states(line([], emptyGrid, {}, 'B1'))).toEqual(['shut', 'shut'])
    const claim = { values: [5, 7], by: { id: 'me', name: 'Me' }, at: '' }
    const disputed = line([reportRow('A1', day, [5, 6], { state: 'disputed', claim })])
    expect(states(disputed)).toEqual(['accepted', 'disputed'])
    expect(disputed.cells.every((c) => !c.editable)).toBe(true)
  })
})

describe('words of lines', () => {
  const word = (...args: Parameters<typeof line>) => line(...args).word
  test('of what stands', () => {
    expect(word([reportRow('A1', day, [1, 1])])).toBe('approved')
    expect(word([])).toBe('open')
    expect(word([], emptyGrid, { closed: day })).toBe('missing')
    expect(word([], emptyGrid, {}, 'A1', '2008-03-02')).toBe('off')
    expect(word([], emptyGrid, {}, 'B2', '2008-01-31')).toBe('notStarted')
  })
  test('of the typing', () => {
    expect(word([], typed([], day, { 'A1/accepted': '5' }))).toBe('unsent')
    expect(word([], typed([], day, { 'A1/accepted': '5o' }))).toBe('refused')
    const grid = typed([], day, { 'A1/accepted': '5' })
    expect(word([], grid, { sending: new Set(['A1/accepted']) })).toBe('sending')
  })
})

test('sums of columns: blanks are left out, a blank column has none', () => {
  const rows = [reportRow('A1', day, [5, null]), reportRow('A2', day, [0, null])]
  expect(sumsOf([line(rows), line(rows, typed(rows, day, { 'A2/accepted': '7' }), {}, 'A2')])).toEqual([12, null])
  expect(sumsOf([])).toEqual([])
})

describe('what wants the person', () => {
  const kinds = (lines: LineView[], verdict: Verdict = noVerdict) =>
    todosOf(lines, verdict).map((t) => `${t.kind} ${t.unit}${'counter' in t ? `/${t.counter}` : ''}`)

  test('gravest first', () => {
    const past = [...steady('A1', day, 8, [100, 90]), ...steady('A2', day, 8, [100, 90])]
    const grid = typed(past, day, { 'A1/accepted': '900', 'A2/accepted': '1oo' })
    expect(kinds([line(past, grid), line(past, grid, {}, 'A2')])).toEqual(['refused A2/accepted', 'warned A1/accepted'])
  })
  test('a street that was locked while typed is one thing, not one for each cell', () => {
    const grid = typed([], day, { 'A1/accepted': '5', 'A1/issued': '5' })
    expect(kinds([line([], grid, { locked: day })])).toEqual(['line A1'])
  })
  test('what the server said of a street stays until it is sent again', () => {
    const grid = typed([], day, { 'A1/accepted': '5' })
    const rows = new Map([['A1', [{ code: 'report.typeRequired' as const }]]])
    expect(kinds([line([], grid)], { cells: new Map(), rows })).toEqual(['line A1'])
    expect(kinds([line([])], { cells: new Map(), rows })).toEqual([])
  })
  test('another’s change shows what it was, what is mine, what is theirs', () => {
    const before = [reportRow('A1', day, [10, 5], { version: 7 })]
    const grid = typed(before, day, { 'A1/issued': '6' })
    const now = [reportRow('A1', day, [10, 8], { version: 9 })]
    expect(todosOf([line(now, grid)], noVerdict)).toEqual([
      {
        kind: 'conflict',
        unit: 'A1',
        counter: 'issued',
        base: 5,
        mine: 6,
        theirs: 8,
        by: { id: 'other', name: 'Other' },
        at: '2008-01-02T09:00:00.000Z',
      },
    ])
  })
  test('a dispute names the counters that differ', () => {
    const claim = { values: [5, 7], by: { id: 'me', name: 'Me' }, at: '' }
    const rows = [reportRow('A1', day, [5, 6], { state: 'disputed', claim })]
    expect(todosOf([line(rows)], noVerdict)).toMatchObject([{ kind: 'disputed', unit: 'A1', counters: ['issued'] }])
  })
})
