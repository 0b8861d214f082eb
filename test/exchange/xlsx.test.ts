/** Workbooks as offices send them, and those that are sent to do harm (F1–F12). */
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readFigures } from '../../server/exchange/read.ts'
import { createReader } from '../../server/exchange/reader.ts'
import { HEADINGS, number, REPORT, row, target, text, told, utf8, workbook, xlsx } from './files.ts'

const ROW = ['2 440307001 2008-01-05 - applications=12 issued=11']
const book = (xml: string, more: Partial<Parameters<typeof workbook>[0]> = {}) =>
  workbook({ sheets: [{ name: 'Sheet1', xml: `<sheetData>${xml}</sheetData>` }], ...more })
const DATES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
const OWN = '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'

test('F1 a workbook that a library wrote is read back, days as days', async () => {
  const bytes = await xlsx([
    ['单位', '日期', '受理', '发证'],
    ['平安', { value: new Date('2008-01-05T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' }, 12, 11],
  ])
  expect(told(bytes)).toEqual({ rows: ROW, faults: [], notes: [] })
})

test('F1 what is written is what is read, whatever the figures are', async () => {
  const cell = fc.tuple(
    fc.constantFrom('平安', '龙城街道办', '01003'),
    fc.integer({ min: 1, max: 28 }),
    fc.nat(999_999_999),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(cell, { selector: ([unit, day]) => `${unit} ${day}`, minLength: 1, maxLength: 30 }),
      async (cells) => {
        const bytes = await xlsx([
          ['单位', '日期', '发证'],
          ...cells.map(([unit, day, n]) => [unit, `2008年1月${day}日`, n]),
        ])
        const { rows = [], faults } = { faults: undefined, ...told(bytes) }
        expect(faults).toEqual([])
        expect(rows.map((r) => r.split('=')[1])).toEqual(cells.map(([, , n]) => String(n)))
      },
    ),
    { numRuns: 25 },
  )
})

test.each([
  ['by its style', number('B2', 39_452, 1), { styles: DATES }],
  ['by a format of its own', number('B2', 39_452, 2), { styles: OWN + DATES }],
  ['as a number alone', number('B2', 39_452), {}],
  ['from 1904', number('B2', 37_990, 1), { styles: DATES, date1904: true }],
  ['from 1904, as a number alone', number('B2', 37_990), { date1904: true }],
  ['as ISO', '<c r="B2" t="d"><v>2008-01-05T00:00:00</v></c>', {}],
])('F5 a day %s is the day that the spreadsheet shows', (_, cell, more) => {
  const xml = HEADINGS + row(2, text('A2', '平安') + cell + number('C2', 12) + number('D2', 11))
  expect(told(book(xml, more))).toEqual({ rows: ROW, faults: [], notes: [] })
})

test('F1 texts that cells share are read, without how they are spoken, and so are cells that do not say where they are', () => {
  const texts = '<si><r><t>平</t></r><r><t>安</t></r><rPh><t>ping an</t></rPh></si><si><t>2008-1-5</t></si>'
  const cells = '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c><v>12</v></c><c><v>11</v></c>'
  expect(told(book(`${HEADINGS}<row>${cells}</row>`, { texts }))).toEqual({ rows: ROW, faults: [], notes: [] })
})

test.each([
  ['a formula that was never calculated', '<c r="C2"><f>1+1</f></c>', 'file.formula 2.3'],
  ['a formula that failed', '<c r="C2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', 'file.cellError 2.3'],
  ['a number with decimals', number('C2', 12.5), 'report.notInteger 2.3'],
  ['a thousandth that looks like thousands', number('C2', 1.234), 'report.notInteger 2.3'],
  ['less than nothing', number('C2', -4), 'report.negative 2.3'],
  ['what is true', '<c r="C2" t="b"><v>1</v></c>', 'report.notInteger 2.3'],
  ['a day', number('C2', 39_452, 1), 'report.notInteger 2.3'],
])('F10 %s in the place of a figure is refused at its cell, and the rest is read', (_, cell, fault) => {
  const xml = HEADINGS + row(2, text('A2', '平安') + text('B2', '2008-1-5') + cell + number('D2', 11))
  expect(told(book(xml, { styles: DATES }))).toEqual({
    rows: ['2 440307001 2008-01-05 - issued=11'],
    faults: [fault],
    notes: [],
  })
})

