/** Which rows of a pasted block are headings, and what they say of each column. Pure. */
import { readCount } from '../../../shared/reading/count.ts'
import { isNumber } from '../../../shared/reading/headings.ts'
import { plain } from '../../../shared/reading/signs.ts'

export type Rows = readonly (readonly string[])[]

/** Rows that headings may stand below where none of them is known. */
const TITLES = 5

/**
 * Rows of headings, `end` excluded; `perhaps` to be asked about. `turned`: units stand across, and counters down if anywhere;
 * `twice`: other headings stand further down.
 */
export type Head = { kind: 'none' | 'turned' | 'twice' } | { kind: 'rows' | 'perhaps'; first: number; end: number }

interface Known {
  counter(text: string): boolean
  /** of the sheet, or all of them */
  unit(text: string): boolean
  /** which of the sheet */
  row(text: string): number | undefined
}

/** Finds the headings: a row with the name of a counter, else rows of words over figures. */
export function headOf(rows: Rows, known: Known): Head {
  if (isTurned(rows, known)) return { kind: 'turned' }
  const isHead = (cells: readonly string[]) => cells.some(known.counter)
  const named = rows.findIndex(isHead)
  if (named >= 0) {
    const again = rows.slice(named + 1).find((cells, i) => isHead(cells) && !isPart(rows, named, named + 1 + i, known))
    if (again !== undefined && again.join('\t') !== rows[named]!.join('\t')) return { kind: 'twice' }
    let end = named + 1
    while (isPart(rows, named, end, known)) end++
    let first = named
    while (first > 0 && isWords(rows[first - 1]!, known)) first--
    return { kind: 'rows', first, end }
  }
  return unknownHead(rows, known)
}

/** Headings of which none is known: above the first row that names a unit or, where none does, holds a figure. */
function unknownHead(rows: Rows, known: Known): Head {
  const isNamed = rows.some((cells) => cells.some((text) => known.row(text) !== undefined))
  const named = isNamed ? rows.findIndex((cells) => cells.some(known.unit)) : -1
  const figures = rows.findIndex((cells) => cells.some(isNumber))
  const over = (row: number, is: (text: string) => boolean) =>
    rows[row + 1]?.some((text, c) => isNumber(text) && is(rows[row]![c] ?? '')) === true
  // where no unit is named, the first number may stand among the headings itself
  const isHeading = (text: string) => (isWord(text) || isDate(text)) && (!isNamed || !known.unit(text))
  const isAbove = figures > 0 && over(figures - 1, isHeading)
  const isHead = figures >= 0 && (over(figures, isHeading) || (over(figures, isNumber) && isTime(rows)))
  const isAmong = named < 0 && !isAbove && isHead
  const end = named >= 0 ? named : isAmong ? figures + 1 : figures
  const above = rows.slice(0, end)
  if (end < 1 || end > TITLES || above.filter((cells) => cells.some(isNumber)).length > 1) return { kind: 'none' }
  const isSure = !isAmong && over(end - 1, isHeading) && (named >= 0 || !/\d/.test(above.at(-1)!.join('')))
  if (isSure) return { kind: 'rows', first: 0, end }
  return isAmong || over(end - 1, isHeading) || over(end - 1, isNumber)
    ? { kind: 'perhaps', first: 0, end }
    : { kind: 'none' }
}

/** Days stand over columns, never in them. */
const DATE = /^\d{1,4}[-/\u5E74]\d{1,2}(?:[-/\u6708]\d{0,4}\u65E5?)?$|^\d{1,2}[\u6708]\d{1,2}\u65E5$/

export const isDate = (text: string): boolean => DATE.test(plain(text))

/** The first row holds years, or one year, month or day alone above rows of more. */
function isTime([cells = [], ...below]: Rows): boolean {
  const values = cells.filter((text) => text !== '').map(valueOf)
  const [first = 0] = values
  if (values.length > 1) return values.every((value, i) => value === first + i) && isYear(first)
  const isLone = below.some((row) => row.filter((text) => text !== '').length > 1)
  return isLone && [1, 100, 10_000].some((unit) => isYear(Math.floor(first / unit)))
}

