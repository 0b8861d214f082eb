/** From the rows of a sheet to figures: which column is what, which unit and day a row is about, and what cannot be read. Pure. */
import { type Correction, CORRECTIONS } from '../../shared/domain/values.ts'
import { readerOf } from '../../shared/reading/count.ts'
import { type DaySource, readDay } from '../../shared/reading/days.ts'
import { type TableFault, tableFault } from '../../shared/reading/fault.ts'
import { matchHeadings, mixedNames } from '../../shared/reading/headings.ts'
import { type Names, namesOf } from '../../shared/reading/names.ts'
import type { Line } from '../../shared/reading/split.ts'
import { foldName } from '../../shared/reading/signs.ts'
import { ownFigure, readFigure, splitTotal, withoutTotalWords } from '../../shared/reading/total.ts'
import { COLUMNS, CORRECTION_WORDS, DAY_WORDS, FILLERS } from '../../shared/reading/words.ts'
import type { Day } from '../../shared/progress/day.ts'
import { at, type Merged, type Sheet } from './sheet.ts'

/** What a file is held against. */
export interface Target {
  units: readonly { code: string; names: readonly string[] }[]
  /** names of units that do not report, which sums bear */
  totals: readonly string[]
  /** `cumulative`: kept as its running total, which a column is of unless its heading says that it is of the day (F33) */
  counters: readonly { key: string; names: readonly string[]; cumulative?: boolean }[]
  /** words of the programme in a heading that change nothing about its figures */
  fillers: readonly string[]
  /** first and last day of the programme */
  from: Day
  to: Day
  /** of rows without a day, where the file has no column of days; null = there is none */
  day: Day | null
}

/** A figure, with the column where it stands (from 1). */
export interface PlacedValue {
  counter: string
  column: number
  value: number
}

export interface PlacedRow {
  row: number
  unit: string
  day: Day
  /** everything up to this line of the log was seen when the file was filled in; null = the file does not say */
  basis: number | null
  values: PlacedValue[]
  /** running totals */
  totals: PlacedValue[]
  /** the row's own kind of change and reason, where it has them */
  type: Correction | null
  reason: string | null
  /** counters whose cell is blank, with their column */
  blank: { counter: string; column: number }[]
}

/** `faults`: what is refused; `notes`: what is left out because it is no figure of a report. */
export interface Placed {
  rows: PlacedRow[]
  faults: TableFault[]
  notes: TableFault[]
}

/** Rows below which headings are not looked for. */
const TITLES = 20
type Key = keyof typeof COLUMNS
const KEYS: readonly Key[] = ['code', 'unit', 'day', 'version', 'type', 'reason']

