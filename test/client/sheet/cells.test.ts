import { describe, expect, test } from 'vitest'
import {
  clear,
  confirm,
  drop,
  emptyGrid,
  isRestatement,
  annotate,
  put,
  redo,
  replace,
  redundant,
  type Stored,
  undo,
} from '../../../client/features/sheet/cells.ts'
import { figure, reportOf, reportRow, stored, typed } from './sample.ts'

const texts = (grid: { edits: ReadonlyMap<string, { text: string }> }) =>
  Object.fromEntries([...grid.edits].map(([k, e]) => [k, e.text]))

describe('typing', () => {
  const held = { reports: [reportRow('A1', [10, 0], { version: 7 })] }

  test('remembers what stood when it began, and keeps it while typed over', () => {
    const first = typed(held, { 'A1/accepted': '12' })
    expect(first.edits.get('A1/accepted')).toMatchObject({ text: '12', basis: { value: 10, version: 7 } })
    const moved = { reports: [reportRow('A1', [11, 0], { version: 9 })] }
    const second = typed(moved, { 'A1/accepted': '13' }, first)
    expect(second.edits.get('A1/accepted')).toMatchObject({ text: '13', basis: { value: 10, version: 7 } })
  })
  test('each counter has a basis of its own', () => {
    const two = { reports: [reportOf('A1', figure(10, { version: 7 }), figure(5, { version: 9 }))] }
    const { edits } = typed(two, { 'A1/accepted': '11', 'A1/issued': '6' })
    expect([...edits.values()].map((e) => e.basis.version)).toEqual([7, 9])
  })
  test('over a command that waits, the command is the basis, also where something was typed before', () => {
    const waits = (): Stored => ({ value: 12, state: 'submitted', version: 7, command: 'c1' })
    const first = typed(held, { 'A1/accepted': '12' })
    const second = put(first, [{ key: 'A1/accepted', text: '13' }], waits)
    expect(second.edits.get('A1/accepted')!.basis).toEqual({ value: 12, version: 7, command: 'c1' })
    // back to what is on its way: nothing is left to send
    expect(put(second, [{ key: 'A1/accepted', text: '12' }], waits).edits.size).toBe(0)
  })
  test('case E8: an empty text over a given figure is a withdrawal; what stands, typed again, is nothing', () => {
    const grid = typed(held, { 'A1/accepted': '', 'A1/issued': '' })
    expect(texts(grid)).toEqual({ 'A1/accepted': '', 'A1/issued': '' })
    expect(grid.edits.get('A1/issued')!.basis).toEqual({ value: 0, version: 7 })
    expect(texts(typed(held, { 'A1/accepted': '10', 'A1/issued': '０' }, grid))).toEqual({})
  })
  test('zero and blank are two things', () => {
    expect(texts(typed({}, { 'A1/issued': '0' }))).toEqual({ 'A1/issued': '0' })
    expect(texts(typed({}, { 'A1/issued': '' }))).toEqual({})
    expect(texts(typed(held, { 'A1/issued': '0' }))).toEqual({})
  })
  test('what is no number stays as typed', () => {
    expect(texts(typed({}, { 'A1/issued': '15O8' }))).toEqual({ 'A1/issued': '15O8' })
  })
  test('what was returned may be given again as it was', () => {
    const back = { reports: [reportRow('A1', [10, 0], { state: 'returned', version: 7 })] }
    const grid = typed(back, { 'A1/accepted': '10' })
    expect(texts(grid)).toEqual({ 'A1/accepted': '10' })
    expect(redundant(grid.edits, stored(back))).toEqual([])
  })
  test('typing anew takes ticks and marks away', () => {
    let grid = confirm(typed({}, { 'A1/issued': '5' }), 'A1/issued', 'report.unusual', true)
    grid = annotate(grid, ['A1/issued'], { kept: true, contest: true })
    expect(typed({}, { 'A1/issued': '6' }, grid).edits.get('A1/issued')).toMatchObject({
      confirmed: [],
      kept: false,
      contest: false,
    })
  })
})

describe('undo', () => {
  test('a block is one step, back and forth', () => {
    const one = typed({}, { 'A1/issued': '1' })
    const block = typed({}, { 'A1/issued': '2', 'A2/issued': '3', 'A3/issued': '4' }, one)
    const back = undo(block)
    expect(texts(back)).toEqual({ 'A1/issued': '1' })
    expect(texts(undo(back))).toEqual({})
    expect(texts(redo(redo(undo(back))))).toEqual({ 'A1/issued': '2', 'A2/issued': '3', 'A3/issued': '4' })
  })
  test('the same cell twice in one block goes back to what it was', () => {
    const sets = ['1', '2'].map((text) => ({ key: 'A1/issued', text }))
    const grid = put(emptyGrid, sets, stored({}))
    expect(texts(grid)).toEqual({ 'A1/issued': '2' })
    expect(texts(undo(grid))).toEqual({})
  })
  test('giving up is a step too, of a withdrawal as of a figure', () => {
    const held = { reports: [reportRow('A1', [10, 0])] }
    const grid = typed(held, { 'A1/accepted': '', 'A1/issued': '4' })
    const given = clear(grid, ['A1/accepted', 'A1/issued', 'A2/issued'])
    expect(texts(given)).toEqual({})
    expect(texts(undo(given))).toEqual({ 'A1/accepted': '', 'A1/issued': '4' })
    expect(clear(given, ['A1/issued'])).toBe(given)
  })
  test('typing after undo forgets what was undone', () => {
    const grid = typed({}, { 'A1/issued': '9' }, undo(typed({}, { 'A1/issued': '1' })))
    expect(redo(grid)).toBe(grid)
  })
  test('nothing to undo changes nothing; nothing typed is no step', () => {
    expect(undo(emptyGrid)).toBe(emptyGrid)
    expect(typed({}, { 'A1/issued': '' })).toBe(emptyGrid)
  })
  test('what was accepted cannot be undone', () => {
    const sent = drop(typed({}, { 'A1/issued': '1', 'A2/issued': 'x' }), ['A1/issued'])
    expect(texts(sent)).toEqual({ 'A2/issued': 'x' })
    expect(undo(sent)).toBe(sent)
  })
  test('what another tab has typed is no step of this one', () => {
    const edit = typed({}, { 'A2/issued': '7' }).edits.get('A2/issued')
    const grid = replace(typed({}, { 'A1/issued': '1' }), 'A2/issued', edit)
    expect(texts(undo(grid))).toEqual({ 'A2/issued': '7' })
    expect(texts(replace(grid, 'A2/issued', undefined))).toEqual({ 'A1/issued': '1' })
  })
})

test('typing that came to stand anyway has nothing left to send', () => {
  const grid = typed({ reports: [reportRow('A1', [10, 5])] }, { 'A1/issued': '6', 'A1/accepted': '' })
  expect(redundant(grid.edits, stored({ reports: [reportRow('A1', [10, 6])] }))).toEqual(['A1/issued'])
  expect(redundant(grid.edits, stored({}))).toEqual(['A1/accepted'])
})

test('a change is a restatement once the deadline has passed', () => {
  expect(isRestatement('2008-03-03', '2008-03-03')).toBe(true)
  expect(isRestatement('2008-03-03', '2008-02-29')).toBe(false)
  expect(isRestatement('2008-03-03', null)).toBe(false)
})
