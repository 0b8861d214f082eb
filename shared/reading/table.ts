/** The one reader of tables that come as files: decoded, split, columns found by name, every fault with its place (J7, J8). */
import { readerOf } from './count.ts'
import { decode } from './decode.ts'
import { type TableFault, tableFault } from './fault.ts'
import { type Field, matchHeadings, wholeNames } from './headings.ts'
import { type Line, splitFile } from './split.ts'

/** A column that is looked for. */
export interface Column extends Field {
  /** may be absent; its cells are then blank */
  optional?: boolean
}

export interface TableRow {
  /** line of the file on which it begins, from 1 */
  row: number
  /** text by key of the column, without what is not seen around it; '' = blank */
  cells: Record<string, string>
}

export interface Table {
  rows: TableRow[]
  faults: TableFault[]
  /** the place of a cell, for a fault about what stands in it */
  place(row: TableRow, key: string): { row: number; column: number; heading: string; text: string }
}

/**
 * Reads a file. `others`: columns that are not looked for are `refused`, or `passed` over as long as none of those that are is
 * there twice. Faults beside those of `decode`, `splitFile` and `matchHeadings`: `table.empty`, `table.headingMissing {name}`,
 * `table.rowLong {n, max}`, `table.rowShort {n, max}` (a cell may be blank, not left out), and what is no row: titles above
 * (`table.headingsBelow {n}`), headings again (`table.headingsAgain {n}`), a note (`table.note`), headings down
 * the first column (`table.turned`) or nowhere (`table.noHeadings {names}`). With faults of the whole file or of its headings there are no rows.
 */
export function readTable(bytes: Uint8Array, columns: readonly Column[], others: 'refused' | 'passed'): Table {
  const faults: TableFault[] = []
  const nothing = (...more: TableFault[]): Table => ({ rows: [], faults: [...faults, ...more], place: () => noPlace })
  const decoded = decode(bytes)
  if (!decoded.ok) return nothing(decoded.fault)
  const { lines, fault } = splitFile(decoded.text)
  if (fault !== null) return nothing(fault)
  const [head, ...body] = lines
  if (head === undefined) return nothing(tableFault('table.empty'))
  const none = withoutHeadings(lines, columns)
  if (none !== null) return nothing(none)
  const width = head.cells.length
  const headings = matchHeadings(head, columns, width, () => others === 'refused')
  faults.push(...headings.faults)
  const at = new Map(headings.columns.flatMap((key, c) => (key === null ? [] : [[key, c] as const])))
  for (const { key, names, optional } of columns)
    if (!at.has(key) && optional !== true)
      faults.push(tableFault('table.headingMissing', { row: head.row, params: { name: names[0] ?? key } }))
  if (faults.length > 0) return nothing()
  const rows = body.flatMap((line): TableRow[] => {
    const { row, cells, length } = line
    const isNoRow = noRow(line, head, columns)
    if (isNoRow !== null) {
      faults.push(isNoRow)
      return []
    }
    if (cells.length > width) faults.push(tableFault('table.rowLong', { row, params: { n: cells.length, max: width } }))
    if (length < width) faults.push(tableFault('table.rowShort', { row, params: { n: length, max: width } }))
    return [{ row, cells: Object.fromEntries(columns.map(({ key }) => [key, cells[at.get(key) ?? -1] ?? ''])) }]
  })
  return { rows, faults, place }

  function place({ row, cells }: TableRow, key: string) {
    const c = at.get(key)
    return { row, column: (c ?? -1) + 1, heading: c === undefined ? '' : head!.cells[c]!, text: cells[key] ?? '' }
  }
}

/** Rows below which headings are not looked for. */
const TITLES = 20

/** A first row in which nothing is a heading: there is one fault, not one for each column. */
function withoutHeadings([head, ...body]: readonly Line[], columns: readonly Column[]): TableFault | null {
  const find = wholeNames(columns)
  const known = (texts: readonly string[]) => new Set(texts.map(find).filter((at) => at !== undefined))
  const isHead = (texts: readonly string[]) => columns.every((c, i) => c.optional === true || known(texts).has(i))
  const place = { row: head!.row, text: head!.cells.find((text) => text !== '')! }
  const down = [head!, ...body.slice(0, TITLES)].map(({ cells }) => cells[0] ?? '')
  const own = known(head!.cells).size
  if (own < 2 && known(down).size > 1 && isHead(down)) return tableFault('table.turned', place)
  if (own > 0) return null
  const below = body.slice(0, TITLES).find(({ cells }) => isHead(cells))
  if (below !== undefined) return tableFault('table.headingsBelow', { ...place, params: { n: below.row } })
  const names = columns.filter((column) => column.optional !== true).map(({ key, names }) => names[0] ?? key)
  return tableFault('table.noHeadings', { ...place, params: { names: names.join(', ') } })
}

/** A line among the rows that is none. */
function noRow({ row, cells, length }: Line, head: Line, columns: readonly Column[]): TableFault | null {
  if (cells.length === head.cells.length && cells.every((text, c) => text === head.cells[c]))
    return tableFault('table.headingsAgain', { row, params: { n: head.row } })
  const [text, ...more] = cells.filter((cell) => cell !== '')
  const isAlone = more.length === 0 && head.cells.length > 2 && columns.filter((c) => c.optional !== true).length > 1
  // one cell may be all that is known of a row; a sentence is not
  return isAlone && (length < head.cells.length || /[\s:\uFF1A]/.test(text!))
    ? tableFault('table.note', { row, text: text! })
    : null
}

const noPlace = { row: 0, column: 0, heading: '', text: '' }

/**
 * Reads a column of a table as counts, all its rows together: a value for each row, null where it is blank or has a fault. The
 * codes are those of `readerOf`; its texts and suggestions are in the params. `most`: the largest count.
 */
export function readColumn(
  { rows, place }: Table,
  key: string,
  most?: number,
): { values: (number | null)[]; faults: TableFault[] } {
  const faults: TableFault[] = []
  const read = readerOf(
    rows.map((row) => row.cells[key] ?? ''),
    most,
  )
  const values = rows.map((row) => {
    const reading = read(row.cells[key] ?? '')
    if (reading.kind === 'count') return reading.value
    if (reading.kind === 'refused') {
      const { code, params = {} } = reading.refusal
      const { suggestion } = reading
      faults.push({ ...place(row, key), code, params: suggestion === null ? params : { ...params, n: suggestion } })
    }
    return null
  })
  return { values, faults }
}
