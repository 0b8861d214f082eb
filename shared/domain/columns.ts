/** Figures stored in columns: typed arrays for each reporting unit, with one slot for each day and counter. */
import { BLANK, type Cells, type CellShape, type Figure, type FigureState, type Restated } from './cells.ts'
import { countedValue } from './figures.ts'
import { Interned } from './interned.ts'
import { forkCells } from './overlay.ts'
import { QUESTIONS } from './values.ts'

/** Fields that few figures have. */
type Rare = Pick<Figure, 'claim' | 'returned' | 'moves' | 'away' | 'why'>

/** All figures of a unit; the slot of a figure is (day − first) × counters + counter. */
interface Column {
  /** indices of the unit and of those above it, in the order of the tree */
  chain: readonly number[]
  /** day of the first slot, and number of days there is room for */
  first: number
  days: number
  /** first and last day on which anything was written */
  low: number
  high: number
  /** one more than the value; 0 = none */
  value: Int32Array
  version: Uint32Array
  /** index into the list of authors */
  author: Uint32Array
  at: Float64Array
  flags: Uint16Array
  /** fields that most figures do not have: allocated when first needed */
  approved: Int32Array | null
  foreign: Uint32Array | null
  /** index into the list of restatements, one more than the value that the latest of them replaced, and the largest change */
  restated: Uint32Array | null
  was: Int32Array | null
  swing: Int32Array | null
  /** by day × counters + counter, so that it stays when the columns grow */
  rare: Map<number, Rare>
}

/** A `Column` trimmed to what was written. */
export type SavedColumn = Pick<
  Column,
  | 'first'
  | 'days'
  | 'value'
  | 'version'
  | 'author'
  | 'at'
  | 'flags'
  | 'approved'
  | 'foreign'
  | 'restated'
  | 'was'
  | 'swing'
> & { unit: string; rare: [number, Rare][] }

/** Plain data for `structuredClone` and `v8.serialize`. */
export interface SavedCells {
  authors: string[]
  restated: Restated[]
  columns: SavedColumn[]
}

const STATES: readonly FigureState[] = ['blank', 'submitted', 'approved', 'returned', 'disputed']
const CODES = Object.fromEntries(STATES.map((state, i) => [state, i])) as Record<FigureState, number>
/** bits of the flags: state, review level, questions confirmed about the value and about the approved value, and two booleans */
const STATE = 0b111
const LEVEL = 3
const CONFIRMED = 6
const CONFIRMED_BITS = (1 << QUESTIONS.length) - 1
const APPROVED_CONFIRMED = CONFIRMED + QUESTIONS.length
/** the approved value differs from the value */
const APART = 1 << 14
const RARE = 1 << 15
/** days of room in a new column */
const ROOM = 32

/** Every possible set of questions, indexed by its bits. */
const CONFIRMED_SETS = Array.from({ length: CONFIRMED_BITS + 1 }, (_, bits) =>
  Object.freeze(QUESTIONS.filter((_, i) => (bits & (1 << i)) !== 0)),
)

class Columns implements Cells {
  readonly shape: CellShape | null
  readonly counters: number
  readonly columns = new Map<string, Column>()
  /** by index in the tree × counters + counter */
  readonly totals: Float64Array
  readonly authors = new Interned<string>([''], (name) => name)
  readonly restated = new Interned<Restated | null>([null], (r) =>
    r === null ? '' : `${r.type} ${r.settled === true} ${r.reason}`,
  )

  constructor(shape: CellShape | null) {
    this.shape = shape
    this.counters = shape?.counters.size ?? 0
    this.totals = shape?.opening?.slice() ?? new Float64Array((shape?.units.all.length ?? 0) * this.counters)
  }

  /** −1 where the column has no room */
  slot(column: Column, day: number, counter: number): number {
    const offset = day - column.first
    return offset < 0 || offset >= column.days ? -1 : offset * this.counters + counter
  }