const isYear = (value: number): boolean => value > 1900 && value < 2100

const valueOf = (text: string): number => {
  const reading = readCount(text)
  return reading.kind === 'count' ? reading.value : NaN
}

/**
 * Below the headings, with nothing but words between: cells that were merged downwards are blank in its first column, and
 * headings in two languages stand one below the other.
 */
const isPart = (rows: Rows, named: number, row: number, known: Known): boolean =>
  row < rows.length - 1 &&
  rows
    .slice(named + 1, row + 1)
    .every((cells) => (cells[0] === '' || cells.some(known.counter)) && isWords(cells, known))

function isTurned(rows: Rows, known: Known): boolean {
  const [first = [], ...below] = rows
  const units = new Set(first.map(known.row).filter((row) => row !== undefined))
  const isNamed = below.some((cells) => known.counter(cells[0] ?? '')) && !first.some(known.counter)
  // counters down, with figures beside them and none elsewhere
  const down = rows.filter((cells) => known.counter(cells[0] ?? '') && !cells.slice(1).some(known.counter))
  const isDown = down.some((cells) => cells.some(isNumber)) && rows.every((r) => down.includes(r) || !r.some(isNumber))
  if (isDown) return true
  const isAcross = units.size > 1 && !below.some((cells) => cells.some((text) => known.row(text) !== undefined))
  return below.length > 0 && (isAcross || (isNamed && units.size > 0))
}

/** Cells that hold something hold words, and none names a unit. */
const isWords = (cells: readonly string[], known: Known): boolean =>
  cells.some((text) => text !== '') && cells.every((text) => text === '' || (isWord(text) && !known.unit(text)))

/** Words that stand for a figure that there is not. */
const ABSENT = /^(?:n\/?a|nil|none|null|nan|x|k\.?\s?a\.?)$/i

/** True for a word, not for a figure that is written wrongly or said to be absent. */
export function isWord(text: string): boolean {
  const reading = readCount(text)
  const isFigure = reading.kind === 'count' || (reading.kind === 'refused' && reading.suggestion !== null)
  return (
    !isFigure &&
    /[\p{L}%‰]/u.test(plain(text)) &&
    !/^[-+<>~(]?\s?\d[\d.,' ]*(?:\D?|E[-+]?\d+)$/iu.test(plain(text)) &&
    !ABSENT.test(text)
  )
}

/** Heading of a column. */
export interface HeadText {
  /** the counter's name where the headings hold one, else all that they say */
  name: string
  /** all that they say, and the same with a line for each of them */
  says: string
  lines: string
  /** they say more than the counter's name, which may change what the figures are: `累计` below it */
  hasMore: boolean
}

/**
 * What the headings say of each column. A heading over several columns, as merged cells are copied, stands in the first and
 * counts for all; one alone in its row is a title.
 */
export function headTexts(rows: Rows, width: number, counter: (text: string) => number | undefined): HeadText[] {
  const filled = rows.map((cells, r) => {
    const row = Array.from({ length: width }, (_, c) => cells[c] ?? '')
    // where a row below parts what stands above
    const isParted = (c: number) => rows.slice(r + 1).some((below) => (below[c] ?? '') !== '')
    const isTitle = row.filter((text) => text !== '').length < 2
    for (let c = 1; c < width; c++) if (row[c] === '' && !isTitle && isParted(c)) row[c] = row[c - 1]!
    return isTitle && isParted(0) && counter(row[0]!) === undefined ? row.with(0, '') : row
  })
  return Array.from({ length: width }, (_, c) => {
    const texts = [...new Set(filled.map((row) => row[c] ?? '').filter((text) => text !== ''))]
    const [says, lines] = [texts.join(' '), texts.join('\n')]
    const named = texts.filter((text) => counter(text) !== undefined)
    if (new Set(named.map(counter)).size !== 1) return { name: says, says, lines, hasMore: false }
    return { name: named[0]!, says, lines, hasMore: counter(lines) === undefined }
  })
}