export function placeSheet(sheet: Sheet, target: Target): Placed {
  const fields = [
    ...target.counters.map(({ key, names }) => ({ key: `counter ${key}`, names })),
    ...target.counters.map(({ key }) => ({ key: `total ${key}`, names: [] })),
    ...KEYS.map((key) => ({ key, names: COLUMNS[key] })),
  ]
  const named = mixedNames(fields, [...FILLERS, ...target.fillers])
  const undated = mixedNames(fields, [...FILLERS.filter((word) => !DAY_WORDS.includes(word)), ...target.fillers])
  const find = (text: string): number | undefined => {
    const own = named(text)
    const rest = withoutTotalWords(text)
    const counter = own === undefined && rest !== null ? named(rest) : undefined
    // fields of running totals stand behind those of counters, in their order
    const isCounter = counter !== undefined && counter < target.counters.length
    const isKept = own !== undefined && target.counters[own]?.cumulative === true && undated(text) !== undefined
    return isCounter ? counter + target.counters.length : isKept ? own + target.counters.length : own
  }
  const known = (line: Line) => new Set(line.cells.flatMap((text) => fields[find(text) ?? -1]?.key ?? []))
  const isHead = (line: Line) => {
    const keys = known(line)
    return (keys.has('unit') || keys.has('code')) && [...keys].some((key) => /^(?:counter|total) /.test(key))
  }
  const nothing = (fault: TableFault): Placed => ({ rows: [], faults: [fault], notes: [] })
  if (sheet.lines.length === 0) return nothing(tableFault('table.empty'))
  const h = sheet.lines.slice(0, TITLES).findIndex(isHead)
  // bytes of another encoding are some text in this one, but not these headings
  if (h < 0) return nothing(sheet.doubtful ?? noHeadings(sheet.lines[0]!, target))
  const head = sheet.lines[h]!
  const body = sheet.lines.slice(h + 1)
  const width = Math.max(head.cells.length, ...body.map((line) => line.cells.length))
  const headings = matchHeadings(head, fields, width, (c) => body.some((line) => (line.cells[c] ?? '') !== ''), find)
  const faults = headings.faults.filter((fault) => fault.code === 'table.headingTwice')
  const notes = headings.faults.filter((fault) => fault.code !== 'table.headingTwice')
  if (faults.length > 0) return { rows: [], faults, notes }
  const columns = new Map(headings.columns.flatMap((key, c) => (key === null ? [] : [[key, c] as const])))
  const placed: Placed = { rows: [], faults, notes }
  placeRows({
    sheet,
    head,
    body,
    columns,
    target,
    placed,
    names: namesOf({ rows: target.units, totals: target.totals }),
  })
  const byPlace = (a: TableFault, b: TableFault) => a.row - b.row || a.column - b.column
  placed.faults.sort(byPlace)
  placed.notes.sort(byPlace)
  return placed
}

function noHeadings(first: Line, { counters }: Target): TableFault {
  // whoever reads it has their own names for them
  const names = ['unit', ...counters.map(({ key }) => key)].join(', ')
  const text = first.cells.find((cell) => cell !== '') ?? ''
  return tableFault('table.noHeadings', { row: first.row, text, params: { names } })
}

interface Reading {
  sheet: Sheet
  head: Line
  body: readonly Line[]
  /** column (from 0) by key of its field */
  columns: ReadonlyMap<string, number>
  target: Target
  names: Names
  placed: Placed
}

