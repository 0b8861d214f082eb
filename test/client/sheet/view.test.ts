import { describe, expect, test } from 'vitest'
import { emptyGrid, type Grid, annotate } from '../../../client/features/sheet/cells.ts'
import { noVerdict, type Verdict } from '../../../client/features/sheet/check.ts'
import { CELL_ICON, LEGEND, pointScale } from '../../../client/features/sheet/look.ts'
import { type TodoInput, todosOf } from '../../../client/features/sheet/todo.ts'
import { breakdownsOf, CELL_STATES, type LineView, shownIn, sumsOf } from '../../../client/features/sheet/view.ts'
import { settingOf } from '../../../shared/domain/world.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import type { AskedQuestion } from '../../../shared/view/asked.ts'
import { tinyProgramme } from '../../support/programme.ts'
import {
  day,
  figure,
  type Held,
  line,
  offerRow,
  offerSide,
  other,
  reportOf,
  reportRow,
  setting,
  steady,
  typed,
} from './sample.ts'

const states = (view: LineView) => view.cells.map((c) => c.state)
const due = { today: day, due: day, lockedThrough: null }
const locked = { ...due, lockedThrough: day }
const mine = { id: 'me', name: 'Me' }
const claim = { value: 7, by: mine, at: 2_000, version: 9 }

describe('states of cells', () => {
  const stands: Held = { reports: [reportRow('A1', [0, null])] }
  test('zero stands, blank is missing', () => {
    const view = line(stands)
    expect(states(view)).toEqual(['accepted', 'blank'])
    expect(view.cells.map((c) => [c.text, c.value])).toEqual([
      ['0', 0],
      ['', null],
    ])
  })
  test('typed, refused, warned, kept, to be withdrawn', () => {
    const past: Held = { lines: [steady('A1', [100, 90])] }
    const one = (text: string, f = (g: Grid) => g) => line(past, f(typed(past, { 'A1/accepted': text }))).cells[0]!
    expect(one('95').state).toBe('typed')
    expect(one('95x')).toMatchObject({ state: 'refused', text: '95x', value: null })
    expect(one('950').state).toBe('warned')
    expect(one('95', (g) => annotate(g, ['A1/accepted'], { kept: true })).state).toBe('kept')
    expect(line(stands, typed(stands, { 'A1/accepted': '' })).cells[0]).toMatchObject({
      state: 'withdrawn',
      text: '',
      value: null,
    })
  })
  test('waiting on this device, out, arrived', () => {
    const grid = typed({}, { 'A1/accepted': '95' })
    const on = (out: boolean, value: number | null = 95) => {
      const onItsWay = new Map([['A1/accepted', { value, out }]])
      return line({}, grid, { onItsWay, covered: new Set(['A1/accepted']) }).cells[0]
    }
    expect(on(false)).toMatchObject({ state: 'kept', text: '95', value: 95, editable: true })
    expect(on(true)).toMatchObject({ state: 'sending', editable: true })
    expect(line({}, emptyGrid, { sent: new Map([['A1/accepted', 95]]) }).cells[0]).toMatchObject({
      state: 'accepted',
      text: '95',
      value: 95,
    })
    const gone = line(stands, emptyGrid, { sent: new Map([['A1/accepted', null]]) }).cells[0]
    expect(gone).toMatchObject({ state: 'blank', text: '' })
  })
  test('typed over a command that waits: the newer text is shown, and is to be sent', () => {
    const onItsWay = new Map([['A1/accepted', { value: 95, out: false }]])
    const view = line({}, typed({}, { 'A1/accepted': '96' }), { onItsWay })
    expect([view.cells[0]!.state, view.cells[0]!.value, view.word]).toEqual(['typed', 96, 'unsent'])
  })
  test('locked, read-only; a dispute is of one counter', () => {
    expect(states(line(stands, emptyGrid, { clock: locked }))).toEqual(['locked', 'locked'])
    expect(states(line({}, emptyGrid, {}, 'B1'))).toEqual(['shut', 'shut'])
    const disputed = line({ reports: [reportOf('A1', figure(5), figure(6, { state: 'disputed', claim }))] })
    expect(states(disputed)).toEqual(['accepted', 'disputed'])
    expect(disputed.cells.map((c) => c.editable)).toEqual([true, false])
  })
  test('P5 what a lock has carried over is given anew while it is returned, and nothing else of its day', () => {
    const returned = { reason: 'why?', by: other, at: 5_000 }
    const back = { state: 'returned', approved: null, returned } as const
    const held: Held = {
      reports: [reportOf('A1', figure(5, { ...back, carried: true }), figure(6, back))],
    }
    const lock = { clock: locked, due: locked }
    const view = line(held, emptyGrid, lock)
    expect(view.cells.map((c) => [c.state, c.editable])).toEqual([
      ['returned', true],
      ['locked', false],
    ])
    const kinds = (grid: Grid) =>
      todosOf({ lines: [line(held, grid, lock)], verdict: noVerdict, offers: [], due: true }).map(({ kind }) => kind)
    expect(kinds(emptyGrid)).toEqual(['returned'])
    expect(kinds(typed(held, { 'A1/accepted': '4' }))).toEqual([])
    expect(kinds(typed(held, { 'A1/issued': '4' }))).toEqual(['line', 'returned'])
    const waiting = reportOf('A1', figure(5, { state: 'submitted', approved: 4, carried: true }), figure(6))
    expect(line({ reports: [waiting] }, emptyGrid, lock).cells.map((c) => c.state)).toEqual(['locked', 'locked'])
  })
  test('a newer value waits beside the approved one, and so does a withdrawal; a first value is only received', () => {
    const view = line({
      reports: [
        reportOf(
          'A1',
          figure(120, { approved: 100, state: 'submitted' }),
          figure(5, { approved: null, state: 'submitted' }),
        ),
        reportOf('A2', figure(null, { approved: 100, state: 'submitted', version: 9 }), figure(1)),
      ],
    })
    expect(states(view)).toEqual(['waiting', 'accepted'])
    expect(view.cells.map((c) => c.beside)).toEqual([100, null])
    const withdrawn = line(
      { reports: [reportOf('A2', figure(null, { approved: 100, state: 'submitted', version: 9 }), figure(1))] },
      emptyGrid,
      {},
      'A2',
    )
    expect(withdrawn.cells[0]).toMatchObject({ state: 'waiting', text: '', value: null, beside: 100 })
  })
  test('finding H2: a figure confirmed against a question keeps its mark, until it is typed over', () => {
    const held: Held = { reports: [reportOf('A1', figure(900, { confirmed: ['report.unusual'] }), figure(1))] }
    expect(line(held).cells.map((c) => c.confirmed)).toEqual([true, false])
    expect(line(held, typed(held, { 'A1/accepted': '90' })).cells[0]!.confirmed).toBe(false)
  })
  test('the legend explains every state that has a sign', () => {
    expect(new Set(LEGEND)).toEqual(new Set(CELL_STATES.filter((s) => CELL_ICON[s] !== null)))
  })
})

