/** Tables that are taken along, and the form that comes back (F1, F19, F20). */
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { csvText } from '../../client/ui/tableFile.ts'
import { type TableFile, workbook } from '../../client/ui/workbook.ts'
import { wordsOf } from '../../client/i18n/index.ts'
import { told, utf8 } from './files.ts'

const packed = (file: Omit<TableFile, 'name'>) =>
  zipSync(Object.fromEntries(Object.entries(workbook(file)).map(([name, xml]) => [name, strToU8(xml)])))

describe('F20 what a spreadsheet would take for a formula stays a text', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1', '＝1', '=HYPERLINK("http://x")'])('%j', (text) => {
    const written = csvText({ head: [text], headings: [text], rows: [[text]] })
    for (const line of written
      .replace('\uFEFF', '')
      .split('\r\n')
      .filter((l) => l !== ''))
      expect(line).toMatch(/^"?'/)
    // in a workbook a text is one by its type
    const sheet = workbook({ head: [text], headings: [text], rows: [[text]] })['xl/worksheets/sheet1.xml']!
    expect(sheet).not.toContain('<f>')
    expect(sheet.match(/t="inlineStr"/g)).toHaveLength(3)
  })

  test('numbers are numbers, also below zero, and blanks are nothing', () => {
    const file = { head: [], headings: ['a', 'b', 'c'], rows: [[-5, 1.25, null]] }
    expect(csvText(file)).toBe('\uFEFFa,b,c\r\n-5,1.25,\r\n')
    expect(workbook(file)['xl/worksheets/sheet1.xml']).toContain(
      '<c r="A2"><v>-5</v></c><c r="B2"><v>1.25</v></c></row>',
    )
  })
})

test('F19 a form that goes out comes back the same, by CSV and by XLSX, in both languages', () => {
  const count = fc.option(fc.nat(999_999_999), { nil: null })
  const unit = fc.constantFrom(['440307001', '平安街道'], ['440307002', '龙城街道'], ['01003', 'Nanwan Subdistrict'])
  const rows = fc.uniqueArray(fc.tuple(unit, fc.integer({ min: 1, max: 31 }), count, count, fc.nat(9_999_999)), {
    selector: ([[code], day]) => `${code} ${day}`,
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(rows, fc.constantFrom('zh' as const, 'en' as const), (list, locale) => {
      const column = (wordsOf(locale)['files'] as { column: Record<string, string> }).column
      const counters = locale === 'zh' ? ['受理', '发证'] : ['Applications', 'Issued']
      const day = (n: number) => `2008-01-${String(n).padStart(2, '0')}`
      const file = {
        head: ['居住证推行监测 · 龙岗区 日报', '截至日志第 4,711 条', '模拟数据: “日报”, 受理'],
        headings: [column['code']!, column['unit']!, column['day']!, ...counters, column['version']!],
        rows: list.map(([[code, name], n, a, b, version]) => [code!, name!, day(n), a, b, version]),
      }
      const expected = {
        rows: list.map(([[code], n, a, b, version], i) =>
          [
            i + 5,
            code,
            day(n),
            version,
            ...(a === null ? [] : [`applications=${a}`]),
            ...(b === null ? [] : [`issued=${b}`]),
          ].join(' '),
        ),
        faults: [],
        notes: [],
      }
      expect(told(utf8(csvText(file)))).toEqual(expected)
      expect(told(packed(file))).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

test('F20 signs that a workbook cannot hold are left out, and all others are kept', () => {
  const name = '平安 <街道> & "办" \u0001\uFFFE’'
  const read = told(packed({ head: [], headings: ['单位', '日期', '发证'], rows: [[name, '2008-01-05', 1]] }))
  expect(read).toMatchObject({ faults: ['unit.unknown 2.1'] })
})
