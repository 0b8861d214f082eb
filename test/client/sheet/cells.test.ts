import { describe, expect, test } from 'vitest'
import {
  confirm,
  drop,
  emptyGrid,
  inConflict,
  isRestatement,
  mark,
  put,
  redo,
  settled,
  undo,
} from '../../../client/features/sheet/cells.ts'
import { lookUp, reportRow, typed } from './sample.ts'

const day = '2008-03-03'
const texts = (grid: { edits: ReadonlyMap<string, { text: string }> }) =>
  Object.fromEntries([...grid.edits].map(([k, e]) => [k, e.text]))

describe('typing', () => {
  const rows = [reportRow('A1', day, [10, 0], { version: 7 })]

  test('remembers what stood when it began, and keeps it while typed over', () => {
    const first = typed(rows, day, { 'A1/accepted': '12' })
    expect(first.edits.get('A1/accepted')).toMatchObject({ text: '12', base: 10, version: 7 })
    const moved = [reportRow('A1', day, [11, 0], { version: 9 })]
    const second = typed(moved, day, { 'A1/accepted': '13' }, first)
    expect(second.edits.get('A1/accepted')).toMatchObject({ text: '13', base: 10, version: 7 })
  })
  test('an empty text goes back to what stands; so does typing the same number in another form', () => {
    const grid = typed(rows, day, { 'A1/accepted': '12', 'A1/issued': 'x' })
    expect(texts(typed(rows, day, { 'A1/accepted': '', 'A1/issued': '０' }, grid))).toEqual({})
  })
  test('zero and blank are two things', () => {
    expect(texts(typed([], day, { 'A1/issued': '0' }))).toEqual({ 'A1/issued': '0' })
    expect(texts(typed([], day, { 'A1/issued': '' }))).toEqual({})
    expect(texts(typed(rows, day, { 'A1/issued': '0' }))).toEqual({})
  })
  test('what is no number stays as typed', () => {
    expect(texts(typed([], day, { 'A1/issued': '15O8' }))).toEqual({ 'A1/issued': '15O8' })
  })
  test('typing anew takes ticks and marks away', () => {
    let grid = confirm(typed([], day, { 'A1/issued': '5' }), 'A1/issued', 'report.unusual', true)
    grid = mark(grid, ['A1/issued'], { kept: true, contest: true })
    expect(typed([], day, { 'A1/issued': '6' }, grid).edits.get('A1/issued')).toMatchObject({
      confirmed: [],
      kept: false,
      contest: false,
    })
  })
})

describe('undo', () => {
  test('a block is one step, back and forth', () => {
    const one = typed([], day, { 'A1/issued': '1' })
    const block = typed([], day, { 'A1/issued': '2', 'A2/issued': '3', 'A3/issued': '4' }, one)
    const back = undo(block)
    expect(texts(back)).toEqual({ 'A1/issued': '1' })
    expect(texts(undo(back))).toEqual({})
    expect(texts(redo(redo(undo(back))))).toEqual({ 'A1/issued': '2', 'A2/issued': '3', 'A3/issued': '4' })
  })
  test('the same cell twice in one block goes back to what it was', () => {
    const grid = put(
      emptyGrid,
      [
        { key: 'A1/issued', text: '1' },
        { key: 'A1/issued', text: '2' },
      ],
      lookUp([], day),
    )
    expect(texts(grid)).toEqual({ 'A1/issued': '2' })
    expect(texts(undo(grid))).toEqual({})
  })
  test('typing after undo forgets what was undone', () => {
    const grid = typed([], day, { 'A1/issued': '9' }, undo(typed([], day, { 'A1/issued': '1' })))
    expect(redo(grid)).toBe(grid)
  })
  test('nothing to undo changes nothing; nothing typed is no step', () => {
    expect(undo(emptyGrid)).toBe(emptyGrid)
    expect(typed([], day, { 'A1/issued': '' })).toBe(emptyGrid)
  })
  test('what was accepted cannot be undone', () => {
    const sent = drop(typed([], day, { 'A1/issued': '1', 'A2/issued': 'x' }), ['A1/issued'])
    expect(texts(sent)).toEqual({ 'A2/issued': 'x' })
    expect(undo(sent)).toBe(sent)
  })
})

describe('two people', () => {
  const before = [reportRow('A1', day, [10, 5], { version: 7 })]
  const edit = typed(before, day, { 'A1/issued': '6' }).edits.get('A1/issued')!
  const stored = (value: number, by: string) => ({ value, version: 9, by })

  test("another's change to the same cell is a conflict; one's own elsewhere is not", () => {
    expect(inConflict(edit, stored(8, 'other'), 'me')).toBe(true)
    expect(inConflict(edit, stored(8, 'me'), 'me')).toBe(false)
  })
  test('a new version that left the cell alone is no conflict', () => {
    expect(inConflict(edit, stored(5, 'other'), 'me')).toBe(false)
  })
  test('a decision to send against it ends the question', () => {
    expect(inConflict({ ...edit, contest: true }, stored(8, 'other'), 'me')).toBe(false)
  })
  test('typing that the other typed too has nothing left to send', () => {
    const grid = typed(before, day, { 'A1/issued': '6', 'A1/accepted': '11' })
    const now = [reportRow('A1', day, [10, 6], { version: 9 })]
    expect(settled(grid.edits, lookUp(now, day))).toEqual(['A1/issued'])
  })
})

test('a change is a restatement once the deadline has passed', () => {
  expect(isRestatement('2008-03-03', '2008-03-03')).toBe(true)
  expect(isRestatement('2008-03-03', '2008-02-29')).toBe(false)
  expect(isRestatement('2008-03-03', null)).toBe(false)
})
