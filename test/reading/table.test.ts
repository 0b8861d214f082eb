/** Tables that come as files: what they hold, and every fault with its place (J7, J8). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Column, readColumn, readTable } from '../../shared/reading/table.ts'

const COLUMNS: Column[] = [
  { key: 'unit', names: ['unit', '单位'] },
  { key: 'value', names: ['value', '数'] },
  { key: 'note', names: ['note'], optional: true },
]
const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string | Uint8Array, others: 'refused' | 'passed' = 'refused') =>
  readTable(typeof text === 'string' ? bytes(text) : text, COLUMNS, others)
const rows = (text: string | Uint8Array) => {
  const table = read(text)
  expect(table.faults).toEqual([])
  return table.rows.map(({ row, cells }) => [row, cells.unit, cells.value, cells.note])
}
const faults = (text: string | Uint8Array, others?: 'passed') =>
  read(text, others).faults.map(({ code, row, column, text: t, params }) =>
    [`${row}:${column}`, code, t, ...Object.entries(params).map(([k, v]) => `${k}=${v}`)].filter(Boolean).join(' '),
  )

describe('a file', () => {
  test.each([
    ['commas', 'unit,value\nA,1\nB,2\n'],
    ['semicolons', 'unit;value\r\nA;1\r\nB;2\r\n'],
    ['tabs', 'unit\tvalue\nA\t1\nB\t2'],
    ['bars', 'unit|value\nA|1\nB|2'],
    ['old line ends', 'unit,value\rA,1\rB,2\r'],
    ['the mark of UTF-8', '\ufeffunit,value\nA,1\nB,2\n'],
    ['headings in another language, other case and width', '单位,ＶＡＬＵＥ\nA,1\nB,2'],
    ['columns in another order', 'value,unit\n1,A\n2,B'],
    ['blank columns at the end', 'unit,value,,\nA,1,,\nB,2,,'],
    ['blanks around', ' unit , value \n A ,\u00a01\n B, 2'],
    ['quotation marks', '"unit","value"\n"A","1"\n"B","2"'],
  ])('J7 is read with %s', (_, text) =>
    expect(rows(text)).toEqual([
      [2, 'A', '1', ''],
      [3, 'B', '2', ''],
    ]),
  )

  test('J7 is read with its separator in its first line, as a spreadsheet writes it', () =>
    expect(rows('sep=;\r\nunit;value\r\nA,a;1\r\n')).toEqual([[3, 'A,a', '1', '']]))

  test('J7 rows are counted by lines of the file, blank ones and breaks in a cell too', () =>
    expect(rows('unit,value,note\nA,1,"x\ny"\n\n,,\nB,2,z\n')).toEqual([
      [2, 'A', '1', 'x\ny'],
      [6, 'B', '2', 'z'],
    ]))

  test('J7 a quoted cell holds what it likes', () =>
    expect(rows('unit,value,note\n"A\t;,""x""","1,234",\n')).toEqual([[2, 'A\t;,"x"', '1,234', '']]))
})

describe('a file that is none', () => {
  const utf16 = (text: string, mark: boolean) => {
    const units = [...(mark ? '\ufeff' : ''), ...text].map((c) => c.charCodeAt(0))
    return new Uint8Array(units.flatMap((u) => [u & 0xff, u >> 8]))
  }
  test.each<[string, string | Uint8Array, string[]]>([
    ['UTF-16 with its mark', utf16('unit\tvalue\nA\t1', true), ['0:0 file.utf16']],
    ['UTF-16 without', utf16('unit\tvalue\nA\t1', false), ['0:0 file.utf16']],
    ['Latin-1', new Uint8Array([...bytes('unit,value\nA,1\nM'), 0xfc, ...bytes('hle,2\n')]), ['3:0 file.encoding']],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), ['0:0 file.packed']],
    ['nothing', '', ['0:0 table.empty']],
    ['blank lines', '\n , \n', ['0:0 table.empty']],
    ['an open quotation mark', 'unit,value\n"A,1\n', ['2:0 table.quote n=2']],
    ['a sign behind a quotation mark', 'unit,value\nA,1\n"B"x,2\n', ['3:0 table.quote n=3']],
    ['a column too few', 'unit\nA', ['1:0 table.headingMissing name=value']],
    ['an unknown column', 'unit,value,other\nA,1,2', ['1:3 table.headingUnknown other']],
    ['a number among headings', 'unit,value,2026\nA,1,2', ['1:3 table.headingNumber 2026']],
    ['a column without heading', 'unit,,value\nA,x,1', ['1:2 table.headingBlank']],
    ['one heading twice', 'unit,value,Value\nA,1,2', ['1:3 table.headingTwice Value name=value other=2']],
    ['one column in two languages', 'unit,value,数\nA,1,2', ['1:3 table.headingTwice 数 name=value other=2']],
    ['a separator too many', 'unit,value\nA,1,234\nB,1', ['2:0 table.rowLong n=3 max=2']],
    ['a separator too few', 'unit,value\nA\nB,1', ['2:0 table.rowShort n=1 max=2']],
    ['a title above', 'Figures of May,,\n\nunit,value\nA,1', ['1:0 table.headingsBelow Figures of May n=3']],
    ['a title above semicolons', 'Figures of May\nunit;value\nA;1', ['1:0 table.headingsBelow Figures of May n=2']],
    ['figures alone', 'A,1\nB,2', ['1:0 table.noHeadings A names=unit, value']],
    ['a table turned around', 'unit,A,B\nvalue,1,2', ['1:0 table.turned unit']],
    ['headings again', 'unit,value\nA,1\nunit,value\nB,2', ['3:0 table.headingsAgain n=1']],
    ['a note below', 'unit,value,note\nA,1,\nSource: office', ['3:0 table.note Source: office']],
    ['a note filled up', 'unit,value,note\nA,1,\n,* of May,', ['3:0 table.note * of May']],
    ['an older workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0, 0]), ['0:0 file.packed']],
  ])('J8 %s is said with its place, and what mends it', (_, text, expected) => {
    expect(faults(text)).toEqual(expected)
  })

  test('J8 where other columns are passed over, none that is looked for may be there twice', () => {
    expect(faults('x,unit,y,value,x\n1,A,2,3,4', 'passed')).toEqual([])
    expect(faults('unit,value,x,value\nA,1,2,3', 'passed')).toEqual(['1:4 table.headingTwice value name=value other=2'])
  })

  test('J8 a row of which one cell is known is a row, and so are the others of a file with notes', () => {
    expect(rows('unit,value,note\nA,,\nB,1,')).toEqual([
      [2, 'A', '', ''],
      [3, 'B', '1', ''],
    ])
    expect(read('unit,value,note\nNote: x\nA,1,').rows.map(({ row }) => row)).toEqual([3])
  })

  test('J8 a text is not echoed in full', () => {
    expect(read(`unit,value,${'x'.repeat(5_000)}\nA,1,2`).faults[0]!.text).toHaveLength(40)
  })
})

describe('a column of counts', () => {
  const column = (text: string) => {
    const { values, faults } = readColumn(read(text), 'value')
    return { values, faults: faults.map(({ code, row, column, heading, text: t }) => [code, row, column, heading, t]) }
  }
  test('J2 J7 is read as a whole; blank is null and no fault', () => {
    expect(column('unit;value\nA;1.234.567\nB;2.000\nC;\n')).toEqual({ values: [1234567, 2000, null], faults: [] })
  })
  test('J8 faults name row, column, heading and text', () => {
    expect(column('unit,value\nA,"3,167,034"\nB,2.000\nC,n/a\nD,7')).toEqual({
      values: [null, null, null, 7],
      faults: [
        ['count.mixed', 2, 2, 'value', '3,167,034'],
        ['count.mixed', 3, 2, 'value', '2.000'],
        ['report.notInteger', 4, 2, 'value', 'n/a'],
      ],
    })
  })
})

test('J7 what is written is read back, whatever stands in it, with every separator', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', ';', '\t', '|', '"', '\n', ' ', '单'), maxLength: 6 })
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { maxLength: 5 }),
      fc.constantFrom(',', ';', '\t', '|'),
      fc.constantFrom('\n', '\r\n'),
      (table, separator, end) => {
        const text = [['unit', 'value'], ...table].map((cells) => cells.map(quoted).join(separator)).join(end)
        const read = readTable(bytes(text), COLUMNS, 'refused')
        const expected = table.map((cells) => cells.map((c) => c.trim())).filter(([a, b]) => a !== '' || b !== '')
        expect(read.faults).toEqual([])
        expect(read.rows.map(({ cells }) => [cells.unit, cells.value])).toEqual(expected)
      },
    ),
    { numRuns: 1_000 },
  )
})