function placeRows(reading: Reading): void {
  const { sheet, head, body, columns, target, placed } = reading
  const source: DaySource = { from: target.from, to: target.to, epoch: sheet.epoch }
  const shut = shutRows(reading)
  const counters = (['counter', 'total'] as const).flatMap((kind) =>
    target.counters.flatMap(({ key, cumulative }) => {
      const c = columns.get(`${kind} ${key}`)
      if (c === undefined) return []
      // among running totals that need no sign the day's own figure has one
      const ownIn = (text: string) => (kind === 'total' && cumulative === true ? ownFigure(text) : undefined)
      const texts = body.map(({ cells }) => cells[c] ?? '').filter((text) => splitTotal(text) === null)
      const read = readerOf(texts.map((text) => ownIn(text) ?? text))
      return [{ kind, key, c, read, ownIn }]
    }),
  )
  const first = new Map<string, PlacedRow>()
  const twice = new Set<string>()
  for (const line of body) {
    if (line.cells.every((text) => text === '') || shut.has(line.row)) continue
    if (line.cells.length === head.cells.length && line.cells.every((text, c) => text === head.cells[c])) {
      placed.notes.push(tableFault('table.headingsAgain', { row: line.row, params: { n: head.row } }))
      continue
    }
    const unit = unitOf(
      reading,
      line,
      counters.map(({ c }) => c),
    )
    if (unit === undefined) continue
    const day = dayOfRow(reading, line, source)
    const basis = basisOf(reading, line)
    const type = typeOf(reading, line)
    if (unit === null || day === null || basis === undefined || type === undefined) continue
    const reason = line.cells[columns.get('reason') ?? -1]?.trim() || null
    const row: PlacedRow = { row: line.row, unit, day, basis, values: [], totals: [], type, reason, blank: [] }
    for (const { kind, key, c, read, ownIn } of counters) {
      const fault = sheet.faults.get(at(line.row, c + 1))
      const text = line.cells[c] ?? ''
      const place = { row: line.row, column: c + 1, heading: head.cells[c] ?? '', text }
      const own = ownIn(text)
      // a text may say of itself that it is a running total (F29)
      const told = splitTotal(text) === null ? null : readFigure(text)
      if (fault === undefined && told?.kind === 'total' && !row.totals.some(({ counter }) => counter === key)) {
        const value = { counter: key, column: c + 1 }
        row.totals.push({ ...value, value: told.value })
        if (told.day !== null) row.values.push({ ...value, value: told.day })
        continue
      }
      const result = read(own ?? text)
      if (fault !== undefined) placed.faults.push({ ...fault, heading: place.heading })
      else if (result.kind === 'count')
        row[kind === 'total' && own === undefined ? 'totals' : 'values'].push({
          counter: key,
          column: c + 1,
          value: result.value,
        })
      else if (result.kind === 'blank') {
        // a total that is not there says nothing of the day
        if (kind === 'counter') row.blank.push({ counter: key, column: c + 1 })
      } else {
        const { code, params = {} } = result.refusal
        const n = result.suggestion
        placed.faults.push({ ...tableFault('table.note', place), code, params: n === null ? params : { ...params, n } })
      }
    }
    row.blank = row.blank.filter(({ counter }) => !row.totals.some((total) => total.counter === counter))
    const name = `${unit}/${day}`
    const other = first.get(name)
    if (other === undefined) first.set(name, row)
    else {
      // neither is taken: nobody knows which is meant
      const tell = (here: number, n: number) =>
        placed.faults.push(tableFault('table.rowTwice', { row: here, text: textIn(reading, line), params: { n } }))
      if (!twice.has(name)) tell(other.row, line.row)
      tell(line.row, other.row)
      twice.add(name)
    }
  }
  placed.rows = [...first].filter(([name]) => !twice.has(name)).map(([, row]) => row)
}

/** Rows that are not read: the spreadsheet hides them, or a cell that counts in them was merged with another. */
function shutRows({ sheet, head, body, columns, placed }: Reading): ReadonlySet<number> {
  const used = [...columns.values()].map((c) => c + 1)
  const last = body.at(-1)?.row ?? 0
  const shut = new Set<number>()
  const isInBody = ({ top, left, bottom, right }: Merged) =>
    bottom > head.row && top <= last && used.some((c) => c >= left && c <= right)
  for (const range of sheet.merged.filter(isInBody)) {
    const place = { row: range.top, column: range.left, heading: head.cells[range.left - 1] ?? '' }
    placed.faults.push(
      tableFault('file.merged', {
        ...place,
        params: { range: range.name, from: Math.max(range.top, head.row + 1), to: Math.min(range.bottom, last) },
      }),
    )
    for (let row = range.top; row <= Math.min(range.bottom, last); row++) shut.add(row)
  }
  for (const { row, cells } of body) {
    if (!sheet.hidden.has(row) || cells.every((text) => text === '')) continue
    placed.faults.push(tableFault('file.hiddenRow', { row, text: cells.find((text) => text !== '') ?? '' }))
    shut.add(row)
  }
  return shut
}

const textIn = ({ columns }: Pick<Reading, 'columns'>, { cells }: Line): string =>
  cells[columns.get('unit') ?? -1] || cells[columns.get('code') ?? -1] || ''

