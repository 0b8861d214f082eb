/** What the sheet shows: cells and lines with their states, from what stands, what is typed and what is on its way. Pure. */
import type { Figure } from '../../../shared/domain/cells.ts'
import { countedValue } from '../../../shared/domain/figures.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type CounterBreakdown, NO_BREAKDOWN, plus } from '../../../shared/progress/breakdown.ts'
import { type Day, dayNumber } from '../../../shared/progress/day.ts'
import { figureText } from '../../../shared/reading/total.ts'
import { partOf } from '../../../shared/view/parts.ts'
import { type DueState, dueStateOf, isGiven, type ReportStanding, reportStanding } from '../../../shared/view/due.ts'
import type { ClockRow, LineRow, ReportFigure, ReportRow } from '../../../shared/view/rows.ts'
import { cellKey, type CellKey } from './cells.ts'
import { barredOf, type Checked } from './check.ts'
import { figureIn } from './rows.ts'
import { isOpen, type TypedRow, withheld } from './submit.ts'
import { type CellTotal, cellTotal, type OnItsWay } from './total.ts'

/**
 * `withdrawn`: typed, and to be taken back. `waiting`: a newer value waits beside the approved one. `shut`: read-only
 * without a lock (another's place, a day to come, a role that only reads).
 */
export const CELL_STATES = [
  'typed',
  'withdrawn',
  'kept',
  'sending',
  'accepted',
  'waiting',
  'warned',
  'refused',
  'conflict',
  'returned',
  'disputed',
  'locked',
  'shut',
  'blank',
] as const
export type CellState = (typeof CELL_STATES)[number]

export interface CellView {
  key: CellKey
  unit: string
  counter: string
  /** as typed, or what stands as it would be typed; empty = blank */
  text: string
  /** what the cell stands for; null when blank or refused */
  value: number | null
  state: CellState
  editable: boolean
  checked: Checked | null
  figure: Figure
  /** with names; undefined where nothing was ever written */
  row: ReportFigure | undefined
  /** what counts as approved, where it is another value than the one that stands */
  beside: number | null
  /** somebody stood by the value against a question */
  confirmed: boolean
  /** its running total; null = none */
  total: CellTotal | null
  /** its counter is kept as its running total: that is what is typed, and what it shows where there is one (F33) */
  cumulative: boolean
}

/** `unsent`, `sending` and `refused` are of the typing, the others of what stands. */
export type LineWord = 'unsent' | 'sending' | 'refused' | DueState

export interface LineView {
  unit: string
  cells: CellView[]
  report: ReportRow | undefined
  /** why nothing may be written here, but for what a lock has carried over */
  barred: readonly Refusal[]
  typed: TypedRow
  word: LineWord
  /** what stands, whatever is typed */
  state: DueState
  /** null when nothing is expected for the day */
  standing: ReportStanding | null
  /** keys of counters that are expected and not there */
  blank: readonly string[]
}

export interface LineInput {
  setting: Setting
  day: Day
  clock: Pick<ClockRow, 'due'>
  typed: TypedRow
  report: ReportRow | undefined
  line?: LineRow | undefined
  barred: readonly Refusal[]
  onItsWay: ReadonlyMap<CellKey, OnItsWay>
  /** accepted values that the screen has not been sent yet; null = taken back */
  sent: ReadonlyMap<CellKey, number | null>
}

/** One line of the sheet. */
export function lineView(input: LineInput): LineView {
  const { typed, report, barred, setting, day } = input
  const { unit } = typed
  const { counters } = setting.programme
  const cells = counters.map((c, i) => cellView(input, c.key, i))
  const figures = counters.map((_, i) => figureIn(report, i))
  const expected = setting.rhythm.expected(unit, dayNumber(day))
  const state = dueStateOf({
    day,
    due: input.clock.due,
    starts: setting.units.startsOn(unit),
    ends: setting.units.endsOn(unit),
    expected,
    figures,
  })
  return {
    unit,
    cells,
    report,
    barred,
    typed,
    word: typingWord(typed, cells, input.barred) ?? state,
    state,
    standing: expected.length === 0 ? null : reportStanding(figures, expected),
    blank: expected.filter((i) => !isGiven(figures[i]!)).map((i) => counters[i]!.key),
  }
}

/** Expected counters of a line that are blank and nothing is typed for. */
export const stillBlank = ({ blank, cells }: LineView): string[] =>
  blank.filter((counter) => cells.some((c) => c.counter === counter && c.value === null))