test('F10 a formula with its value is a figure, also one that a computer cannot write as a whole number', () => {
  const cells = '<c r="C2"><f>SUM(1)</f><v>12</v></c><c r="D2"><f>0.1+0.2</f><v>11.000000000000002</v></c>'
  expect(told(book(HEADINGS + row(2, text('A2', '平安') + text('B2', '2008-1-5') + cells)))).toMatchObject({
    rows: ROW,
  })
})

describe('F11 what a spreadsheet does not show as it is', () => {
  test('merged cells among the reports are refused with their range; a merged title is not', () => {
    const merged = (...ranges: string[]) =>
      workbook({
        sheets: [
          {
            name: 'S',
            xml: `<sheetData>${HEADINGS}${REPORT}${row(3, text('A3', '龙城') + number('C3', 1))}</sheetData><mergeCells>${ranges
              .map((r) => `<mergeCell ref="${r}"/>`)
              .join('')}</mergeCells>`,
          },
        ],
      })
    expect(told(merged('B2:B3'))).toEqual({ rows: [], faults: ['file.merged 2.2'], notes: [] })
    expect(told(merged('A1:B1', 'J2:K3'))).toMatchObject({ rows: ROW, faults: ['table.dayBlank 3.2'] })
  })

  test('a row that is hidden is refused', () => {
    const xml = HEADINGS + REPORT + row(3, text('A3', '龙城') + text('B3', '2008-1-5') + number('C3', 1), ' hidden="1"')
    expect(told(book(xml))).toEqual({ rows: ROW, faults: ['file.hiddenRow 3.0'], notes: [] })
  })

  test('a hidden sheet is asked about, and so is which of several sheets is meant', () => {
    const xml = `<sheetData>${HEADINGS}${REPORT}</sheetData>`
    const sheets = [
      { name: '日报', xml },
      { name: '底稿', state: 'veryHidden', xml: '<sheetData/>' },
    ]
    expect(told(workbook({ sheets }))).toEqual({ which: ['日报', '(底稿)'] })
    expect(told(workbook({ sheets }), {}, '日报')).toEqual({ rows: ROW, faults: [], notes: [] })
    expect(told(workbook({ sheets }), {}, '底稿')).toEqual({ rows: [], faults: ['table.empty 0.0'], notes: [] })
    expect(told(workbook({ sheets }), {}, 'else')).toEqual({ which: ['日报', '(底稿)'] })
    expect(
      told(
        workbook({
          sheets: [
            { name: 'A &amp; B', xml },
            { name: 'C', xml },
          ],
        }),
      ),
    ).toEqual({ which: ['A & B', 'C'] })
  })
})

/** A container as Excel writes encrypted workbooks and old ones: its beginning, and a name in its directory. */
const container = (name: string) =>
  new Uint8Array(
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(name, 'utf16le')]),
  )

test.each([
  ['with macros', book(HEADINGS, { more: { 'xl/vbaProject.bin': strToU8('x') } }), 'file.macros 0'],
  [
    'that says it has macros',
    book(HEADINGS, {
      more: { '[Content_Types].xml': strToU8('<Types a="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>') },
    }),
    'file.macros 0',
  ],
  ['with a password', container('EncryptedPackage'), 'file.encrypted 0'],
  ['of an older kind', container('Workbook'), 'file.otherWorkbook 0'],
  ['of binary parts', zipSync({ 'xl/workbook.bin': strToU8('x') }), 'file.otherWorkbook 0'],
  [
    'of another office',
    zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') }),
    'file.otherWorkbook 0',
  ],
  ['that is cut short', book(HEADINGS + REPORT).slice(0, 700), 'file.damaged 0'],
  ['whose sheet is no XML', workbook({ sheets: [{ name: 'S', xml: '<sheetData><row' }] }), 'file.damaged 0'],
  ['with a million empty rows', book('<row r="1"/>'.repeat(1_000_000)), 'file.rowsMost 0'],
  ['that goes on to the last column', book(HEADINGS + row(2, number('XFD2', 1))), 'file.columnsMost 0'],
])('F12 a workbook %s is refused', (_, bytes, fault) => expect(told(bytes)).toEqual({ fault }))

