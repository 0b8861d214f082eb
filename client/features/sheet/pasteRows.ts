/** Which unit each row of a pasted block is about: by its name, by what was answered, or by place where there is none. Pure. */
import { readerOf, shown } from '../../../shared/reading/count.ts'
import { isHardlyChance, sumRows } from '../../../shared/reading/sums.ts'
import type { Names } from '../../../shared/reading/names.ts'
import type { PasteProblem, PasteTarget } from './pasteTypes.ts'
import { type Asking, option, sample } from './pasteAsk.ts'
import type { BodyRow } from './pasteColumns.ts'
import { type NameColumn, otherNames } from './pasteNames.ts'

export interface RowsInput {
  body: readonly BodyRow[]
  naming: NameColumn | null
  names: Names
  /** column of the sheet for each of the block */
  columns: readonly (number | null)[]
  target: PasteTarget
}

export interface PlacedRows {
  /** row of the sheet by row of the block, from 1; absent = none */
  to: Map<number, number>
  problems: PasteProblem[]
}

export function placeRows(input: RowsInput, asked: Asking): PlacedRows {
  const sums = sumsOf(input)
  return input.naming === null ? byPlace(input, sums, asked) : byName(input, input.naming, sums, asked)
}

/**
 * Rows of the block that are the sum of others; rows that are called one are no parts of another. A row that bears the name of a
 * unit is one only where it is hardly by chance.
 */
function sumsOf({ body, columns, naming, names }: RowsInput): ReadonlySet<number> {
  const placed = columns.flatMap((to, c) => (to === null ? [] : [c]))
  const readers = new Map(placed.map((c) => [c, readerOf(body.map((b) => b.cells[c] ?? ''))]))
  const values = body.map(({ cells }) =>
    placed.map((c) => {
      const reading = readers.get(c)!(cells[c] ?? '')
      return reading.kind === 'count' ? reading.value : reading.kind === 'refused' ? reading.suggestion : null
    }),
  )
  const isCalled = ({ cells }: BodyRow) => naming !== null && names.total(cells[naming.column] ?? '')
  const called = body.flatMap((line, i) => (isCalled(line) ? [i] : []))
  const isOne = (i: number) => {
    const unit = naming === null ? undefined : names.unit(body[i]!.cells[naming.column] ?? '')
    return unit === undefined || isHardlyChance(values[i]!)
  }
  return new Set(
    sumRows(values, called)
      .filter(isOne)
      .map((i) => body[i]!.row),
  )
}

/** A row of sums, or figures of a unit? null while it is open. */
function askSum({ row }: BodyRow, values: string, unit: string, asked: Asking): string | null {
  const options = [option('sum'), option('unit', 'figuresOf', { unit })]
  return asked.ask({ id: `sum ${row}`, kind: 'sum', params: { row, values }, options })
}

function byPlace({ body, columns, target }: RowsInput, sums: ReadonlySet<number>, asked: Asking): PlacedRows {
  const placed: PlacedRows = { to: new Map(), problems: [] }
  // what stands below a row of sums moves up
  let left = 0
  body.forEach((bodyRow, i) => {
    const { cells, row } = bodyRow
    const to = target.at.row + i - left
    const c = cells.findIndex((text) => text !== '')
    const line = target.rows[to]
    if (line === undefined) {
      if (c >= 0) placed.problems.push({ kind: 'tooManyRows', row, col: c + 1, text: cells[c]! })
      return
    }
    const values = sample(cells.filter((_, k) => columns[k] !== null))
    const answer = sums.has(row) ? askSum(bodyRow, values, line.label, asked) : 'unit'
    if (answer === 'unit') placed.to.set(row, to)
    else if (answer === 'sum') {
      left++
      placed.problems.push({ kind: 'totalRow', row, col: c + 1, text: values })
    }
  })
  return placed
}

function byName(
  { body, names, columns, target }: RowsInput,
  { column, kind }: NameColumn,
  sums: ReadonlySet<number>,
  asked: Asking,
): PlacedRows {
  const placed: PlacedRows = { to: new Map(), problems: [] }
  const figures = ({ cells }: BodyRow) => cells.filter((_, c) => columns[c] !== null)
  const about = new Map<number, BodyRow[]>()
  const beside = otherNames(
    body.map((b) => b.cells),
    columns.length,
    { column, kind },
    names,
  )
  const isSame = (cells: readonly string[], unit: number) =>
    beside.every((c) => (names.unit(cells[c] ?? '') ?? unit) === unit)
  for (const line of body) {
    const { cells, row } = line
    if (cells.every((text) => text === '')) continue
    const name = cells[column] ?? ''
    const unit = names.unit(name) ?? (kind === 'codes' ? names.code(name) : undefined)
    const take = () => about.set(unit!, [...(about.get(unit!) ?? []), line])
    const leave = (kind: PasteProblem['kind']) => placed.problems.push({ kind, row, col: column + 1, text: name })
    if (unit === undefined) leave(names.total(name) || sums.has(row) ? 'totalRow' : 'unknownUnit')
    else if (!isSame(cells, unit)) leave('unitsDiffer')
    else if (names.total(name)) {
      const options = [option('unit', 'figuresOf', { unit: target.rows[unit]!.label }), option('sum')]
      const values = sample(figures(line))
      const answer = asked.ask({ id: `name ${row}`, kind: 'name', params: { row, text: shown(name), values }, options })
      if (answer === 'sum') leave('totalRow')
      else if (answer === 'unit') take()
    } else if (sums.has(row)) {
      const answer = askSum(line, sample(figures(line)), target.rows[unit]!.label, asked)
      if (answer === 'sum') leave('totalRow')
      else if (answer === 'unit') take()
    } else take()
  }
  for (const [unit, lines] of about) {
    const isOne = lines.every((line) => figures(line).join('\t') === figures(lines[0]!).join('\t'))
    const chosen = isOne ? lines[0] : which(unit, lines)
    for (const line of lines) {
      if (line === chosen) placed.to.set(line.row, unit)
      else if (chosen !== undefined && !isOne)
        placed.problems.push({ kind: 'duplicateUnit', row: line.row, col: column + 1, text: line.cells[column]! })
    }
  }
  return placed

  /** undefined while it is open; null = none of them */
  function which(unit: number, lines: readonly BodyRow[]): BodyRow | null | undefined {
    const options = lines.map((line) =>
      option(`row ${line.row}`, 'rowOf', { row: line.row, values: sample(figures(line)) }),
    )
    const answer = asked.ask({
      id: `unit ${unit}`,
      kind: 'unit',
      params: { rows: lines.map((line) => line.row).join(', '), unit: target.rows[unit]!.label },
      options: [...options, option('none')],
    })
    return answer === null ? undefined : (lines.find((line) => answer === `row ${line.row}`) ?? null)
  }
}
