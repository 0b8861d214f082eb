/** The list of what waits, the strip of days and the letters that act: pure. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { phoneWindow, stripDays, stripWindow } from '../../../client/features/sheet/strip.ts'
import type { Todo } from '../../../client/features/sheet/todo.ts'
import { workAct } from '../../../client/features/sheet/workKeys.ts'
import {
  type At,
  cellNumbers,
  type Item,
  nextOf,
  numbersOf,
  placeOf,
  worklistOf,
} from '../../../client/features/sheet/worklist.ts'
import { addDays, dayNumber, weekday } from '../../../shared/progress/day.ts'
import type { CalendarDay } from '../../../shared/view/calendar.ts'
import type { OfferRow } from '../../../shared/view/rows.ts'
import type { WorkRow } from '../../../shared/view/workRows.ts'
import { thingsIn, WORK_KINDS } from '../../../shared/view/workRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'

const UNITS = ['A1', 'A2', 'A3']
const DAY = '2008-03-03'
const row = (what: WorkRow['what'], unit: string, day: string, counters = [0, 1]): WorkRow => ({
  ...{ kind: 'work', key: rowKey.work(what, UNITS.indexOf(unit), day), unit, day, what, counters },
})
const listOf = (some: Partial<Parameters<typeof worklistOf>[0]>): Item[] =>
  worklistOf({
    ...{ day: DAY, lines: UNITS, todos: [], typed: new Set(), rows: [], offers: [], drafts: [] },
    open: { day: DAY, units: [] },
    counters: ['accepted', 'issued'],
    supervised: () => false,
    index: (unit) => UNITS.indexOf(unit),
    ...some,
  })
const refused: Todo = { kind: 'refused', unit: 'A2', counter: 'issued', text: '15O8', refusals: [], suggestion: 1508 }
const partial: Todo = { kind: 'partial', unit: 'A3', counters: ['issued'] }

describe('the list', () => {
  test('Q12 a thing of the day shown stands once, with what can be done; a report that is not there stands as a row', () => {
    const rows = [row('partial', 'A3', DAY, [1]), row('missing', 'A1', DAY), row('partial', 'A3', '2008-02-29', [1])]
    const list = listOf({ todos: [refused, partial], rows })
    expect(list.map(({ of, what, unit, day }) => [of, what, unit, day])).toEqual([
      ['todo', 'refused', 'A2', DAY],
      ['row', 'missing', 'A1', DAY],
      ['row', 'partial', 'A3', '2008-02-29'],
      ['todo', 'partial', 'A3', DAY],
    ])
    const typing = listOf({ rows: [row('missing', 'A1', DAY)], typed: new Set(['A1']) })
    expect(typing, 'somebody is at it').toEqual([])
  })

  test('Q13 what the office supervises comes before what else is missing, with all silent days of its unit', () => {
    const rows = [row('missing', 'A1', '2008-02-25'), row('missing', 'A2', '2008-02-27'), row('missing', 'A2', DAY)]
    const supervised = (unit: string, day: string) => unit === 'A2' && day === DAY
    const list = listOf({ rows: [...rows, row('returned', 'A3', '2008-02-29')], supervised })
    expect(list.map(({ what, unit, supervised: is }) => [what, unit, is])).toEqual([
      ['returned', 'A3', false],
      ['missing', 'A2', true],
      ['missing', 'A1', false],
    ])
    const here = listOf({ todos: [refused, { ...partial, unit: 'A2' }], supervised })
    expect(
      here.map((item) => item.supervised),
      'a cell that was mistyped is not what is supervised',
    ).toEqual([false, true])
  })

  test('Q12 numbers on the strip and on the cells are those of the list', () => {
    const list = listOf({ todos: [refused], rows: [row('missing', 'A1', '2008-02-29'), row('missing', 'A3', DAY)] })
    expect([...numbersOf(list)]).toEqual([
      [DAY, [1, 3]],
      ['2008-02-29', [2]],
    ])
    expect([...cellNumbers(list, DAY, ['accepted', 'issued'])]).toEqual([
      ['A2/issued', 1],
      ['A3/accepted', 3],
    ])
  })

  test('Q13 going on from the first comes to every item once, whichever are there', () => {
    const item = fc.record({
      what: fc.constantFrom(...WORK_KINDS),
      unit: fc.constantFrom(...UNITS),
      day: fc.constantFrom('2008-02-28', '2008-02-29'),
    })
    const items = fc.uniqueArray(item, { selector: ({ what, unit, day }) => `${what} ${unit} ${day}` })
    fc.assert(
      fc.property(items, (some) => {
        const list = listOf({ rows: some.map(({ what, unit, day }) => row(what, unit, day)) })
        const seen: string[] = []
        let at = null as { key: string; place: number } | null
        list.forEach(() => {
          const found = nextOf(list, at)!
          seen.push(found.item.key)
          at = { key: found.item.key, place: found.place }
        })
        expect(seen).toEqual(list.map(({ key }) => key))
        expect(nextOf(list, at)?.item).toEqual(list[0])
      }),
    )
  })

  test('Q12 a silent unit is one thing with all its days, at the day shown where that is among them', () => {
    const rows = ['2008-02-28', '2008-02-29', DAY].map((day) => row('missing', 'A1', day))
    const [only, ...more] = listOf({ rows: [...rows, row('missing', 'A2', '2008-02-29')] })
    expect(only).toMatchObject({ unit: 'A1', day: DAY, days: ['2008-02-28', '2008-02-29', DAY] })
    expect(more).toHaveLength(1)
    expect(listOf({ day: '2008-03-04', rows })[0]).toMatchObject({ key: only!.key, day: '2008-02-28' })
    expect(numbersOf(listOf({ rows })).get('2008-02-28')).toEqual([1])
  })

  test('Q13 what is done makes room: the next is what took its place', () => {
    const rows = ['A1', 'A2', 'A3'].map((unit) => row('missing', unit, '2008-02-29'))
    const before = listOf({ rows })
    const at = { key: before[1]!.key, place: 1 }
    const after = listOf({ rows: rows.filter(({ unit }) => unit !== 'A2') })
    expect(placeOf(after, at)).toBe(-1)
    expect(nextOf(after, at)?.item.unit).toBe('A3')
    expect(nextOf([], at)).toBeNull()
  })

  test('Q13 an offer is about the counters that it would move: what is opened from it is about them too', () => {
    const offer = { offer: 3, asks: 'to', from: { unit: 'B1', day: DAY }, to: { unit: 'A2', day: DAY } }
    const of = (...moved: (number | null)[]) => listOf({ offers: [{ ...offer, moved } as unknown as OfferRow] })
    expect([of(null, 5)[0]!.counters, of(4, 5)[0]!.counters]).toEqual([['issued'], []])
    const todo = { kind: 'offer', unit: 'A2', offer: { ...offer, moved: [null, 5] } } as unknown as Todo
    expect([...cellNumbers(listOf({ todos: [todo] }), DAY, ['accepted', 'issued'])]).toEqual([['A2/issued', 1]])
  })

  test('Q13 a report’s dispute is one thing with all its figures, from its own day and from any other, and N passes none', () => {
    const figure = {} as Extract<Todo, { kind: 'disputed' }>['figure']
    const disputed = (unit: string, counter: string): Todo => ({ kind: 'disputed', unit, counter, figure })
    const rows = [row('disputed', 'A1', DAY), row('disputed', 'A2', DAY, [0]), row('partial', 'A3', '2008-02-29', [1])]
    const todos = [disputed('A1', 'accepted'), disputed('A2', 'accepted'), disputed('A1', 'issued')]
    const [away, here] = [listOf({ day: '2008-03-04', rows }), listOf({ todos, rows })]
    expect(here.map(({ key }) => key)).toEqual(away.map(({ key }) => key))
    expect(here.map(({ counters }) => counters)).toEqual([['accepted', 'issued'], ['accepted'], ['issued']])
    expect(here[0]).toMatchObject({ of: 'todo', todos: [todos[0], todos[2]] })
    expect(thingsIn(rows)).toBe(here.length)
    // round the list, each step from another day than the one before
    let at: At | null = null
    const seen = [away, here, away, here].map((list) => {
      const found = nextOf(list, at)!
      at = { key: found.item.key, place: found.place }
      return found.place
    })
    expect(seen).toEqual([0, 1, 2, 0])
  })

  test('Q13 what of today is partial has its place beside what of today is not begun', () => {
    const unfinished = [{ unit: 'A2', counters: ['issued'] }]
    const list = listOf({
      day: '2008-02-29',
      open: { day: DAY, units: ['A1'] },
      unfinished,
      rows: [row('partial', 'A3', '2008-02-28', [1])],
    })
    expect(list.map(({ what, unit, day, counters }) => [what, unit, day, counters])).toEqual([
      ['partial', 'A3', '2008-02-28', ['issued']],
      ['unfinished', 'A2', DAY, ['issued']],
      ['open', 'A1', DAY, []],
    ])
    expect(cellNumbers(list, DAY, ['accepted', 'issued']).get('A2/issued')).toBe(2)
  })

  test('Q13 a thing is the same one when it is seen from its own day', () => {
    const [away] = listOf({ day: '2008-03-04', rows: [row('partial', 'A3', DAY, [1])] })
    const here = listOf({ todos: [refused, partial] })
    expect(placeOf(here, { key: away!.key, place: 0 })).toBe(1)
  })
})

describe('the strip', () => {
  const known: Record<string, CalendarDay> = {
    'A1 2008-03-03': { state: 'returned' },
    'A2 2008-03-03': { state: 'approved', late: true },
    'A3 2008-03-03': { state: 'missing' },
    'A1 2008-03-04': { state: 'submitted' },
    'A2 2008-03-04': { state: 'approved' },
    'A3 2008-03-04': { state: 'notStarted' },
    'A1 2008-03-05': { state: 'approved', locked: true },
    'A2 2008-03-06': { state: 'open' },
    'A1 2008-03-08': { state: 'off' },
    'A1 2008-03-09': { state: 'approved' },
  }
  const days = stripDays({
    ...{ from: '2008-03-03', to: '2008-03-12', today: '2008-03-10', units: UNITS },
    report: (unit, day) => known[`${unit} ${day}`] ?? (day > '2008-03-09' ? undefined : { state: 'off' }),
    isWork: (day) => weekday(day) % 6 !== 0,
  })
  const of = (day: string) => days.find((d) => d.day === day)!

  test('Q14 a day is told the worst first; what waits or is complete only where nothing else is', () => {
    expect(of('2008-03-03').words.map(({ word, n }) => `${word} ${String(n)}`)).toEqual([
      'returned 1',
      'missing 1',
      'late 1',
    ])
    expect(of('2008-03-03').wants).toBe(true)
    expect(of('2008-03-04').words).toEqual([{ word: 'submitted', n: 1 }])
    expect(of('2008-03-04').reports, 'who has not begun has no square').toHaveLength(2)
    expect(of('2008-03-05')).toMatchObject({ locked: true, wants: false, words: [{ word: 'done', n: 1 }] })
    expect(of('2008-03-06').words, 'an open day is not complete').toEqual([])
  })

  test('Q14 a day off on which somebody was at work is a day like others; one to come has nothing', () => {
    expect(of('2008-03-08')).toMatchObject({ kind: 'off', reports: [] })
    expect(of('2008-03-09').kind).toBe('past')
    expect(of('2008-03-10').kind).toBe('today')
    expect(of('2008-03-11')).toMatchObject({ kind: 'future', reports: [], words: [] })
  })

  test('Q14 whole weeks are shown, with the day shown among them, and today where both fit', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2008-01-01', n))
    fc.assert(
      fc.property(day, day, fc.integer({ min: 2, max: 5 }), (a, b, weeks) => {
        const [shown, today] = a < b ? [a, b] : [b, a]
        for (const { from, to } of [
          stripWindow(today, shown, '2008-01-01', weeks),
          phoneWindow(today, shown, '2008-01-01'),
        ]) {
          expect(weekday(from)).toBe(1)
          expect((dayNumber(to) - dayNumber(from) + 1) % 7).toBe(0)
          expect(from <= shown && shown <= to).toBe(true)
        }
        if (dayNumber(today) - dayNumber(shown) < 7)
          expect(stripWindow(today, shown, '2008-01-01', weeks).to >= today).toBe(true)
      }),
    )
  })
})

test('Q13 letters act alone: not with a modifier, not while an input method is at work, and no others', () => {
  const press = (key: string, more = {}) =>
    workAct({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...more })
  expect(['n', 'N', 'w', 'm', 'a', '[', ']'].map((key) => press(key))).toEqual([
    ...['next', 'next', 'withdraw', 'move', 'answer', 'dayBefore', 'dayAfter'],
  ])
  for (const key of ['0', 'Delete', 'Enter', 'F2', 'Process', 'x', 'Tab']) expect(press(key)).toBeNull()
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
    expect(press('n', more)).toBeNull()
})