/** A package with one part that says how long it is, truly or not. */
function packed(name: string, content: Buffer, says = content.length): Uint8Array {
  const bytes = deflateRawSync(content, { level: 9 })
  const file = Buffer.from(name)
  const head = (signature: number, more: number) => {
    const b = Buffer.alloc(30 + more)
    b.writeUInt32LE(signature, 0)
    return b
  }
  const local = head(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(bytes.length, 18)
  local.writeUInt32LE(says, 22)
  local.writeUInt16LE(file.length, 26)
  const central = head(0x02014b50, 16)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(bytes.length, 20)
  central.writeUInt32LE(says, 24)
  central.writeUInt16LE(file.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + file.length, 12)
  end.writeUInt32LE(local.length + file.length + bytes.length, 16)
  return new Uint8Array(Buffer.concat([local, file, bytes, central, file, end]))
}

describe('F12 a zip bomb', () => {
  const zeros = Buffer.alloc(40_000_000)
  test('that says how large it is, is not unpacked', () => {
    expect(told(packed('[Content_Types].xml', zeros))).toEqual({ fault: 'file.tooLarge 0' })
  })
  test('that says less is unpacked no further than it says', () => {
    expect(told(packed('[Content_Types].xml', zeros, 1_000))).toEqual({ fault: 'file.otherWorkbook 0' })
    expect(told(packed('xl/workbook.xml', zeros, 1_000))).toEqual({ fault: 'file.damaged 0' })
  })
})

describe('F13 the thread of a file', () => {
  const file = (bytes: Uint8Array) => ({ bytes, sheet: null, target: target() })
  test('answers with what stands in it', async () => {
    const reader = createReader()
    expect(await reader.read(file(book(HEADINGS + REPORT)))).toMatchObject({ kind: 'placed', placed: { faults: [] } })
    await reader.close()
  })
  test('is ended when its time is over, and when the server stops, and says so', async () => {
    const reader = createReader(1)
    const many = Array.from({ length: 15_000 }, (_, i) => row(i + 2, number('A2', 1) + text('B2', 'x')))
    expect(await reader.read(file(book(HEADINGS + many.join(''))))).toMatchObject({
      kind: 'fault',
      fault: { code: 'file.tooHard' },
    })
    const slow = createReader()
    const answer = slow.read(file(book(HEADINGS + REPORT)))
    await slow.close()
    expect(await answer).toMatchObject({ kind: 'fault', fault: { code: 'file.tooHard' } })
  })
})

describe('F31 a list in a file is its rows', () => {
  const rowsOf = (bytes: Uint8Array, sheet: string | null = null) => readFigures({ bytes, sheet, target: null })

  test('as they stand, with their numbers, whatever they are about', async () => {
    const bytes = await xlsx([
      [{ value: '姓名' }, { value: '电话' }],
      [],
      [{ value: '安' }, { value: 110, type: Number }],
    ])
    expect(rowsOf(bytes)).toEqual({
      kind: 'lines',
      lines: [
        { row: 1, cells: ['姓名', '电话'] },
        { row: 3, cells: ['安', '110'] },
      ],
      faults: [],
    })
    expect(rowsOf(utf8('姓名;电话\n安;110\n'))).toMatchObject({ kind: 'lines', lines: [{ row: 1 }, { row: 2 }] })
  })

  test('what cannot be read, or is not shown, is a fault with its row; several sheets are asked about', () => {
    const hidden = row(2, text('A2', '安'), ' hidden="1"')
    const formula = row(3, text('A3', '') + '<c r="B3"><f>1+1</f></c>')
    const sheet = { name: '1', xml: `<sheetData>${row(1, text('A1', '姓名'))}${hidden}${formula}</sheetData>` }
    const read = rowsOf(workbook({ sheets: [sheet] }))
    expect(read).toMatchObject({
      kind: 'lines',
      faults: [
        { code: 'file.hiddenRow', row: 2 },
        { code: 'file.formula', row: 3, text: '=1+1' },
      ],
    })
    expect(JSON.stringify(read)).not.toContain('安')
    expect(rowsOf(workbook({ sheets: [sheet, { ...sheet, name: '2' }] }))).toMatchObject({ kind: 'which' })
  })
})
