/** Files as offices send them, made by a writing library or byte by byte. */
import { strToU8, zipSync } from 'fflate'
import writeXlsx, { type SheetData } from 'write-excel-file/universal'
import { readFigures } from '../../server/exchange/read.ts'
import type { Target } from '../../server/exchange/place.ts'

export const target = (over: Partial<Target> = {}): Target => ({
  units: [
    { code: '440307001', names: ['平安街道', 'Ping’an Subdistrict', '平安', 'Ping’an'] },
    { code: '440307002', names: ['龙城街道', 'Longcheng Subdistrict', '龙城', 'Longcheng'] },
    { code: '01003', names: ['南湾街道', 'Nanwan Subdistrict', '南湾', 'Nanwan'] },
  ],
  totals: ['龙岗区', 'Longgang'],
  counters: [
    { key: 'applications', names: ['受理', 'Applications', 'applications'] },
    { key: 'issued', names: ['发证', 'Issued', 'issued'] },
  ],
  fillers: ['张'],
  from: '2007-12-01',
  to: '2009-12-31',
  day: null,
  ...over,
})

export const read = (bytes: Uint8Array, over: Partial<Target> = {}, sheet: string | null = null) =>
  readFigures({ bytes, sheet, target: target(over) })

/** `row unit day basis counter=value …` for each row; then faults and notes as `code row.column`. */
export function told(bytes: Uint8Array, over: Partial<Target> = {}, sheet: string | null = null) {
  const answer = read(bytes, over, sheet)
  if (answer.kind === 'which') return { which: answer.sheets.map((s) => (s.hidden ? `(${s.name})` : s.name)) }
  if (answer.kind === 'lines') throw new Error('it was read as a list')
  if (answer.kind === 'fault') return { fault: `${answer.fault.code} ${answer.fault.row}` }
  const { rows, faults, notes } = answer.placed
  const place = (f: { code: string; row: number; column: number }) => `${f.code} ${f.row}.${f.column}`
  return {
    rows: rows.map(({ row, unit, day, basis, values }) =>
      [row, unit, day, basis ?? '-', ...values.map((v) => `${v.counter}=${v.value}`)].join(' '),
    ),
    faults: faults.map(place),
    notes: notes.map(place),
  }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export async function xlsx(data: SheetData): Promise<Uint8Array> {
  const blob = await writeXlsx(data).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface Raw {
  /** XML of each sheet below `worksheet` */
  sheets: readonly { name: string; state?: string; xml: string }[]
  date1904?: boolean
  styles?: string
  texts?: string
  more?: Record<string, Uint8Array>
}

/** A workbook out of XML written by hand. */
export function workbook({ sheets, date1904, styles, texts, more }: Raw): Uint8Array {
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    ),
    'xl/workbook.xml': strToU8(
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${date1904 === true ? ' date1904="1"' : ''}/><sheets>${sheets
        .map(
          (s, i) =>
            `<sheet name="${s.name}" sheetId="${i + 1}"${s.state ? ` state="${s.state}"` : ''} r:id="rId${i + 1}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `${HEAD}<Relationships>${sheets
        .map((_, i) => `<Relationship Id="rId${i + 1}" Type="worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
        .join('')}</Relationships>`,
    ),
    ...more,
  }
  sheets.forEach(({ xml }, i) => {
    files[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(`${HEAD}<worksheet xmlns="${MAIN}">${xml}</worksheet>`)
  })
  if (styles !== undefined)
    files['xl/styles.xml'] = strToU8(`${HEAD}<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`)
  if (texts !== undefined) files['xl/sharedStrings.xml'] = strToU8(`${HEAD}<sst xmlns="${MAIN}">${texts}</sst>`)
  return zipSync(files, { level: 6 })
}

export const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
export const number = (ref: string, value: number | string, style = 0): string =>
  `<c r="${ref}" s="${style}"><v>${value}</v></c>`
export const row = (n: number, cells: string, more = ''): string => `<row r="${n}"${more}>${cells}</row>`

/** Headings and, in row 2, one report. */
export const HEADINGS = row(1, text('A1', '单位') + text('B1', '日期') + text('C1', '受理') + text('D1', '发证'))
export const REPORT = row(2, text('A2', '平安') + text('B2', '2008-1-5') + number('C2', 12) + number('D2', 11))
