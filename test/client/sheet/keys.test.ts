import { describe, expect, test } from 'vitest'
import {
  type Action,
  blockOf,
  inBlock,
  isSingle,
  keyAction,
  type Mode,
  target,
} from '../../../client/features/sheet/keys.ts'

const press = (text: string, mode: Mode = 'nav'): Action | null => {
  const parts = text.split('+')
  return keyAction(
    {
      key: parts.at(-1)!,
      ctrl: parts.includes('Ctrl'),
      shift: parts.includes('Shift'),
      alt: parts.includes('Alt'),
      composing: parts.includes('IME'),
    },
    mode,
  )
}
const move = (row: number, col: number, extend = false) => ({ kind: 'move', row, col, extend })

describe('keys of the grid', () => {
  test('arrows and Enter move, with Shift they extend', () => {
    expect(press('ArrowDown')).toEqual(move(1, 0))
    expect(press('Shift+ArrowRight')).toEqual(move(0, 1, true))
    expect(press('Enter')).toEqual(move(1, 0))
    expect(press('Shift+Enter')).toEqual(move(-1, 0))
  })
  test('while typing over a cell arrows take the value and move on', () => {
    expect(press('ArrowRight', 'enter')).toEqual(move(0, 1))
    expect(press('Shift+ArrowRight', 'enter')).toEqual(move(0, 1))
  })
  test('after F2 left and right belong to the text, up and down do not', () => {
    expect(press('F2')).toEqual({ kind: 'edit' })
    expect(press('F2', 'enter')).toEqual({ kind: 'edit' })
    expect(press('ArrowLeft', 'edit')).toBeNull()
    expect(press('ArrowUp', 'edit')).toEqual(move(-1, 0))
    expect(press('Backspace', 'edit')).toBeNull()
    expect(press('Backspace', 'enter')).toBeNull()
  })
  test('Delete clears, Escape reverts, Ctrl undoes, redoes, selects and sends', () => {
    expect(
      ['Delete', 'Backspace', 'Escape', 'Ctrl+z', 'Ctrl+Shift+Z', 'Ctrl+y', 'Ctrl+a', 'Ctrl+s', 'Ctrl+Enter'].map(
        (k) => press(k)?.kind,
      ),
    ).toEqual(['clear', 'clear', 'revert', 'undo', 'redo', 'redo', 'all', 'send', 'send'])
    expect(press('Ctrl+a', 'edit')).toBeNull()
  })
  test('copy, paste, Tab, plain letters and an input method are left alone', () => {
    for (const key of ['Ctrl+c', 'Ctrl+v', 'Ctrl+x', 'Tab', 'Shift+Tab', '5', 'a', 'IME+Enter', 'Alt+ArrowDown'])
      expect(press(key)).toBeNull()
  })
  test('ends of the line and of the grid', () => {
    const size = { rows: 13, cols: 4 }
    const to = (key: string) => target(press(key) as Action & { kind: 'edge' }, { row: 5, col: 2 }, size)
    expect(to('Home')).toEqual({ row: 5, col: 0 })
    expect(to('End')).toEqual({ row: 5, col: 3 })
    expect(to('Ctrl+Home')).toEqual({ row: 0, col: 0 })
    expect(to('Ctrl+ArrowDown')).toEqual({ row: 12, col: 2 })
    expect(to('ArrowUp')).toEqual({ row: 4, col: 2 })
  })
  test('the focus stays inside the grid', () => {
    const size = { rows: 3, cols: 2 }
    expect(target({ kind: 'move', row: 1, col: 1, extend: false }, { row: 2, col: 1 }, size)).toEqual({
      row: 2,
      col: 1,
    })
    expect(target({ kind: 'move', row: -1, col: -1, extend: false }, { row: 0, col: 0 }, size)).toEqual({
      row: 0,
      col: 0,
    })
  })
})

test('a block holds both its ends, whichever was first', () => {
  const block = blockOf({ row: 3, col: 2 }, { row: 1, col: 2 })
  expect(block).toEqual({ top: 1, left: 2, bottom: 3, right: 2 })
  expect(inBlock(block, { row: 3, col: 2 })).toBe(true)
  expect(inBlock(block, { row: 0, col: 2 })).toBe(false)
  expect(isSingle(block)).toBe(false)
  expect(isSingle(blockOf({ row: 1, col: 1 }, { row: 1, col: 1 }))).toBe(true)
})
