import { describe, expect, test } from 'vitest'
import {
  countPaste,
  formatTable,
  parseTable,
  planPaste,
  type PasteTarget,
} from '../../../client/features/sheet/paste.ts'

const STREETS = ['平湖街道', '坪地街道', '坂田街道', '龙岗街道']
const target = (with_: Partial<PasteTarget> = {}): PasteTarget => ({
  rows: STREETS.map((name, i) => ({
    names: [name, name.slice(0, 2), `44030700${i}`],
    editable: [true, true, true, true],
    texts: [],
  })),
  columns: [
    ['受理', 'accepted'],
    ['审核通过', 'approved'],
    ['制证', 'produced'],
    ['发证', 'issued'],
  ].map((names) => ({ names })),
  at: { row: 0, col: 0 },
  totals: ['合计', '龙岗区'],
  suffixes: ['街道办事处', '办事处', '街道办', '街道', '办'],
  ...with_,
})
const plan = (text: string, with_: Partial<PasteTarget> = {}) => planPaste(parseTable(text), target(with_))
const cells = (text: string, with_: Partial<PasteTarget> = {}) =>
  plan(text, with_).sets.map((s) => `${s.row},${s.col}=${s.text}`)
const faults = (text: string, with_: Partial<PasteTarget> = {}) =>
  plan(text, with_).problems.map((p) => `${p.kind} ${p.row}:${p.col} ${p.text}`)

describe('the block on the clipboard', () => {
  test('CRLF, a trailing blank line, quoted cells with tabs, breaks and quotes inside', () => {
    expect(parseTable('1\t2\r\n3\t4\r\n')).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
    expect(parseTable('"a\tb"\t"c ""d""\ne"\n\n')).toEqual([['a\tb', 'c "d"\ne']])
    expect(parseTable('5')).toEqual([['5']])
    expect(parseTable('\t\r\n\r\n')).toEqual([])
    expect(parseTable('1\r2')).toEqual([['1'], ['2']])
  })
  test('a blank row inside stays, so that rows below keep their place', () => {
    expect(parseTable('1\n\n3\n')).toEqual([['1'], [''], ['3']])
  })
  test('a quote inside a cell is only a sign', () => {
    expect(parseTable('5"\t6')).toEqual([['5"', '6']])
  })
  test('a quote that is never closed is only a sign', () => {
    expect(parseTable('"abc\t1\n2\t3')).toEqual([
      ['"abc', '1'],
      ['2', '3'],
    ])
  })
  test('what is copied is read back', () => {
    const block = [
      ['1', 'a\tb'],
      ['"', ''],
    ]
    expect(parseTable(formatTable(block))).toEqual(block)
  })
})

describe('without names', () => {
  test('the block lands at the focused cell, blanks and all', () => {
    expect(cells('1\t2\n\t4', { at: { row: 1, col: 2 } })).toEqual(['1,2=1', '1,3=2', '2,2=', '2,3=4'])
  })
  test('more columns than counters: every text that has no place is named', () => {
    expect(faults('1\t2\t3\t4\t5\n6\t7\t8\t9\t')).toEqual(['tooManyColumns 1:5 5'])
    expect(faults('1\t2', { at: { row: 0, col: 3 } })).toEqual(['tooManyColumns 1:2 2'])
  })
  test('more rows than streets', () => {
    expect(faults('1\n2\n3', { at: { row: 2, col: 0 } })).toEqual(['tooManyRows 3:1 3'])
  })
  test('a row that may not be written to is named, unless the same stands there already', () => {
    const rows = target().rows.map((r, i) =>
      i === 1 ? { ...r, editable: [false, false, false, false], texts: ['2', '', '', ''] } : r,
    )
    expect(faults('1\n2\n3', { rows })).toEqual([])
    expect(faults('1\n7\n3', { rows })).toEqual(['notEditable 2:1 7'])
    expect(cells('1\n7\n3', { rows })).toEqual(['0,0=1', '2,0=3'])
  })
  test('case E14: one counter in dispute is named, the others of its row are taken over', () => {
    const rows = target().rows.map((r, i) => (i === 0 ? { ...r, editable: [true, false, true, true] } : r))
    expect(faults('1\t2\t3', { rows })).toEqual(['notEditable 1:2 2'])
    expect(cells('1\t2\t3', { rows })).toEqual(['0,0=1', '0,2=3'])
  })
  test('full-width digits and separators go in as typed; the cell reads them', () => {
    expect(cells('１，８７４\t2,041')).toEqual(['0,0=１，８７４', '0,1=2,041'])
  })
})

