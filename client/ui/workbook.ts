/** The parts of a workbook (XLSX) with one sheet. The page's security policy lets no library pack it in a thread made of text (W5). */

/** null = blank */
export type Value = string | number | null

/** What stands in a table: its headings, and below them its rows. */
export interface Lines {
  headings: readonly string[]
  rows: readonly (readonly Value[])[]
}

export interface TableFile extends Lines {
  /** of the file, without its ending */
  name: string
  /** sentences above the headings: what it is, of when, and where the figures come from */
  head: readonly string[]
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Of cells: plain, bold, text. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>`
const [PLAIN, BOLD, TEXT] = [0, 1, 2]

/** XML of every part, by its name. Texts are texts, whatever they begin with. */
export function workbook({ head, headings, rows }: Omit<TableFile, 'name'>): Record<string, string> {
  const first = head.length + 1
  const lines = [
    ...head.map((line) => cells([line], PLAIN)),
    cells(headings, BOLD),
    ...rows.map((row) => cells(row, TEXT)),
  ]
  const sheet = lines.map((line, r) => `<row r="${r + 1}">${line(r + 1)}</row>`).join('')
  const widths = headings.map((heading, c) => {
    const longest = Math.max(...[heading, ...rows.slice(0, 200).map((row) => row[c] ?? '')].map((v) => wide(String(v))))
    return `<col min="${c + 1}" max="${c + 1}" width="${Math.min(60, longest + 2)}" customWidth="1"/>`
  })
  const frozen = `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${first}" topLeftCell="A${first + 1}" state="frozen"/></sheetView></sheetViews>`
  const part = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${type}+xml"/>`
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${part('workbook', 'sheet.main')}${part('styles', 'styles')}${part('worksheets/sheet1', 'worksheet')}</Types>`,
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}">${frozen}<cols>${widths.join('')}</cols><sheetData>${sheet}</sheetData></worksheet>`,
  }
  return Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, XML + xml]))
}

function relations(...targets: (readonly [type: string, target: string])[]): string {
  const list = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}

const cells = (values: readonly Value[], style: number) => (row: number) =>
  values
    .map((value, c) => {
      const at = `r="${columnName(c)}${row}"`
      if (typeof value === 'number') return `<c ${at}><v>${value}</v></c>`
      if (value === null || value === '') return ''
      return `<c ${at} s="${style}" t="inlineStr"><is><t xml:space="preserve">${text(value)}</t></is></c>`
    })
    .join('')

/** 0 → A, 26 → AA */
function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last
}

/** Signs that XML cannot hold are left out. */
const text = (value: string): string =>
  value
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')

/** Width in digits: signs of wide scripts take two. */
const wide = (value: string): number => [...value].reduce((n, sign) => n + (sign.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
