/** CSV as offices send it: encodings, separators, names, days, numbers, and what is refused with its place (F1–F9). */
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { read, told, utf8 } from './files.ts'

const TABLE = '单位,日期,受理,发证\n平安,2008-1-5,12,11\n'
const ROW = ['2 440307001 2008-01-05 - applications=12 issued=11']
/** Bytes of a text in an encoding that JavaScript reads and does not write. */
const bytesIn = (encoding: string, of: string) =>
  new Uint8Array(execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: of }))

describe('encodings', () => {
  test.each([
    ['UTF-8', utf8(TABLE)],
    ['UTF-8 with its mark', utf8(`\uFEFF${TABLE}`)],
    ['GB18030', bytesIn('GB18030', TABLE)],
  ])('F2 %s is read', (_, bytes) => expect(told(bytes)).toEqual({ rows: ROW, faults: [], notes: [] }))

  test.each([
    ['Big5', bytesIn('BIG5', '單位,日期,受理,發證\n平安,2008-1-5,12,11\n'), 1],
    ['Shift-JIS', bytesIn('SHIFT-JIS', '単位,日付,受理,発行\n平安,2008-1-5,12,11\n'), 1],
    ['Latin-1', bytesIn('LATIN1', 'unit,day,issued\nCité,2008-1-5,12\n'), 2],
  ])('F2 %s is refused with the line where it shows, not read as something else', (_, bytes, row) => {
    const { fault, faults } = { fault: undefined, faults: undefined, ...told(bytes) }
    expect(fault ?? faults?.[0]).toMatch(new RegExp(`^file\\.encoding ${row}`))
  })
  test('F2 what spreadsheets call Unicode text is named', () =>
    expect(told(bytesIn('UTF-16LE', TABLE))).toEqual({ fault: 'file.utf16 0' }))
})

test.each([
  ['semicolons', TABLE.replaceAll(',', ';')],
  ['tabs', TABLE.replaceAll(',', '\t')],
  ['a line of its own for each return', TABLE.replaceAll('\n', '\r\n')],
])('F3 %s part the columns', (_, table) => expect(told(utf8(table))).toEqual({ rows: ROW, faults: [], notes: [] }))

test.each([
  '平安',
  '平安街道',
  '平安街道办',
  '平安街道办事处',
  '平安办事处',
  "Ping'an Subdistrict",
  '440307001',
  '　平安 街道 ',
])('F4 %s is the same unit', (name) =>
  expect(told(utf8(TABLE.replace('平安', name)))).toMatchObject({ rows: ROW, faults: [] }),
)

test.each([
  '2008-1-5',
  '2008-01-05',
  '2008/1/5',
  '2008.1.5',
  '2008年1月5日',
  '２００８年１月５日',
  '20080105',
  '39452',
  '37990',
])('F5 %s is the fifth of January', (day) =>
  expect(told(utf8(TABLE.replace('2008-1-5', day)))).toMatchObject({ rows: ROW, faults: [] }),
)

test.each([
  ['5/1/2008', 'day.invalid'],
  ['2008-2-30', 'day.invalid'],
  ['一月五日', 'day.invalid'],
  ['1', 'day.invalid'],
  ['12345', 'day.invalid'],
  ['', 'table.dayBlank'],
])('F5 the day %j is refused at its cell: %s', (day, code) =>
  expect(told(utf8(TABLE.replace('2008-1-5', day)))).toEqual({ rows: [], faults: [`${code} 2.2`], notes: [] }),
)

test('F5 a number that is a day of the programme by both epochs is asked about', () => {
  const table = utf8(TABLE.replace('2008-1-5', '39452'))
  expect(told(table, { to: '2013-01-01' })).toMatchObject({ faults: ['day.unclear 2.2'] })
  expect(told(table, { to: '2011-12-31' })).toMatchObject({ rows: ROW })
})

test.each([
  ['１２', 'applications=12'],
  ['"1,234"', 'applications=1234'],
  ['"12,34,567"', 'applications=1234567'],
  ['1 234', 'applications=1234'],
])('J1 F3 %s is a count', (text, value) =>
  expect(told(utf8(TABLE.replace('12,11', `${text},11`)))).toMatchObject({
    rows: [expect.stringContaining(value) as string],
    faults: [],
  }),
)