function cellView(input: LineInput, counter: string, i: number): CellView {
  const { typed, report, onItsWay, sent } = input
  const barred = barredOf(input.barred, report?.figures[i])
  const key = cellKey(typed.unit, counter)
  const figure = figureIn(report, i)
  const checked = typed.cells.get(counter) ?? null
  const way = onItsWay.get(key)
  const arrived = sent.get(key)
  const stands = arrived === undefined ? figure.value : arrived
  // a first total leaves the figure that stands
  const isBeside = checked?.total?.derived.kind === 'opening' && checked.total.day === null
  const value = isBeside
    ? stands
    : checked !== null
      ? checked.value
      : way !== undefined && !isOpen(way)
        ? way.value
        : stands
  const state = stateOf(figure, checked, way, arrived !== undefined, barred, value)
  const total = cellTotal(checked, way, input.line?.totals?.[i], stands)
  const cumulative = input.setting.programme.counters[i]!.cumulative === true
  const told = cumulative && total !== null ? { total: total.total } : { day: value ?? undefined }
  return {
    key,
    unit: typed.unit,
    counter,
    text: checked?.edit.text ?? figureText(told, cumulative),
    value,
    state,
    editable: barred.length === 0 && figure.state !== 'disputed',
    checked,
    figure,
    row: report?.figures[i],
    beside: figure.approved !== null && figure.approved !== figure.value ? figure.approved : null,
    confirmed: checked === null && way === undefined && figure.confirmed !== undefined,
    ...{ total, cumulative },
  }
}

function stateOf(
  figure: Figure,
  checked: Checked | null,
  way: OnItsWay | undefined,
  arrived: boolean,
  barred: readonly Refusal[],
  value: number | null,
): CellState {
  if (checked !== null) {
    if (checked.refusals.length > 0) return 'refused'
    if (checked.crossed !== null) return 'conflict'
    if (checked.withdrawal) return 'withdrawn'
    if (checked.warnings.length > 0) return 'warned'
    return checked.edit.kept ? 'kept' : 'typed'
  }
  if (way !== undefined) return way.out ? 'sending' : 'kept'
  if (arrived) return value === null ? 'blank' : 'accepted'
  if (figure.state === 'disputed') return 'disputed'
  if (barred.some((r) => r.code === 'report.locked')) return 'locked'
  if (barred.length > 0) return 'shut'
  if (figure.state === 'returned') return 'returned'
  if (figure.state === 'submitted' && figure.approved !== null) return 'waiting'
  return value === null ? 'blank' : 'accepted'
}

function typingWord(typed: TypedRow, cells: readonly CellView[], barred: readonly Refusal[]): LineWord | null {
  if (cells.some((c) => c.state === 'sending')) return 'sending'
  const isFaulty = withheld(typed) === 'refused' && barred.length === 0
  if (typed.cells.size > 0) return isFaulty ? 'refused' : 'unsent'
  return cells.some((c) => c.state === 'kept') ? 'unsent' : null
}

/** Sums of the columns, as shown, with what still counts where a withdrawal is not approved; null when a whole column is blank. */
export function sumsOf(lines: readonly LineView[]): (number | null)[] {
  const first = lines[0]?.cells ?? []
  return first.map((_, i) =>
    lines.reduce<number | null>((sum, line) => {
      const value = reportedIn(line.cells[i])
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )
}

/** Each column by its parts, as it stands on the server: what is typed is no part yet. `estimate` is of what is missing. */
export function breakdownsOf(
  lines: readonly LineView[],
  estimate: (unit: string, counter: number) => number,
): CounterBreakdown[] {
  return (lines[0]?.cells ?? []).map((_, i) =>
    lines.reduce<CounterBreakdown>((sum, { unit, cells }) => {
      const { figure } = cells[i]!
      const { approved, part, shift } = partOf(figure)
      const own = part === null ? {} : { [part]: { up: Math.max(0, shift), down: Math.max(0, -shift) } }
      const missing = isGiven(figure) ? 0 : estimate(unit, i)
      return plus(sum, { ...NO_BREAKDOWN, ...own, approved, missing }, 1)
    }, NO_BREAKDOWN),
  )
}

/** The figure that a cell shows; a refused text leaves what stands. */
export function shownIn(cell: CellView | undefined): number | null {
  if (cell === undefined) return null
  const refused = cell.checked !== null && cell.value === null && !cell.checked.withdrawal
  return refused ? cell.figure.value : cell.value
}

/** What a cell adds to sums: what it shows; of a figure whose withdrawal waits or was returned, what still counts. */
export const reportedIn = (cell: CellView | undefined): number | null =>
  cell !== undefined && cell.checked === null && cell.value === null && cell.figure.value === null
    ? countedValue(cell.figure)
    : shownIn(cell)
