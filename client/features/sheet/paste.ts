/** Reading a block from a spreadsheet and finding its place in the sheet; nothing is dropped without a word. Pure. */
import { parse } from 'csv-parse/browser/esm/sync'
import { readCount } from './number.ts'

const CLIPBOARD = {
  delimiter: '\t',
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_column_count: true,
  relax_quotes: true,
  trim: true,
}

/** Tab-separated text as Excel, WPS and LibreOffice put it on the clipboard: quoted cells, CRLF, trailing blank lines. */
export function parseTable(text: string): string[][] {
  let rows: string[][]
  try {
    rows = parse(text, CLIPBOARD)
  } catch {
    // a quote that is never closed is only a sign
    rows = parse(text, { ...CLIPBOARD, quote: false })
  }
  while (rows.length > 0 && rows.at(-1)!.every((v) => v === '')) rows.pop()
  return rows
}

/** A selected block as a spreadsheet reads it. */
export function formatTable(block: readonly (readonly string[])[]): string {
  return block
    .map((row) => row.map((v) => (/[\t\n"]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join('\t'))
    .join('\n')
}

/** What a pasted block cannot do, with its own row and column (from 1) and the text that stands there. */
export interface PasteProblem {
  kind:
    'unknownUnit' | 'duplicateUnit' | 'unknownColumn' | 'tooManyColumns' | 'tooManyRows' | 'notEditable' | 'totalRow'
  row: number
  col: number
  text: string
}

export interface PastePlan {
  sets: { row: number; col: number; text: string }[]
  /** texts that would not be taken over; the person decides */
  problems: PasteProblem[]
  byName: boolean
}

/** What a paste comes to; `same` says what stands already, or is blank over a blank. */
export interface PasteCount {
  given: number
  withdrawn: number
  same: number
}

/** Counts what a plan changes: `stands` is what a cell shows now, empty = blank. */
export function countPaste(plan: Pick<PastePlan, 'sets'>, stands: (row: number, col: number) => string): PasteCount {
  const count: PasteCount = { given: 0, withdrawn: 0, same: 0 }
  for (const { row, col, text } of plan.sets) {
    const before = stands(row, col)
    if (same(text, before)) count.same++
    else if (text === '') count.withdrawn++
    else count.given++
  }
  return count
}

export interface PasteTarget {
  /** `editable` and `texts` by column */
  rows: readonly { names: readonly string[]; editable: readonly boolean[]; texts: readonly string[] }[]
  columns: readonly { names: readonly string[] }[]
  at: { row: number; col: number }
  /** names of the row of sums, and endings that offices add to a street's name */
  totals: readonly string[]
  suffixes: readonly string[]
}

/**
 * Where every text of the block goes. Rows are found by name when a column holds names of the sheet, columns by name
 * when the first row holds names of counters; otherwise the block lands at the focused cell.
 */
export function planPaste(table: readonly (readonly string[])[], target: PasteTarget): PastePlan {
  const width = Math.max(0, ...table.map((r) => r.length))
  const columnOf = indexNames(target.columns.map((c) => c.names))
  const rowOf = indexNames(target.rows.map((r) => r.names))
  const findRow = (text: string) => rowOf.get(fold(text)) ?? rowOf.get(bare(text, target.suffixes))
  const head = table[0]
  const headed = head !== undefined && head.some((t) => columnOf.has(fold(t))) && !head.some(isCount)
  const body = table.map((cells, i) => ({ cells, row: i + 1 })).slice(headed ? 1 : 0)
  const nameCol = nameColumn(
    body.map((b) => b.cells),
    width,
    (t) => findRow(t) !== undefined,
  )
  const problems: PasteProblem[] = []
  const columns = placeColumns()
  const sets: PastePlan['sets'] = []
  const seen = new Set<number>()
  body.forEach(({ cells, row }, i) => {
    if (nameCol !== null && cells.every((t) => t === '')) return
    const problem = (kind: PasteProblem['kind'], col: number, text: string) => problems.push({ kind, row, col, text })
    let to: number | undefined = target.at.row + i
    if (nameCol !== null) {
      const name = cells[nameCol] ?? ''
      to = findRow(name)
      const total = target.totals.some((t) => fold(t) === fold(name))
      if (total || to === undefined) return problem(total ? 'totalRow' : 'unknownUnit', nameCol + 1, name)
      if (seen.has(to)) return problem('duplicateUnit', nameCol + 1, name)
      seen.add(to)
    } else if (to >= target.rows.length) {
      const text = cells.find((t) => t !== '')
      return text === undefined ? undefined : problem('tooManyRows', cells.indexOf(text) + 1, text)
    }
    const line = target.rows[to]!
    columns.forEach((col, c) => {
      const text = cells[c] ?? ''
      if (c === nameCol) return
      if (col === null) {
        if (text !== '' && !headed) problem('tooManyColumns', c + 1, text)
      } else if (line.editable[col] === true) sets.push({ row: to, col, text })
      else if (text !== '' && !same(text, line.texts[col] ?? '')) problem('notEditable', c + 1, text)
    })
  })
  return { sets, problems, byName: nameCol !== null }

  /** the sheet's column for each column of the block; null = none */
  function placeColumns(): (number | null)[] {
    const all = Array.from({ length: width }, (_, c) => c)
    if (headed)
      return all.map((c) => {
        const text = head[c] ?? ''
        const found = columnOf.get(fold(text))
        const used = body.some((b) => (b.cells[c] ?? '') !== '')
        if (found === undefined && c !== nameCol && used)
          problems.push({ kind: 'unknownColumn', row: 1, col: c + 1, text })
        return found ?? null
      })
    const data = all.filter((c) => nameCol === null || c > nameCol)
    // a block as wide as the sheet is the sheet, wherever the focus stands
    const first = data.length === target.columns.length && nameCol !== null ? 0 : target.at.col
    return all.map((c) => {
      const to = first + data.indexOf(c)
      return data.includes(c) && to < target.columns.length ? to : null
    })
  }
}

/** The column that holds most names of the sheet; null when none does. */
function nameColumn(
  body: readonly (readonly string[])[],
  width: number,
  known: (text: string) => boolean,
): number | null {
  let best: number | null = null
  let most = 0
  for (let c = 0; c < width; c++) {
    const hits = body.filter((r) => known(r[c] ?? '')).length
    if (hits > most) [best, most] = [c, hits]
  }
  if (best !== null) return best
  // words down the first column with figures beside them are names too, only of other places
  const words = body.length > 0 && body.every((r) => (r[0] ?? '') !== '' && !/\p{N}/u.test(r[0]!))
  return words && body.some((r) => r.slice(1).some(isCount)) ? 0 : null
}

const isCount = (text: string): boolean => readCount(text).kind === 'count'
const fold = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()

function bare(text: string, suffixes: readonly string[]): string {
  const name = fold(text)
  const suffix = suffixes.find((s) => s !== '' && name.endsWith(fold(s)) && name.length > s.length)
  return suffix === undefined ? name : name.slice(0, -fold(suffix).length)
}

/** Names to positions; a name that two share points nowhere. */
function indexNames(names: readonly (readonly string[])[]): Map<string, number> {
  const index = new Map<string, number>()
  const shared = new Set<string>()
  names.forEach((list, i) => {
    for (const name of new Set(list.map(fold))) {
      if (index.has(name)) shared.add(name)
      index.set(name, i)
    }
  })
  for (const name of shared) index.delete(name)
  return index
}

function same(a: string, b: string): boolean {
  const [x, y] = [readCount(a), readCount(b)]
  return x.kind === 'count' && y.kind === 'count' ? x.value === y.value : a === b
}