describe('with a column of names', () => {
  test('rows are found by name, short name, code or office name, in any order', () => {
    expect(cells('坂田\t1\t2\t3\t4\n平湖街道办事处\t5\t6\t7\t8\n440307001\t9\t9\t9\t9')).toEqual([
      ...['2,0=1', '2,1=2', '2,2=3', '2,3=4'],
      ...['0,0=5', '0,1=6', '0,2=7', '0,3=8'],
      ...['1,0=9', '1,1=9', '1,2=9', '1,3=9'],
    ])
  })
  test('a block as wide as the sheet begins at the first counter, a narrower one at the focus', () => {
    const at = { row: 0, col: 3 }
    expect(cells('坂田\t1\t2\t3\t4', { at })).toEqual(['2,0=1', '2,1=2', '2,2=3', '2,3=4'])
    expect(cells('坂田\t9', { at })).toEqual(['2,3=9'])
  })
  test('an unknown place, a place twice, and the row of sums are named; the sums of the district are not a street', () => {
    expect(faults('坂田\t1\n坪山\t2\n坂田办\t3\n龙岗区\t6\n合计\t6')).toEqual([
      'unknownUnit 2:1 坪山',
      'duplicateUnit 3:1 坂田办',
      'totalRow 4:1 龙岗区',
      'totalRow 5:1 合计',
    ])
  })
  test('names that are all of another place are not pasted as figures', () => {
    const text = '福田\t1\t2\t3\t4\n南园\t5\t6\t7\t8'
    expect(cells(text)).toEqual([])
    expect(faults(text)).toEqual(['unknownUnit 1:1 福田', 'unknownUnit 2:1 南园'])
  })
  test('more columns than counters beside names', () => {
    expect(faults('坂田\t1\t2\t3\t4\t99')).toEqual(['tooManyColumns 1:6 99'])
  })
  test('names need not stand first; what stands before them is named', () => {
    expect(cells('1\t坂田\t5\t6\t7\t8')).toEqual(['2,0=5', '2,1=6', '2,2=7', '2,3=8'])
    expect(faults('1\t坂田\t5\t6\t7\t8')).toEqual(['tooManyColumns 1:1 1'])
  })
})

describe('with a row of headings', () => {
  test('columns are found by name in any order', () => {
    expect(cells('街道\t发证\t受理\n坂田\t4\t1')).toEqual(['2,3=4', '2,0=1'])
    expect(cells('发证\t受理\n4\t1', { at: { row: 1, col: 0 } })).toEqual(['1,3=4', '1,0=1'])
  })
  test('a column that is no counter is named once, and not when it is empty', () => {
    expect(faults('街道\t发证\t累计\t备注\n坂田\t4\t71894\t\n平湖\t5\t61822\t')).toEqual(['unknownColumn 1:3 累计'])
  })
})

test('case E8: the sentence of a paste counts what it changes: a blank over a blank is nothing, over a figure a withdrawal', () => {
  const stands = [
    ['5', ''],
    ['', '7'],
    ['1,000', ''],
  ]
  const { sets } = plan('6\t9\n\t\n1000\t', { columns: target().columns.slice(0, 2) })
  expect(countPaste({ sets }, (row, col) => stands[row]![col]!)).toEqual({ given: 2, withdrawn: 1, same: 3 })
})