test('F6 everything that is wrong is said with its row and column, and the rest is read', () => {
  const table = [
    '龙岗区居住证日报,,,,',
    '编码,单位,日期,受理,发证,备注',
    '440307001,平安,2008-1-5,12,十一,ok',
    '440307002,平安,2008-1-5,1,1,',
    ',不存在的街道,2008-1-5,1,1,',
    ',,2008-1-5,1,1,',
    '440307002,龙城,2008-1-6,7,-3,',
    '440307002,龙城,2008-1-7,7,5,',
    '1003,,2008-1-7,7.0,5,',
    '合计,,2008-1-7,14,10,',
    ',龙岗区,2008-1-7,14,10,',
    '说明：数据截至晚上,,,,,',
    '440307002,龙城街道办,2008-1-7,7,5,',
  ].join('\n')
  expect(told(utf8(table))).toEqual({
    rows: [
      '3 440307001 2008-01-05 - applications=12',
      '7 440307002 2008-01-06 - applications=7',
      '9 01003 2008-01-07 - applications=7 issued=5',
    ],
    faults: [
      'report.notInteger 3.5',
      'table.unitsDiffer 4.2',
      'unit.unknown 5.2',
      'table.unitBlank 6.0',
      'report.negative 7.5',
      'table.rowTwice 8.0',
      'table.rowTwice 13.0',
    ],
    notes: ['table.headingUnknown 2.6', 'table.totalRow 10.1', 'table.totalRow 11.2', 'table.noteLine 12.0'],
  })
})

test('F6 a column that is there twice is refused, and so is a file without the names of its columns', () => {
  expect(told(utf8('单位,日期,受理,受理\n平安,2008-1-5,1,2'))).toEqual({
    rows: [],
    faults: ['table.headingTwice 1.4'],
    notes: [],
  })
  expect(told(utf8('平安,2008-1-5,1,2'))).toEqual({ rows: [], faults: ['table.noHeadings 1.0'], notes: [] })
  expect(told(utf8(''))).toEqual({ rows: [], faults: ['table.empty 0.0'], notes: [] })
  expect(told(utf8('单位,受理\n"平安,1'))).toEqual({ fault: 'table.quote 2' })
  expect(told(utf8('单位,受理\n龙城,3\n"平安,1\n坂田,2\n'))).toEqual({ fault: 'table.quote 3' })
})

test('F6 a document is no table, and headings that are missing are named by their keys, for each reader in their own words', () => {
  expect(told(utf8('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>'))).toEqual({ fault: 'file.noTable 0' })
  const answer = read(utf8('平安,2008-1-5,1,2'))
  const [fault] = answer.kind === 'placed' ? answer.placed.faults : []
  expect(fault?.params).toEqual({ names: 'unit, applications, issued' })
})

test('F6 F32 a column of running totals is no column of the day, and one of totals of no counter is left out and named', () => {
  expect(told(utf8('单位,日期,受理,累计发证\n平安,2008-1-5,12,5000'))).toEqual({
    rows: ['2 440307001 2008-01-05 - applications=12'],
    faults: [],
    notes: [],
  })
  expect(told(utf8('单位,日期,受理,累计\n平安,2008-1-5,12,5000'))).toMatchObject({
    notes: ['table.headingUnknown 1.4'],
  })
})

test('F7 a file without days is about the day of its sheet, and without one every row is refused', () => {
  const table = utf8('单位,受理\n平安,3')
  expect(told(table, { day: '2008-03-03' })).toMatchObject({ rows: ['2 440307001 2008-03-03 - applications=3'] })
  expect(told(table)).toMatchObject({ rows: [], faults: ['table.dayBlank 2.0'] })
})

test('F8 the version that a row was filled in with is read, and what is none is refused', () => {
  const table = (version: string) => utf8(`单位,日期,受理,版本\n平安,2008-1-5,12,${version}`)
  expect(told(table('4711'))).toMatchObject({ rows: ['2 440307001 2008-01-05 4711 applications=12'] })
  expect(told(table('v2'))).toMatchObject({ rows: [], faults: ['table.versionWrong 2.4'] })
})

test('F9 lines without end are refused before anything is made of them', () => {
  expect(told(utf8('\n'.repeat(4_000_000)))).toEqual({ fault: 'file.rowsMost 0' })
  expect(told(utf8('\r'.repeat(4_000_000)))).toEqual({ fault: 'file.rowsMost 0' })
  expect(told(new Uint8Array(5_000_000))).toEqual({ fault: 'file.utf16 0' })
  expect(told(utf8('%PDF-1.4\u0000\u0001'))).toEqual({ fault: 'file.noTable 0' })
})