test('U7 the foot of the sheet has each column by its parts, ups and downs apart, without what is typed', () => {
  const submitted = (approved: number | null) => ({ approved, state: 'submitted' as const })
  const held: Held = {
    reports: [
      reportOf('A1', figure(120, submitted(100)), figure(80, submitted(90))),
      reportOf('A2', figure(30, submitted(null)), figure(5, { state: 'disputed', claim })),
    ],
  }
  const typing = typed(held, { 'A1/accepted': '999' })
  const lines = ['A1', 'A2', 'A3'].map((unit) => line(held, typing, {}, unit))
  expect(breakdownsOf(lines, (unit, i) => (unit === 'A3' && i === 0 ? 7 : 0))).toEqual([
    { ...NO_BREAKDOWN, approved: 100, waiting: { up: 50, down: 0 }, missing: 7 },
    { ...NO_BREAKDOWN, approved: 95, waiting: { up: 0, down: 10 }, disputed: { up: 2, down: 0 } },
  ])
})

describe('words of lines', () => {
  const word = (...args: Parameters<typeof line>) => line(...args).word
  test('of what stands', () => {
    expect(word({ reports: [reportRow('A1', [1, 1])] })).toBe('approved')
    expect(word({})).toBe('open')
    expect(word({}, emptyGrid, { clock: due })).toBe('missing')
    expect(word({}, emptyGrid, { day: '2008-03-02' })).toBe('off')
    expect(word({}, emptyGrid, { day: '2008-01-31' }, 'B2')).toBe('notStarted')
  })
  test('case E9: half a report is partial, and says what is blank', () => {
    const half = line({ reports: [reportRow('A1', [160, null])] }, emptyGrid, { clock: due })
    expect([half.word, half.standing, half.blank]).toEqual(['partial', 'partial', ['issued']])
    const zero = line({ reports: [reportRow('A1', [160, 0])] }, emptyGrid, { clock: due })
    expect([zero.word, zero.standing, zero.blank]).toEqual(['approved', 'in', []])
    // nothing is expected on a day off: nothing is lacking
    const off = line({ reports: [reportRow('A1', [1, null])] }, emptyGrid, { day: '2008-03-02' })
    expect([off.word, off.standing]).toEqual(['approved', null])
  })
  test('of the typing', () => {
    expect(word({}, typed({}, { 'A1/accepted': '5' }))).toBe('unsent')
    expect(word({}, typed({}, { 'A1/accepted': '5o' }))).toBe('refused')
    const on = (out: boolean) => ({
      onItsWay: new Map([['A1/accepted', { value: 5, out }]]),
      covered: new Set(['A1/accepted']),
    })
    expect(word({}, typed({}, { 'A1/accepted': '5' }), on(true))).toBe('sending')
    expect(word({}, typed({}, { 'A1/accepted': '5' }), on(false))).toBe('unsent')
  })
})