  figure(unit: string, day: number, counter: number): Figure {
    const column = this.columns.get(unit)
    const i = column === undefined ? -1 : this.slot(column, day, counter)
    if (column === undefined || i < 0 || column.version[i] === 0) return BLANK
    const flags = column.flags[i]!
    const value = column.value[i]! - 1
    const approved = (flags & APART) === 0 ? value : column.approved![i]! - 1
    const figure: Figure = {
      value: value < 0 ? null : value,
      approved: approved < 0 ? null : approved,
      state: STATES[flags & STATE]!,
      version: column.version[i]!,
      foreign: column.foreign?.[i] ?? 0,
      by: this.authors.at(column.author[i]!),
      at: column.at[i]!,
      level: (flags >> LEVEL) & 0b111,
    }
    const restated = this.restated.at(column.restated?.[i] ?? 0)
    if (restated !== null) figure.restated = restated
    const was = column.was?.[i] ?? 0
    if (was !== 0) figure.was = was - 1
    const swing = column.swing?.[i] ?? 0
    if (swing !== 0) figure.swing = swing
    const confirmed = (flags >> CONFIRMED) & CONFIRMED_BITS
    if (confirmed !== 0) figure.confirmed = CONFIRMED_SETS[confirmed]!
    const before = (flags >> APPROVED_CONFIRMED) & CONFIRMED_BITS
    if (before !== 0) figure.approvedConfirmed = CONFIRMED_SETS[before]!
    return (flags & RARE) === 0 ? figure : { ...figure, ...column.rare.get(day * this.counters + counter) }
  }

  value(unit: string, day: number, counter: number): number | null {
    const column = this.columns.get(unit)
    const i = column === undefined ? -1 : this.slot(column, day, counter)
    return i < 0 || column!.value[i] === 0 ? null : column!.value[i]! - 1
  }

  approved(unit: string, day: number, counter: number): number | null {
    const column = this.columns.get(unit)
    const i = column === undefined ? -1 : this.slot(column, day, counter)
    if (i < 0) return null
    const values = (column!.flags[i]! & APART) === 0 ? column!.value : column!.approved!
    return values[i] === 0 ? null : values[i]! - 1
  }

  state(unit: string, day: number, counter: number): FigureState {
    const column = this.columns.get(unit)
    const i = column === undefined ? -1 : this.slot(column, day, counter)
    return i < 0 ? 'blank' : STATES[column!.flags[i]! & STATE]!
  }

  counted(unit: string, day: number, counter: number): number {
    const column = this.columns.get(unit)
    const i = column === undefined ? -1 : this.slot(column, day, counter)
    return i < 0 ? 0 : countedAt(column!, i, day * this.counters + counter)
  }

  set(unit: string, day: number, counter: number, figure: Figure): void {
    const column = this.columns.get(unit) ?? this.begin(unit, day)
    if (day < column.first || day >= column.first + column.days) grow(column, day, this.counters)
    const i = this.slot(column, day, counter)
    const value = (figure.value ?? -1) + 1
    const approved = (figure.approved ?? -1) + 1
    const key = day * this.counters + counter
    const change = (countedValue(figure) ?? 0) - countedAt(column, i, key)
    if (change !== 0) for (const up of column.chain) this.totals[up * this.counters + counter]! += change
    column.low = Math.min(column.low, day)
    column.high = Math.max(column.high, day)
    column.value[i] = value
    column.version[i] = figure.version
    column.author[i] = this.authors.indexOf(figure.by)
    column.at[i] = figure.at
    const size = column.value.length
    if (column.approved !== null || value !== approved) (column.approved ??= new Int32Array(size))[i] = approved
    if (column.foreign !== null || figure.foreign !== 0) (column.foreign ??= new Uint32Array(size))[i] = figure.foreign
    if (column.restated !== null || figure.restated !== undefined)
      (column.restated ??= new Uint32Array(size))[i] = this.restated.indexOf(figure.restated ?? null)
    if (column.was !== null || figure.was !== undefined)
      (column.was ??= new Int32Array(size))[i] = (figure.was ?? -1) + 1
    if (column.swing !== null || figure.swing !== undefined)
      (column.swing ??= new Int32Array(size))[i] = figure.swing ?? 0
    const rare = rareOf(figure)
    if (rare !== null) column.rare.set(key, rare)
    else if ((column.flags[i]! & RARE) !== 0) column.rare.delete(key)
    column.flags[i] =
      CODES[figure.state] |
      (figure.level << LEVEL) |
      (bitsOf(figure.confirmed) << CONFIRMED) |
      (bitsOf(figure.approvedConfirmed) << APPROVED_CONFIRMED) |
      (value === approved ? 0 : APART) |
      (rare === null ? 0 : RARE)
  }

