/** What the sheet shows: cells and lines with their states, from what stands, what is typed and what is on its way. Pure. */
import { isExpected, type Frame } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { NowRow, ReportRow } from '../../../shared/view/rows.ts'
import { cellKey, type CellKey, type Stored } from './cells.ts'
import type { Checked } from './check.ts'
import { type TypedRow, withheld } from './submit.ts'

/** `shut`: read-only without a lock (another's place, a day to come, a role that only reads). */
export type CellState =
  | 'typed'
  | 'kept'
  | 'sending'
  | 'accepted'
  | 'warned'
  | 'refused'
  | 'conflict'
  | 'returned'
  | 'disputed'
  | 'locked'
  | 'shut'
  | 'blank'

export interface CellView {
  key: CellKey
  unit: string
  counter: string
  /** as typed, or the figure that stands; empty = blank */
  text: string
  /** what the cell stands for; null when blank or refused */
  value: number | null
  state: CellState
  editable: boolean
  checked: Checked | null
  stored: Stored
}

/** `unsent`, `sending` and `refused` are of the typing, the others of what stands. */
export type LineWord =
  | 'unsent'
  | 'sending'
  | 'refused'
  | 'approved'
  | 'submitted'
  | 'returned'
  | 'disputed'
  | 'missing'
  | 'open'
  | 'off'
  | 'notStarted'

export interface LineView {
  unit: string
  cells: CellView[]
  report: ReportRow | undefined
  /** why nothing may be written here */
  closed: readonly Refusal[]
  typed: TypedRow
  word: LineWord
  /** an answer is expected for the day */
  due: boolean
}

export interface LineInput {
  frame: Frame
  day: Day
  now: Pick<NowRow, 'due'>
  typed: TypedRow
  report: ReportRow | undefined
  closed: readonly Refusal[]
  /** cells on their way to the server */
  sending: ReadonlySet<CellKey>
  /** accepted values that the screen has not been sent yet */
  sent: ReadonlyMap<CellKey, number>
}

/** One street of the sheet. */
export function lineView(input: LineInput): LineView {
  const { typed, report, closed } = input
  const cells = input.frame.programme.counters.map((c, i) => cellView(input, c.key, i))
  return {
    unit: typed.unit,
    cells,
    report,
    closed,
    typed,
    word: wordOf(input, cells),
    due: isExpected(input.frame, typed.unit, input.day),
  }
}

function cellView({ typed, report, closed, sending, sent }: LineInput, counter: string, i: number): CellView {
  const key = cellKey(typed.unit, counter)
  const stored = typed.stored[i]!
  const checked = typed.cells.get(counter) ?? null
  const arrived = sent.get(key)
  const value = checked !== null ? checked.value : (arrived ?? stored.value)
  const claimed = report?.claim !== undefined && report.claim.values[i] !== report.values[i]
  const state = ((): CellState => {
    if (sending.has(key)) return 'sending'
    if (checked !== null) {
      if (checked.refusals.length > 0) return 'refused'
      if (checked.conflict) return 'conflict'
      if (checked.warnings.length > 0) return 'warned'
      return checked.edit.kept ? 'kept' : 'typed'
    }
    if (arrived !== undefined) return 'accepted'
    if (claimed) return 'disputed'
    if (closed.some((r) => r.code === 'report.locked')) return 'locked'
    if (closed.some((r) => r.code !== 'report.disputed')) return 'shut'
    if (report?.state === 'returned') return 'returned'
    return value === null ? 'blank' : 'accepted'
  })()
  return {
    key,
    unit: typed.unit,
    counter,
    text: checked?.edit.text ?? (value === null ? '' : String(value)),
    value,
    state,
    editable: closed.length === 0 && !sending.has(key),
    checked,
    stored,
  }
}

function wordOf(input: LineInput, cells: readonly CellView[]): LineWord {
  const { frame, day, now, typed, report } = input
  if (cells.some((c) => c.state === 'sending')) return 'sending'
  if (typed.cells.size > 0) return withheld(typed) === 'refused' ? 'refused' : 'unsent'
  if (report !== undefined) return report.state
  if (day < frame.units.startsOn(typed.unit)) return 'notStarted'
  if (!isExpected(frame, typed.unit, day)) return 'off'
  return now.due !== null && day <= now.due ? 'missing' : 'open'
}

/** Sums of the columns, as shown; null when a whole column is blank. */
export function sumsOf(lines: readonly LineView[]): (number | null)[] {
  const first = lines[0]?.cells ?? []
  return first.map((_, i) =>
    lines.reduce<number | null>((sum, line) => {
      const value = line.cells[i]!.value
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )
}