/** The unit that a row is about, by its name and its code; null: refused; undefined: it is no row of a report. */
function unitOf(reading: Reading, line: Line, figures: readonly number[]): string | null | undefined {
  const { columns, names, target, placed, head, sheet } = reading
  const told = (['code', 'unit'] as const).flatMap((key) => {
    const c = columns.get(key)
    const text = c === undefined ? '' : (line.cells[c] ?? '')
    return c === undefined || text === '' ? [] : [{ c, text, found: names.unit(text) ?? names.code(text) }]
  })
  const isFigure = figures.some((c) => (line.cells[c] ?? '') !== '')
  const [one, other] = told
  const place = (c: number, text: string) => ({ row: line.row, column: c + 1, heading: head.cells[c] ?? '', text })
  if (one === undefined) {
    const text = line.cells.find((cell) => cell !== '')!
    if (!isFigure) return aside('table.noteLine', { row: line.row, text })
    placed.faults.push(tableFault('table.unitBlank', { row: line.row, text }))
    return null
  }
  if (told.some(({ text, found }) => found === undefined && names.total(text)))
    return aside('table.totalRow', place(one.c, (other ?? one).text))
  if (!isFigure && told.every(({ found }) => found === undefined))
    return aside('table.noteLine', { row: line.row, text: one.text })
  const fault = told.map(({ c }) => sheet.faults.get(at(line.row, c + 1))).find((f) => f !== undefined)
  if (fault !== undefined) placed.faults.push(fault)
  else if (told.some(({ found }) => found === undefined)) {
    const wrong = told.find(({ found }) => found === undefined)!
    const code = wrong.found === undefined && names.isCode(wrong.text) ? 'table.codeShortened' : 'unit.unknown'
    placed.faults.push({ ...tableFault('table.note', place(wrong.c, wrong.text)), code, params: { unit: wrong.text } })
  } else if (other !== undefined && other.found !== one.found)
    placed.faults.push(tableFault('table.unitsDiffer', place(other.c, `${one.text} · ${other.text}`)))
  else return target.units[one.found!]!.code
  return null

  function aside(code: 'table.noteLine' | 'table.totalRow', place: Parameters<typeof tableFault>[1]): undefined {
    placed.notes.push(tableFault(code, place))
  }
}

/** null: refused. */
function dayOfRow({ columns, head, target, placed, sheet }: Reading, line: Line, source: DaySource): Day | null {
  const c = columns.get('day')
  if (c === undefined && target.day !== null) return target.day
  const text = c === undefined ? '' : (line.cells[c] ?? '')
  const place = { row: line.row, column: (c ?? -1) + 1, heading: c === undefined ? '' : (head.cells[c] ?? ''), text }
  const fault = c === undefined ? undefined : sheet.faults.get(at(line.row, c + 1))
  const reading = readDay(text, source)
  if (reading.kind === 'day' && fault === undefined) return reading.day
  const code = fault?.code ?? (reading.kind === 'refused' ? reading.code : 'table.dayBlank')
  placed.faults.push({ ...tableFault('table.note', place), code })
  return null
}

/** null: the row has none; undefined: refused. */
function typeOf({ columns, head, placed }: Reading, line: Line): Correction | null | undefined {
  const c = columns.get('type')
  const text = c === undefined ? '' : (line.cells[c] ?? '').trim()
  if (c === undefined || text === '') return null
  const type = CORRECTIONS.find((key) => CORRECTION_WORDS[key].some((word) => foldName(word) === foldName(text)))
  if (type === undefined) {
    const place = { row: line.row, column: c + 1, heading: head.cells[c] ?? '', text }
    placed.faults.push(tableFault('table.typeUnknown', place))
  }
  return type
}

/** undefined: refused. */
function basisOf({ columns, head, placed }: Reading, line: Line): number | null | undefined {
  const c = columns.get('version')
  const text = c === undefined ? '' : (line.cells[c] ?? '')
  if (c === undefined || text === '') return null
  const version = /^\d{1,15}$/.test(text) ? Number(text) : undefined
  if (version === undefined) {
    const place = { row: line.row, column: c + 1, heading: head.cells[c] ?? '', text }
    placed.faults.push(tableFault('table.versionWrong', place))
  }
  return version
}
