/** The XML of one sheet to its rows: what each cell shows, and why a cell says nothing that could be read. */
import { type TableCode, type TableFault, tableFault } from '../../shared/reading/fault.ts'
import { daySerial, type Epoch } from '../../shared/reading/days.ts'
import { bare } from '../../shared/reading/signs.ts'
import { PartFault, readXml } from './parts.ts'
import { at, type Merged, MOST_COLUMNS, MOST_ROWS, type Sheet } from './sheet.ts'

export interface Around {
  texts: readonly string[]
  isDate: (style: number) => boolean
  epoch: Epoch
}

/** No name, number or day is longer; what is cut is none of them. */
const LONGEST = 1_000
/** Numbers that are days of years with four digits. */
const LAST_SERIAL = 2_958_465

interface Cell {
  row: number
  column: number
  type: string
  style: number
  /** as it was written; null = none */
  formula: string | null
  /** undefined = no value stands there */
  value: string | undefined
}

/** Throws a PartFault for what is no XML, or more than a table of reports. */
export function readSheet(xml: string, around: Around): Sheet {
  const rows = new Map<number, string[]>()
  const faults = new Map<string, TableFault>()
  const merged: Merged[] = []
  const hidden = new Set<number>()
  let [row, column, seen] = [0, 0, 0]
  let cell: Cell | null = null
  let [inValue, inFormula] = [false, false]
  readXml(xml, {
    open(name, attributes) {
      if (name === 'v' || name === 't') {
        inValue = true
        if (cell !== null) cell.value ??= ''
      } else if (name === 'f' && cell !== null) {
        inFormula = true
        cell.formula = ''
      } else if (name === 'row') {
        if (++seen > MOST_ROWS) throw new PartFault('file.rowsMost')
        const given = attributes()
        row = given['r'] === undefined ? row + 1 : Number(given['r'])
        column = 0
        if (given['hidden'] === '1' || given['hidden'] === 'true') hidden.add(row)
      } else if (name === 'c') {
        const { r, t = 'n', s = '0' } = attributes()
        column = r === undefined ? column + 1 : columnOf(r)
        cell = { row, column, type: t, style: Number(s), formula: null, value: undefined }
      } else if (name === 'mergeCell') {
        const range = rangeOf(attributes()['ref'] ?? '')
        if (range !== null) merged.push(range)
      }
    },
    text(given) {
      if (inValue && cell !== null) cell.value += given
      if (inFormula && cell !== null) cell.formula += given
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'f') inFormula = false
      else if (name === 'c') {
        if (cell !== null) take(cell)
        cell = null
      }
    },
  })
  const lines = [...rows].sort(([a], [b]) => a - b).map(([n, cells]) => ({ row: n, cells, length: cells.length }))
  return { lines, faults, merged, hidden, epoch: around.epoch, doubtful: null }

  function take(found: Cell): void {
    const read = textOf(found, around)
    const text = bare((typeof read === 'string' ? read : read.text).slice(0, LONGEST))
    if (text === '') return
    if (found.column > MOST_COLUMNS) throw new PartFault('file.columnsMost')
    if (typeof read !== 'string') {
      const place = { row: found.row, column: found.column, text }
      faults.set(at(found.row, found.column), { ...tableFault('file.cellError', place), code: read.code })
    }
    let cells = rows.get(found.row)
    if (cells === undefined) rows.set(found.row, (cells = []))
    while (cells.length < found.column) cells.push('')
    cells[found.column - 1] = text
  }
}

/** What a cell shows, or why it shows nothing that counts. */
function textOf(
  { type, style, formula, value }: Cell,
  { texts, isDate, epoch }: Around,
): string | { code: TableCode | 'report.notInteger'; text: string } {
  // what has no value was written by a program that does not calculate: the spreadsheet would show another figure than is here
  if (value === undefined) return formula === null ? '' : { code: 'file.formula', text: `=${formula}` }
  if (type === 's') return texts[Number(value)] ?? ''
  if (type === 'str' || type === 'inlineStr') return value
  if (type === 'e') return { code: 'file.cellError', text: value }
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'd') return value.slice(0, 10)
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (isDate(style) && number >= 1 && number <= LAST_SERIAL) return daySerial(number, epoch)
  const whole = Math.round(number)
  // sums of decimals that are whole but for what a computer cannot write
  if (Math.abs(number - whole) <= 1e-9 * Math.max(1, Math.abs(number))) return String(whole)
  return { code: 'report.notInteger', text: String(number) }
}

/** `BC12` → 55 */
function columnOf(ref: string): number {
  let column = 0
  for (let i = 0; i < ref.length; i++) {
    const sign = ref.charCodeAt(i) - 64
    if (sign < 1 || sign > 26) break
    column = column * 26 + sign
  }
  return column
}

function rangeOf(name: string): Merged | null {
  const [, from, top, to, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(name) ?? []
  if (from === undefined) return null
  return { name, top: Number(top), left: columnOf(from), bottom: Number(bottom), right: columnOf(to!) }
}
