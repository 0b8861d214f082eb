/** Headings of a table: columns are known by name, and what a name leaves open is said. */
import { readCount } from './count.ts'
import { type TableFault, tableFault } from './fault.ts'
import type { Line } from './split.ts'
import { foldName, plain } from './signs.ts'

/** What a column may be, with every name of it in every language. */
export interface Field {
  key: string
  names: readonly string[]
}

export interface Headings {
  /** key for each column; null = unknown, blank, or the second of one name */
  columns: (string | null)[]
  /**
   * `table.headingTwice {name, other}` at every column after the first of its field (`other`: column of the first, from 1),
   * `table.headingUnknown`, `table.headingNumber` for a number among headings, `table.headingBlank` over cells that hold something
   */
  faults: TableFault[]
}

/**
 * Matches a row of headings; case, blanks and width make no difference. `isUsed`: whether it matters what a column (from 0) is
 * called that no field is; `find`: the field that a text is the name of, by its place, where more than the whole name counts.
 */
export function matchHeadings(
  head: Pick<Line, 'row' | 'cells'>,
  fields: readonly Field[],
  width: number,
  isUsed: (column: number) => boolean,
  find = wholeNames(fields),
): Headings {
  const faults: TableFault[] = []
  const firsts = new Map<string, number>()
  const columns = Array.from({ length: width }, (_, c) => {
    const text = head.cells[c] ?? ''
    const place = { row: head.row, column: c + 1, heading: text, text }
    const at = find(text)
    const key = at === undefined ? null : fields[at]!.key
    if (key === null) {
      if (isUsed(c)) faults.push(tableFault(codeOf(text), place))
      return null
    }
    const first = firsts.get(key)
    if (first !== undefined)
      faults.push(tableFault('table.headingTwice', { ...place, params: { name: key, other: first } }))
    else firsts.set(key, c + 1)
    return first === undefined ? key : null
  })
  return { columns, faults }
}

function codeOf(text: string): 'table.headingBlank' | 'table.headingNumber' | 'table.headingUnknown' {
  if (text === '') return 'table.headingBlank'
  return isNumber(text) ? 'table.headingNumber' : 'table.headingUnknown'
}

/** True for a count, and for what is one but for how it is written. */
export function isNumber(text: string): boolean {
  const reading = readCount(text)
  return reading.kind === 'count' || (reading.kind === 'refused' && /^[-+(]?\d[\d., ']*[-%)]?$/.test(text.trim()))
}

/** Finds the field whose name a text is, by its place. */
export function wholeNames(fields: readonly Field[]): (text: string) => number | undefined {
  const index = indexNames(fields.map((f) => f.names))
  return (text) => index.get(foldName(text))
}

/** Signs between parts of a heading, and a blank where the script changes: `受理（件）`, `受理/Accepted`, `受理 Accepted`. */
const BETWEEN = /[()[\]{}【】〔〕/|:;,、\n]+|(?<=\p{sc=Han}) +(?=\p{sc=Latn})|(?<=\p{sc=Latn}) +(?=\p{sc=Han})/u

/**
 * Finds the field that a heading names: by its whole text, or where all its parts are names of that one field, or words that
 * change nothing about a figure (`fillers`: pieces of what is counted, words for the day). Any other part may change what the
 * column holds: a running total, thousands, a share.
 */
export function mixedNames(
  fields: readonly Pick<Field, 'names'>[],
  fillers: readonly string[],
): (text: string) => number | undefined {
  const index = indexNames(fields.map((f) => f.names))
  const idle = new Set(fillers.map(foldName))
  return (text) => {
    const whole = index.get(foldName(text))
    if (whole !== undefined) return whole
    const parts = plain(text)
      .split(BETWEEN)
      .map(foldName)
      .filter((part) => part !== '')
    const found = new Set(parts.flatMap((part) => (index.has(part) || !idle.has(part) ? [index.get(part)] : [])))
    return found.size === 1 ? [...found][0] : undefined
  }
}

/** Folded names to positions; a name that two share points nowhere. */
export function indexNames(names: readonly (readonly string[])[]): Map<string, number> {
  const index = new Map<string, number>()
  const shared = new Set<string>()
  names.forEach((list, i) => {
    for (const name of new Set(list.map(foldName))) {
      if (name === '') continue
      if (index.has(name)) shared.add(name)
      index.set(name, i)
    }
  })
  for (const name of shared) index.delete(name)
  return index
}