  private begin(unit: string, day: number): Column {
    const { units } = this.shape!
    if (!units.isLeaf(unit)) throw new RangeError(`${unit} does not report`)
    const chain = units.chain(unit).map((code) => units.index(code))
    const column = emptyColumn(chain, day, ROOM, this.counters)
    this.columns.set(unit, column)
    return column
  }

  total(unit: string, counter: number): number {
    const at = this.shape?.units.index(unit) ?? -1
    return at < 0 ? 0 : this.totals[at * this.counters + counter]!
  }

  totalThrough(unit: string, day: number, counter: number): number {
    const column = this.columns.get(unit)
    if (column === undefined) return this.total(unit, counter)
    // mostly asked about one of the last days, so it is shorter to subtract what comes after
    let later = 0
    for (let n = Math.max(day + 1, column.low); n <= column.high; n++)
      later += countedAt(column, this.slot(column, n, counter), n * this.counters + counter)
    return this.total(unit, counter) - later
  }

  latest(
    unit: string,
    counter: number,
    before: number,
    from: number,
    wanted: (day: number) => boolean,
    most: number,
  ): number[] {
    const found: number[] = []
    const column = this.columns.get(unit)
    if (column === undefined) return found
    const last = Math.max(from, column.low)
    for (let day = Math.min(before - 1, column.high); day >= last && found.length < most; day--) {
      const i = this.slot(column, day, counter)
      const value = column.value[i]!
      if (value !== 0 && (column.flags[i]! & STATE) !== CODES.disputed && wanted(day)) found.push(value - 1)
    }
    return found
  }

  span(unit: string): { first: number; last: number } | null {
    const column = this.columns.get(unit)
    return column === undefined ? null : { first: column.low, last: column.high }
  }

  fork(): Cells {
    return forkCells(this, this.shape?.units ?? null)
  }
}

function rareOf({ claim, returned, moves, away, why }: Figure): Rare | null {
  const own: Rare = {
    ...(claim && { claim }),
    ...(returned && { returned }),
    ...(moves && { moves }),
    ...(away !== undefined && { away }),
    ...(why !== undefined && { why }),
  }
  return Object.keys(own).length === 0 ? null : own
}

/** What the figure in a slot adds to totals; see `countedValue`. `key` is the key of its rare fields. */
function countedAt({ value, approved, flags, rare }: Column, i: number, key: number): number {
  const bits = flags[i]!
  const newest = value[i]! - 1
  // a value that differs from the approved one, or is blank beside it, has been given or withdrawn since
  const counting = (bits & APART) === 0 ? newest : approved![i]! - 1
  if ((bits & RARE) === 0) return Math.max(0, newest >= 0 ? newest : counting)
  const figure = { value: newest < 0 ? null : newest, approved: counting < 0 ? null : counting }
  return countedValue({ ...figure, ...rare.get(key) }) ?? 0
}

function bitsOf(confirmed: Figure['confirmed']): number {
  let bits = 0
  if (confirmed !== undefined) for (const code of confirmed) bits |= 1 << QUESTIONS.indexOf(code)
  return bits
}

function emptyColumn(chain: readonly number[], first: number, days: number, counters: number): Column {
  const size = days * counters
  return {
    chain,
    first,
    days,
    low: Infinity,
    high: -Infinity,
    value: new Int32Array(size),
    version: new Uint32Array(size),
    author: new Uint32Array(size),
    at: new Float64Array(size),
    flags: new Uint16Array(size),
    approved: null,
    foreign: null,
    restated: null,
    was: null,
    swing: null,
    rare: new Map(),
  }
}

