import { describe, expect, test } from 'vitest'
import { countPaste, parseTable } from '../../../client/features/sheet/paste.ts'
import { tabbed } from '../../../client/ui/tableCopy.ts'
import { cells, faults, open, plan, target } from './pasted.ts'

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
  test('blank rows and columns at the end are no part of it', () => {
    expect(parseTable('1\t2\t\t\n3\t\t\t\n\t\t\t\n\n')).toEqual([
      ['1', '2'],
      ['3', ''],
    ])
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
    expect(parseTable(tabbed(block))).toEqual(block)
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

describe('without names, and with more than figures', () => {
  test.each([
    ['numbers of the rows', '1\t100\t30\n2\t90\t20'],
    ['numbers that go on', '5\t100\n6\t90\n7\t80\n8\t70'],
    ['days', '2026-11-01\t100\t30\n2026-11-02\t90\t20'],
  ])('J5 %s are figures only when somebody says so', (_, text) => {
    expect(open(text)).toEqual(['lead 0: figures, aside'])
    expect(cells(text)).toEqual([])
    expect(cells(text, {}, { 'lead 0': 'aside' }).slice(0, 1)).toEqual(['0,0=100'])
    expect(faults(text, {}, { 'lead 0': 'aside' })).toEqual([])
    expect(cells(text, {}, { 'lead 0': 'figures' })).toContain('0,1=100')
  })
  test('J5 words beside names are no figures either', () => {
    expect(open('坂田\t好\t7\n平湖\t差\t8')).toEqual(['lead 1: figures, aside'])
    expect(cells('坂田\t好\t7\n平湖\t差\t8', {}, { 'lead 1': 'aside' })).toEqual(['2,0=7', '0,0=8'])
    expect(open('坂田\t-\t7\n平湖\tn/a\t8')).toEqual([])
  })
  test('J5 the sum of all columns before them is asked about, with names and without', () => {
    for (const name of ['坂田\t', '']) {
      const text = `${name}130\t100\t30\n${name.replace('坂田', '平湖')}110\t90\t20`
      expect(open(text)).toEqual([`lead ${name === '' ? 0 : 1}: figures, aside`])
    }
    expect(cells('130\t100\t30\n110\t90\t20', {}, { 'lead 0': 'aside' })).toEqual([
      ...['0,0=100', '0,1=30', '1,0=90', '1,1=20'],
    ])
    expect(open('130\t100\t30\n111\t90\t20')).toEqual([])
  })
  test('J5 a year or a day alone above the figures is asked about', () => {
    for (const time of ['2026', '202611', '20261102']) {
      expect(open(`${time}\n100\t30\n90\t20`)).toEqual(['head: headings, row'])
      expect(open(`${time}\n100\n90`)).toEqual([])
    }
    expect(open('1500\n100\t30\n90\t20')).toEqual([])
  })
  test('J5 headings that stand there once more are no row', () => {
    for (const heads of ['发证\t受理', '发证（张）\t受理']) {
      const text = `${heads}\n4\t1\n${heads}\n5\t2`
      expect(cells(text)).toEqual(['0,3=4', '0,0=1', '1,3=5', '1,0=2'])
      expect(faults(text)).toEqual([`headAgain 3:1 ${heads.split('\t')[0]}`])
    }
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
    const text = '坂田\t1\n坪山\t2\n坂田办\t3\n龙岗区\t6\n合计\t6'
    const others = ['unknownUnit 2:1 坪山', 'totalRow 4:1 龙岗区', 'totalRow 5:1 合计']
    expect(faults(text)).toEqual(others)
    expect(cells(text)).toEqual([])
    expect(open(text)).toEqual(['unit 2: row 1, row 3, none'])
    expect(faults(text, {}, { 'unit 2': 'row 1' })).toEqual([others[0], 'duplicateUnit 3:1 坂田办', ...others.slice(1)])
    expect(cells(text, {}, { 'unit 2': 'row 3' })).toEqual(['2,0=3'])
    expect(cells(text, {}, { 'unit 2': 'none' })).toEqual([])
  })
  test('a place twice with the same figures is once', () => {
    expect(open('坂田\t1\n坂田街道\t1')).toEqual([])
    expect(cells('坂田\t1\n坂田街道\t1')).toEqual(['2,0=1'])
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

describe('figures', () => {
  const two = { columns: target().columns.slice(0, 2), at: { row: 0, col: 0 } }
  test('J2 J4 a column is read as a whole', () => {
    expect(cells('1.234.567\t7\n2.000\t8', two)).toEqual(['0,0=1.234.567', '0,1=7', '1,0=2000', '1,1=8'])
    expect(open('2.000\n1.000', two)).toEqual(['marks 0: grouped, typed'])
    expect(cells('2.000\n1.000', two, { 'marks 0': 'grouped' })).toEqual(['0,0=2000', '1,0=1000'])
    expect(cells('2.000\n1.000', two, { 'marks 0': 'typed' })).toEqual(['0,0=2.000', '1,0=1.000'])
    // by itself each would be a count
    expect(cells('1,234\n1.234.567\n7', two)).toEqual(['2,0=7'])
    expect(faults('1,234\n1.234.567\n7', two)).toEqual(['unread 1:1 1,234', 'unread 2:1 1.234.567'])
    expect(faults('1,234\n2.000', two)).toEqual(['unread 1:1 1,234', 'unread 2:1 2.000'])
    expect(faults('12.5\n13.0', two)).toEqual(['unread 2:1 13.0'])
  })
  test('J9 the last row of figures without names is asked about when it is the sum', () => {
    const text = '4\t10\n2\t20\n6\t30'
    expect(open(text, two)).toEqual(['sum 3: sum, unit'])
    expect(cells(text, two)).toEqual(['0,0=4', '0,1=10', '1,0=2', '1,1=20'])
    expect(faults(text, two, { 'sum 3': 'sum' })).toEqual(['totalRow 3:1 6 · 30'])
    expect(cells(text, two, { 'sum 3': 'unit' })).toHaveLength(6)
  })
  test('J9 a row of sums above moves nothing down, and one among others nothing below it', () => {
    for (const text of ['30\t300\n10\t100\n20\t200', '10\t100\n20\t200\n30\t300'])
      expect(cells(text, two, { 'sum 1': 'sum', 'sum 3': 'sum' })).toEqual([
        ...['0,0=10', '0,1=100', '1,0=20', '1,1=200'],
      ])
    expect(cells('10\n20\n30\n7', two, { 'sum 3': 'sum' })).toEqual(['0,0=10', '1,0=20', '2,0=7'])
  })
  test('J9 a row of sums that bears the name of a unit is asked about, unless it may be by chance', () => {
    const text = '坂田\t100\t30\n平湖\t90\t20\n龙岗\t190\t50'
    expect(open(text)).toEqual(['sum 3: sum, unit'])
    expect(plan(text).questions[0]!.options[1]!.params.unit).toBe('龙岗')
    expect(cells(text, {}, { 'sum 3': 'unit' })).toContain('3,0=190')
    expect(faults(text, {}, { 'sum 3': 'sum' })).toEqual(['totalRow 3:1 龙岗'])
    expect(open('龙岗\t190\t50\n坂田\t100\t30\n平湖\t90\t20')).toEqual(['sum 1: sum, unit'])
    expect(open('龙岗\t190\t50\n坂田\t100\t30\n平湖\t90\t20\n合计\t190\t50')).toEqual(['sum 1: sum, unit'])
    expect(open('坂田\t1\n平湖\t2\n龙岗\t3')).toEqual([])
  })
  test('J9 sums of parts, and the sum of those', () => {
    const text = '坂田\t100\n平湖\t90\n龙岗\t190\n坪地\t80\n福田\t80\n南园\t160\n合计\t350'
    expect(open(text)).toEqual(['sum 3: sum, unit'])
    expect(faults(text)).toEqual(['unknownUnit 5:1 福田', 'totalRow 6:1 南园', 'totalRow 7:1 合计'])
  })
  test('J9 a row of sums has many names, or none', () => {
    for (const name of ['合计', '合计：', 'Total', 'Summe', 'TOTALE', '', '???'])
      expect(faults(`坂田\t1\n平湖\t2\n${name}\t3`)).toEqual([`totalRow 3:1 ${name}`])
    expect(faults('合计\t3\n坂田\t1\n平湖\t2')).toEqual(['totalRow 1:1 合计'])
  })
  test('J9 a name that is a unit and the whole is asked about', () => {
    const text = '坂田\t1\n龙岗\t3'
    const totals = ['合计', '龙岗区', '龙岗']
    expect(open(text, { totals })).toEqual(['name 2: unit, sum'])
    expect(cells(text, { totals }, { 'name 2': 'unit' })).toEqual(['2,0=1', '3,0=3'])
    expect(faults(text, { totals }, { 'name 2': 'sum' })).toEqual(['totalRow 2:1 龙岗'])
  })
})

describe('codes', () => {
  const rows = ['01001', '01003', '01005'].map((code, i) => ({
    ...{ label: 'abc'[i]!, code, names: ['abc'[i]!], editable: [true, true, true, true], texts: [] },
  }))
  test.each([
    ['without their zeros', ['1001', '1003', '1005']],
    ['as numbers of a spreadsheet', ['1,001', '1,003', '1,005']],
    ['as powers', ['1.001E+03', '1.003E+03', '1.005E+03']],
    ['one unknown among them', ['1001', '1003', '1009']],
  ])('J6 %s are codes or figures, never without a question', (_, codes) => {
    const text = codes.map((code, i) => `${code}\t${i}0\t${i}1`).join('\n')
    expect(open(text, { rows })).toEqual(['codes: codes, figures'])
    expect(cells(text, { rows })).toEqual([])
    expect(cells(text, { rows }, { codes: 'codes' }).slice(0, 4)).toEqual(['0,0=00', '0,1=01', '1,0=10', '1,1=11'])
    expect(cells(text, { rows }, { codes: 'figures' })[0]).toBe(`0,0=${codes[0]}`)
  })
  test('J6 without zeros they may be of two units, or rounded: asked about, and no row of any', () => {
    const both = ['01', '001', '02'].map((code, i) => ({ ...rows[i]!, code }))
    expect(open('1\t30\n2\t20', { rows: both })).toEqual(['codes: codes, figures'])
    expect(cells('1\t30\n2\t20', { rows: both }, { codes: 'codes' })).toEqual(['2,0=20'])
    expect(faults('1\t30\n2\t20', { rows: both }, { codes: 'codes' })).toEqual(['unknownUnit 1:1 1'])
    expect(open('4.40307E+08\t30', {})).toEqual(['codes: codes, figures'])
  })
  test('J6 with their zeros, or with an apostrophe before them, they are codes', () => {
    expect(cells('01003\t7', { rows })).toEqual(['1,0=7'])
    expect(cells("'01003\t7", { rows })).toEqual(['1,0=7'])
  })
})

describe('text of a file', () => {
  test('semicolons, and commas behind words, part columns', () => {
    expect(cells('街道;发证\n坂田;4')).toEqual(['2,3=4'])
    expect(cells('街道,发证\n坂田,4')).toEqual(['2,3=4'])
    // 1 and 234, or a thousand
    for (const text of ['坂田,1,234\n平湖,2,345', '坂田,1,234,7\n平湖,2,345,8'])
      expect(cells(text).map((c) => c.slice(4))).toEqual(text.split('\n'))
    expect(cells('坂田,1,234\n平湖,2,34')).toEqual(['2,0=1', '2,1=234', '0,0=2', '0,1=34'])
    expect(cells('街道,受理,审核通过\n坂田,1,234')).toEqual(['2,0=1', '2,1=234'])
    expect(cells('坂田,"1,234"\n平湖,"2,345"')).toEqual(['2,0=1,234', '0,0=2,345'])
    expect(cells('1,234\n5,678')).toEqual(['0,0=1,234', '1,0=5,678'])
  })
})

test('case E8: the sentence of a paste counts what it changes: a blank over a blank is nothing, over a figure a withdrawal', () => {
  const stands = [
    ['5', ''],
    ['', '7'],
    ['1,000', ''],
  ]
  const { sets } = plan('6\t9\n\t\n1000\t', { columns: target().columns.slice(0, 2) })
  expect(countPaste({ sets }, (row, col) => ({ text: stands[row]![col]! }))).toEqual({
    given: 2,
    withdrawn: 1,
    same: 3,
  })
})

describe('what a block of elsewhere looks like', () => {
  test('headings are found however far down they stand, and only one row of them', () => {
    expect(cells('a\nb\nc\nd\ne\nf\n街道\t发证\t受理\n坂田\t4\t1')).toEqual(['2,3=4', '2,0=1'])
    expect(cells('街道\t发证\n坂田\t4\n街道\t发证\n平湖\t5')).toEqual(['2,3=4', '0,3=5'])
    expect(cells('街道\t发证\n坂田\t4\n街道\t受理\n平湖\t5')).toEqual([])
    expect(faults('街道\t发证\n坂田\t4\n街道\t受理\n平湖\t5')).toEqual(['twice 1:1 街道 · 发证'])
  })
  test('headings in two languages stand one below the other, as long as they say the same', () => {
    expect(cells('街道\t发证\t受理\nStreet\tissued\taccepted\n坂田\t4\t1')).toEqual(['2,3=4', '2,0=1'])
    expect(open('街道\t发证\t受理\nStreet\taccepted\tissued\n坂田\t4\t1')).toHaveLength(2)
  })
  test('days over the columns are headings that no counter is called', () => {
    for (const days of ['2026-11-19\t2026-11-20', '11/19\t11/20', '19 Nov\t20 Nov', '11月19日\t11月20日'])
      for (const first of ['街道', ''])
        expect(open(`${first}\t${days}\n坂田\t1\t2\n平湖\t3\t4`)).toEqual([
          'column 1: 0, 1, 2, 3, none',
          'column 2: 0, 1, 2, 3, none',
        ])
    expect(open('2026-11-19\t2026-11-20\n1\t2\n3\t4')).toEqual(['head: headings, row'])
  })
  test('what is asked does not repeat a text of any length', () => {
    const long = 'x'.repeat(5_000)
    const [asked] = plan(`街道\t${long}\n坂田\t${'9'.repeat(5_000)}\n平湖\t5`).questions
    expect(Math.max(...Object.values(asked!.params).map((p) => String(p).length))).toBeLessThan(100)
  })
  test('a name that was merged over two columns moves nothing to the right', () => {
    expect(cells('坂田\t\t1\t2\t3\t4\n平湖\t\t5\t6\t7\t8')).toEqual([
      ...['2,0=1', '2,1=2', '2,2=3', '2,3=4'],
      ...['0,0=5', '0,1=6', '0,2=7', '0,3=8'],
    ])
    // where it fits, a blank column is a counter that is blank
    expect(cells('坂田\t\t2\t3\t4')).toEqual(['2,0=', '2,1=2', '2,2=3', '2,3=4'])
  })
  test('one column of figures below a word', () => {
    for (const word of ['合计', '本日', 'Permits'])
      expect(open(`${word}\n30\n21\n10`)).toEqual(['column 0: 0, 1, 2, 3, none'])
  })
  test('units across are not figures', () => {
    expect(faults('坂田\t平湖\n1\t2\n3\t4')).toEqual(['turned 1:1 坂田 · 平湖'])
  })
  test('a row that names two units goes to neither', () => {
    expect(faults('440307000\t坂田\t1\n440307001\t坪地\t2')).toEqual(['unitsDiffer 1:1 440307000'])
    expect(cells('440307000\t坂田\t1\n440307001\t坪地\t2')).toEqual(['1,0=2'])
  })
  test('names with numbers in them, and codes, of other places are not pasted as figures', () => {
    for (const names of [
      ['Ward 1', 'Ward 2'],
      ['440304001', '440304002'],
      ['02001', '02003'],
    ])
      expect(faults(names.map((name) => `${name}\t1`).join('\n'))).toEqual(
        names.map((name, i) => `unknownUnit ${i + 1}:1 ${name}`),
      )
  })
  test('what a short row leaves out is not withdrawn', () => {
    expect(cells('街道\t发证\t受理\n坂田\t4\n平湖\t5\t')).toEqual(['2,3=4', '0,3=5', '0,0='])
  })
})