test('sums of columns: blanks are left out, a refused text leaves what stands, a withdrawal takes away', () => {
  const held: Held = { reports: [reportRow('A1', [5, null]), reportRow('A2', [3, null])] }
  const both = (grid: Grid) => [line(held, grid), line(held, grid, {}, 'A2')]
  expect(sumsOf(both(typed(held, { 'A2/accepted': '7' })))).toEqual([12, null])
  expect(sumsOf(both(typed(held, { 'A2/accepted': '7x' })))).toEqual([8, null])
  expect(sumsOf(both(typed(held, { 'A2/accepted': '' })))).toEqual([5, null])
  expect([sumsOf([]), shownIn(undefined)]).toEqual([[], null])
})

test('U7 sums of columns count what is approved until its withdrawal is approved', () => {
  const back = figure(null, { approved: 40, state: 'returned', version: 9 })
  const held: Held = { reports: [reportOf('A1', back, figure(3)), reportRow('A2', [3, null])] }
  expect(sumsOf([line(held), line(held, emptyGrid, {}, 'A2')])).toEqual([43, 3])
})

describe('what wants the person', () => {
  const todos = (lines: LineView[], more: Partial<TodoInput> = {}) =>
    todosOf({ lines, verdict: noVerdict, offers: [], due: false, ...more })
  const kinds = (lines: LineView[], more: Partial<TodoInput> = {}) =>
    todos(lines, more).map((t) => `${t.kind} ${t.unit}${'counter' in t ? `/${t.counter}` : ''}`)

  test('gravest first', () => {
    const past: Held = { lines: [steady('A1', [100, 90]), steady('A2', [100, 90])] }
    const grid = typed(past, { 'A1/accepted': '900', 'A2/accepted': '1oo' })
    const lines = [line(past, grid), line(past, grid, {}, 'A2')]
    expect(kinds(lines, { offers: [offerRow()] })).toEqual(['refused A2/accepted', 'offer A2', 'warned A1/accepted'])
  })
  test('R44 R52 an open question about a figure comes last, and goes while something else is typed or when it is answered', () => {
    const held: Held = { reports: [reportRow('A1', [5, 9])] }
    const asked: AskedQuestion = {
      ...{ code: 'order', counter: 1, version: 3 },
      evidence: { totals: [5, 9], within: 0, excess: 4, before: 0 },
    }
    const of = (question: AskedQuestion) => ({ questions: () => [question] })
    expect(kinds([line(held)], of(asked))).toEqual(['question A1/issued'])
    expect(kinds([line(held, typed(held, { 'A1/issued': '4' }))], of(asked))).toEqual([])
    expect(kinds([line(held)], of({ ...asked, confirmed: true }))).toEqual([])
    const answer = { text: 'late in', by: { id: 'lin', name: '林' }, at: 5 }
    expect(kinds([line(held)], of({ ...asked, answer }))).toEqual([])
    expect(kinds([line(held, emptyGrid, { clock: locked })], of(asked))).toEqual([])
  })
  test('a line that was locked while typed is one thing, not one for each cell', () => {
    const grid = typed({}, { 'A1/accepted': '5', 'A1/issued': '5' })
    expect(kinds([line({}, grid, { clock: locked })])).toEqual(['line A1'])
  })
  test('case E10: typing for a unit that has ended is kept and names the one that carries it on', () => {
    const programme = tinyProgramme()
    const units = programme.units.map((u) => (u.code === 'A1' ? { ...u, endsOn: '2008-02-29', into: 'A2' } : u))
    const view = line({}, typed({}, { 'A1/accepted': '5' }), {
      setting: settingOf({ ...programme, units }, 'simulated'),
    })
    expect(todos([view])).toMatchObject([{ kind: 'line', unit: 'A1', into: 'A2', refusals: [{ code: 'unit.ended' }] }])
    expect(view.cells[0]!.text).toBe('5')
  })
  test('what the server said of a line stays until it is sent again', () => {
    const grid = typed({}, { 'A1/accepted': '5' })
    const verdict: Verdict = { cells: new Map(), rows: new Map([['A1', [{ code: 'report.typeRequired' }]]]) }
    expect(kinds([line({}, grid)], { verdict })).toEqual(['line A1'])
    expect(kinds([line({})], { verdict })).toEqual([])
  })
  test('another’s change shows what it was, what is mine, what is theirs', () => {
    const before: Held = { reports: [reportRow('A1', [10, 5], { version: 7 })] }
    const grid = typed(before, { 'A1/issued': '6' })
    const now: Held = { reports: [reportOf('A1', figure(10, { version: 7 }), figure(8, { version: 9 }))] }
    expect(todos([line(now, grid)])).toEqual([
      { kind: 'conflict', unit: 'A1', counter: 'issued', base: 5, mine: 6, theirs: 8, by: other, at: 1_000 },
    ])
  })
  test('one’s own newer figure shows both values', () => {
    const before: Held = { reports: [reportRow('A1', [10, 5], { version: 7 })] }
    const grid = typed(before, { 'A1/issued': '6' })
    const now: Held = { reports: [reportOf('A1', figure(10), figure(8, { version: 9, by: mine }))] }
    expect(todos([line(now, grid)])).toEqual([
      { kind: 'stale', unit: 'A1', counter: 'issued', mine: 6, standing: 8, at: 1_000 },
    ])
  })
  test('case E14: a dispute is one counter with two values', () => {
    const reports = [reportOf('A1', figure(5), figure(6, { state: 'disputed', claim, approved: null }))]
    expect(todos([line({ reports })])).toMatchObject([
      { kind: 'disputed', unit: 'A1', counter: 'issued', figure: { value: 6, claim: { value: 7 } } },
    ])
  })
  test('what was returned, with who and why; figures to be withdrawn; blanks once the day is due', () => {
    const returned = { reason: 'twice', by: other, at: 5 }
    const back: Held = { reports: [reportOf('A1', figure(5, { state: 'returned', returned }), figure(6))] }
    expect(todos([line(back)])).toEqual([
      { kind: 'returned', unit: 'A1', counters: ['accepted'], returned, withdrawal: false },
    ])
    const stands: Held = { reports: [reportRow('A1', [5, 6])] }
    expect(todos([line(stands, typed(stands, { 'A1/accepted': '', 'A1/issued': '' }))])).toEqual([
      { kind: 'withdrawn', unit: 'A1', counters: ['accepted', 'issued'] },
    ])
    const half: Held = { reports: [reportRow('A1', [5, null])] }
    expect(kinds([line(half)])).toEqual([])
    expect(todos([line(half, emptyGrid, { clock: due })], { due: true })).toEqual([
      { kind: 'partial', unit: 'A1', counters: ['issued'] },
    ])
  })
  test('C11 what a report leaves blank is wanted whatever its other figures are, until it is typed', () => {
    const returned = { reason: 'twice', by: other, at: 5 }
    const back: Held = { reports: [reportOf('A1', figure(5, { state: 'returned', returned }), figure(null))] }
    const shown = line(back, emptyGrid, { clock: due })
    expect([shown.word, shown.standing]).toEqual(['returned', 'partial'])
    expect(kinds([shown], { due: true })).toEqual(['returned A1', 'partial A1'])
    const filled = line(back, typed(back, { 'A1/issued': '4' }), { clock: due })
    expect(kinds([filled], { due: true })).not.toContain('partial A1')
  })
  test('K3 figures of one answer are returned together, a withdrawal for itself', () => {
    const returned = { reason: 'twice', by: other, at: 5 }
    const back = { state: 'returned' as const, returned }
    const both: Held = { reports: [reportOf('A1', figure(5, back), figure(null, { ...back, approved: 6 }))] }
    expect(todos([line(both)])).toEqual([
      { kind: 'returned', unit: 'A1', counters: ['accepted'], returned, withdrawal: false },
      { kind: 'returned', unit: 'A1', counters: ['issued'], returned, withdrawal: true },
    ])
    const later = { ...returned, at: 6 }
    const apart: Held = { reports: [reportOf('A1', figure(5, back), figure(6, { ...back, returned: later }))] }
    expect(todos([line(apart)])).toHaveLength(2)
    const one: Held = { reports: [reportOf('A1', figure(5, back), figure(6, back))] }
    expect(todos([line(one)])).toMatchObject([{ counters: ['accepted', 'issued'] }])
  })
  test('an offer stands at the line that it comes to, else at the one it would leave', () => {
    expect(todos([line({})], { offers: [offerRow({ to: offerSide('B1') })] })[0]!.unit).toBe('A1')
    const here = offerRow({ from: offerSide('B1'), to: offerSide('A1') })
    expect(todos([line({})], { offers: [here] })[0]!.unit).toBe('A1')
  })
})

test('a scale of points holds the path and the severe line, and gives way to no single far one', () => {
  expect(pointScale([], -5)).toEqual({ low: -7, high: 3 })
  expect(pointScale([-8.2, 4.1], -5)).toEqual({ low: -9, high: 5 })
  expect(pointScale([-60, 90], -5)).toEqual({ low: -17, high: 15 })
  expect(setting.programme.pace.severe).toBe(-5)
})