/** Makes room for a day, plus a quarter more on that side, so that growing day by day rarely copies. */
function grow(column: Column, day: number, counters: number): void {
  const room = ROOM + (column.days >> 2)
  const first = day < column.first ? day - room : column.first
  const end = day < column.first ? column.first + column.days : day + 1 + room
  const shift = (column.first - first) * counters
  const size = (end - first) * counters
  const moved = <A extends TypedArray>(from: A, to: A): A => {
    to.set(from, shift)
    return to
  }
  column.value = moved(column.value, new Int32Array(size))
  column.version = moved(column.version, new Uint32Array(size))
  column.author = moved(column.author, new Uint32Array(size))
  column.at = moved(column.at, new Float64Array(size))
  column.flags = moved(column.flags, new Uint16Array(size))
  column.approved &&= moved(column.approved, new Int32Array(size))
  column.foreign &&= moved(column.foreign, new Uint32Array(size))
  column.restated &&= moved(column.restated, new Uint32Array(size))
  column.was &&= moved(column.was, new Int32Array(size))
  column.swing &&= moved(column.swing, new Int32Array(size))
  column.first = first
  column.days = end - first
}
type TypedArray = Int32Array | Uint32Array | Float64Array | Uint16Array

/** Empty cells for a programme's units. Without a shape there is no unit to write to. */
export const createCells = (shape: CellShape | null): Cells => new Columns(shape)

/** Saves cells; the result shares nothing that they change later. Throws a TypeError for a fork. */
export function saveCells(cells: Cells): SavedCells {
  if (!(cells instanceof Columns)) throw new TypeError('a fork cannot be saved')
  return {
    authors: [...cells.authors.list],
    restated: cells.restated.list.slice(1) as Restated[],
    columns: [...cells.columns].map(([unit, column]) => saveColumn(unit, column, cells.counters)),
  }
}

function saveColumn(unit: string, column: Column, counters: number): SavedColumn {
  const begin = (column.low - column.first) * counters
  const end = (column.high + 1 - column.first) * counters
  return {
    unit,
    first: column.low,
    days: column.high + 1 - column.low,
    value: column.value.slice(begin, end),
    version: column.version.slice(begin, end),
    author: column.author.slice(begin, end),
    at: column.at.slice(begin, end),
    flags: column.flags.slice(begin, end),
    approved: column.approved?.slice(begin, end) ?? null,
    foreign: column.foreign?.slice(begin, end) ?? null,
    restated: column.restated?.slice(begin, end) ?? null,
    was: column.was?.slice(begin, end) ?? null,
    swing: column.swing?.slice(begin, end) ?? null,
    rare: [...column.rare],
  }
}

/** Restores saved cells. Arrays are copied, so that the buffer they came from can be freed. */
export function restoreCells(saved: SavedCells, shape: CellShape | null): Cells {
  const cells = new Columns(shape)
  for (const name of saved.authors) cells.authors.indexOf(name)
  for (const restated of saved.restated) cells.restated.indexOf(restated)
  for (const { unit, rare, ...rest } of saved.columns) {
    const chain = shape!.units.chain(unit).map((code) => shape!.units.index(code))
    const column: Column = {
      ...rest,
      chain,
      low: rest.first,
      high: rest.first + rest.days - 1,
      value: rest.value.slice(),
      version: rest.version.slice(),
      author: rest.author.slice(),
      at: rest.at.slice(),
      flags: rest.flags.slice(),
      approved: rest.approved?.slice() ?? null,
      foreign: rest.foreign?.slice() ?? null,
      restated: rest.restated?.slice() ?? null,
      was: rest.was?.slice() ?? null,
      swing: rest.swing?.slice() ?? null,
      rare: new Map(rare),
    }
    cells.columns.set(unit, column)
    sumUp(cells, column)
  }
  return cells
}

function sumUp({ totals, counters }: Columns, column: Column): void {
  const { chain, value, first } = column
  for (let i = 0; i < value.length; i++) {
    const counted = countedAt(column, i, first * counters + i)
    if (counted > 0) for (const up of chain) totals[up * counters + (i % counters)]! += counted
  }
}
