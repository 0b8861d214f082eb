/** Text of a table to its cells. */
import { CsvError, parse } from 'csv-parse/browser/esm/sync'
import { type TableFault, tableFault } from './fault.ts'
import { bare } from './signs.ts'

/** A row of a table; `row` counts from 1: the line of a file on which it begins, or the row of a block. */
export interface Line {
  row: number
  /** without blank ones at the end */
  cells: string[]
  /** of cells, blank ones at the end too */
  length: number
}

export interface Split {
  lines: Line[]
  /** the table could not be read to its end */
  fault: TableFault | null
}

const OPTIONS = { info: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] }
/** Separators of columns, the likelier first. */
const SEPARATORS = [',', ';', '\t', '|']

/**
 * Rows of a file, without blank ones and without blank columns at their ends; columns are separated by commas, semicolons,
 * tabs or bars, as its first row says. `table.quote` with its row for a quotation mark without its other.
 */
export function splitFile(text: string): Split {
  const [, named] = /^sep=(.)\r?\n/i.exec(text) ?? []
  const delimiter = named ?? separatorOf(text)
  try {
    const lines = linesOf(text, delimiter)
    return { lines: lines.slice(named === undefined ? 0 : 1).filter((l) => l.cells.length > 0), fault: null }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // the row that it is in begins behind the last that could be read
    const whole = typeof error.records === 'number' ? error.records : 0
    const row = whole === 0 ? 1 : 1 + endOf(text, delimiter, whole)
    return { lines: [], fault: tableFault('table.quote', { row, params: { n: row } }) }
  }
}

/** The line on which a row ends; rows from 1. */
function endOf(text: string, delimiter: string, row: number): number {
  const records = parse(text, { ...OPTIONS, delimiter, to: row }) as unknown as { info: { lines: number } }[]
  return records.at(-1)?.info.lines ?? 0
}

function linesOf(text: string, delimiter: string): Line[] {
  const records = parse(text, { ...OPTIONS, delimiter }) as unknown as { record: string[]; info: { lines: number } }[]
  let begins = 1
  return records.map(({ record, info }) => {
    const line = { row: begins, cells: trimmed(record), length: record.length }
    begins = info.lines + 1
    return line
  })
}

/** Cells without what is not seen around them, and without blank ones at the end. */
function trimmed(record: readonly string[]): string[] {
  const cells = record.map(bare)
  while (cells.at(-1) === '') cells.pop()
  return cells
}

/** The separator that parts the first row that has one most often; commas where none does. A title above has none. */
function separatorOf(text: string): string {
  const [first = ''] = /^.*[,;\t|].*$/m.exec(text) ?? []
  const open = first.replace(/"[^"]*"/g, '')
  const counts = SEPARATORS.map((s) => open.split(s).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!
}

/**
 * Rows of a block on the clipboard, as Excel, WPS and LibreOffice put it there: tabs, quoted cells, CRLF. Blank rows stay where
 * they are but for those at the end; a quotation mark without its other is only a sign. Text without tabs is taken for lines of a
 * file when every line has as many semicolons, or as many commas behind a word, unless a comma of each may group thousands.
 */
export function splitBlock(text: string): string[][] {
  const delimiter = text.includes('\t') ? '\t' : (fileSeparator(text) ?? '\t')
  const options = { ...OPTIONS, info: false, delimiter, relax_quotes: true }
  let rows: string[][]
  try {
    rows = parse(text, options)
  } catch {
    rows = parse(text, { ...options, quote: false })
  }
  rows = rows.map((cells) => cells.map(bare))
  while (rows.length > 0 && rows.at(-1)!.every((cell) => cell === '')) rows.pop()
  // what a spreadsheet takes along of empty columns
  const width = Math.max(1, ...rows.map((cells) => cells.findLastIndex((cell) => cell !== '') + 1))
  return rows.map((cells) => cells.slice(0, width))
}

function fileSeparator(text: string): string | undefined {
  const lines = text
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.replace(/"[^"]*"/g, '""'))
  return [';', ','].find((s) => {
    const counts = lines.map((line) => line.split(s).length)
    const isEven = counts[0]! > 1 && counts.every((n) => n === counts[0])
    // `Oak,1,234` is 1 and 234, or 1,234
    const mayGroup = lines.every((line) => /, *[1-9]\d{0,2},\d{3} *(?:,|$)/.test(line))
    return isEven && (s === ';' || (!mayGroup && lines.every((line) => /^(?:"|[^,]*\p{L})/u.test(line))))
  })
}
