/** What the sheet knows of its typing before the server does: the same rules, run on the rows that are here. Pure. */
import { confirmedAgain, coveringOf, type PendingChanges, noPendingChanges } from '../../../shared/domain/asking.ts'
import { changedSince, judge } from '../../../shared/domain/basis.ts'
import { cellRefusals } from '../../../shared/domain/cell.ts'
import {
  belowCounted,
  type Derived,
  deriveTotal,
  HOLDS,
  type Holds,
  type TotalBase,
} from '../../../shared/domain/deriving.ts'
import { countedValue } from '../../../shared/domain/figures.ts'
import { questionsOf } from '../../../shared/domain/questions.ts'
import { isSettled } from '../../../shared/domain/totalling.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { type Day, dayNumber } from '../../../shared/progress/day.ts'
import type { AboveRow, ClockRow, LineRow, ReportFigure, ReportRow } from '../../../shared/view/rows.ts'
import { type CellKey, cellKey, type Edit, type Edits } from './cells.ts'
import { readFigure } from '../../../shared/reading/total.ts'
import { countedThrough, figureIn } from './rows.ts'

/** Everything that a check looks at. */
export interface CheckInput {
  setting: Setting
  clock: Pick<ClockRow, 'today' | 'due' | 'lockedThrough' | 'over'>
  me: Actor
  day: Day
  report(unit: string): ReportRow | undefined
  line(unit: string): LineRow | undefined
  above(unit: string): AboveRow | undefined
  /** values that own commands bring which the rows do not show yet, by cell; null = a withdrawal */
  waiting: ReadonlyMap<CellKey, number | null>
}

/** Why nothing may be written to this unit's report; empty = it may be. Counters in dispute are told by their figures. */
export function writeRefusals({ setting, clock, me, day }: CheckInput, unit: string): Refusal[] {
  // as the server says it of who may do so nowhere: whatever the unit, it is none of their role or tasks
  if (!mayCommand(me, 'SubmitReports', setting.units)) return [{ code: 'may.not' }]
  const may = (code: string) => mayCommand(me, 'SubmitReports', setting.units, code)
  return cellRefusals(clock, setting, { unit, day }, may, '').map(({ code, params }) => ({
    code,
    ...(params && { params }),
  }))
}

/** The same of one figure: what a lock has carried over is given anew, or withdrawn, while it is returned (P5). */
export const barredOf = (barred: readonly Refusal[], row: ReportFigure | undefined): readonly Refusal[] =>
  row?.carried === true && row.state === 'returned' ? barred.filter(({ code }) => code !== 'report.locked') : barred

/** One typed cell: refused with a reason, or a value with the questions it raises. */
export interface Checked {
  edit: Edit
  /** null when it is refused, for a withdrawal, and for an opening balance; of a running total the day's figure */
  value: number | null
  /** the running total that was typed */
  total?: TypedTotal
  /** the figure is to be taken back */
  withdrawal: boolean
  refusals: Refusal[]
  suggestion: number | null
  warnings: Refusal[]
  /** warnings not yet confirmed */
  open: Refusal[]
  /** `conflict`: somebody else has written since typing began; `stale`: so has the person, elsewhere */
  crossed: 'conflict' | 'stale' | null
}

/** A running total as typed: what it comes to, and whether the day's own figure was typed with it. */
export interface TypedTotal {
  total: number
  base: TotalBase
  derived: Derived
  day: number | null
  /** what was said of corrections since the last total */
  holds?: Holds
  /** of a first total: what is counted up to its day */
  counted?: number
}

/** Refusals and warnings of the server, by cell and by unit; they stand until the text is typed anew. */
export interface Verdict {
  cells: ReadonlyMap<CellKey, readonly Refusal[]>
  rows: ReadonlyMap<string, readonly Refusal[]>
}
export const noVerdict: Verdict = { cells: new Map(), rows: new Map() }

export type CheckedCells = ReadonlyMap<string, Checked>

/**
 * All typed cells, by unit and counter, judged as one command would be: what one counter may be depends on the others,
 * and totals of units above on the lines before. Cells that a waiting command carries are not judged again.
 */
export function checkLines(
  checkInput: CheckInput,
  lines: readonly string[],
  edits: Edits,
  covered: ReadonlySet<CellKey>,
  verdict: Verdict = noVerdict,
): Map<string, CheckedCells> {
  const { setting, day } = checkInput
  const { counters } = setting.programme
  const n = dayNumber(day)
  const pending = noPendingChanges()
  const counted = (unit: string, counter: number): number | null =>
    countedValue(figureIn(checkInput.report(unit), counter))
  const awaited = (unit: string, counter: number): number | null => {
    const waits = checkInput.waiting.get(cellKey(unit, counters[counter]!.key))
    if (waits === undefined) return counted(unit, counter)
    // what a reviewer has approved counts until its withdrawal is approved
    const isReviewed = setting.programme.reporting.reviewLevels > 0
    return waits ?? (isReviewed ? figureIn(checkInput.report(unit), counter).approved : null)
  }
  const bring = (unit: string, counter: number, from: number | null, to: number | null) => {
    const change = (to ?? 0) - (from ?? 0)
    if (change !== 0) pending.add(setting, unit, n, counter, change)
  }
  for (const unit of lines)
    counters.forEach((_, counter) => bring(unit, counter, counted(unit, counter), awaited(unit, counter)))
  const checked = new Map<string, CheckedCells>()
  for (const unit of lines) {
    const cells = checkCells(checkInput, unit, edits, covered, verdict)
    checked.set(unit, cells)
    if (cells.size === 0) continue
    ask(checkInput, unit, cells, (counter) => awaited(unit, counter), pending)
    if ([...cells.values()].some((c) => c.refusals.length > 0 || c.crossed !== null)) continue
    counters.forEach(({ key }, counter) => {
      const cell = cells.get(key)
      if (cell !== undefined && cell.value !== null && !cell.edit.contest)
        bring(unit, counter, awaited(unit, counter), cell.value)
    })
  }
  return checked
}

function checkCells(
  checkInput: CheckInput,
  unit: string,
  edits: Edits,
  covered: ReadonlySet<CellKey>,
  verdict: Verdict,
): Map<string, Checked> {
  const { setting, me } = checkInput
  const checked = new Map<string, Checked>()
  const barred = writeRefusals(checkInput, unit)
  setting.programme.counters.forEach((counter, i) => {
    const key = cellKey(unit, counter.key)
    const edit = edits.get(key)
    if (edit === undefined || covered.has(key)) return
    const figure = figureIn(checkInput.report(unit), i)
    const reading = readFigure(edit.text, counter.cumulative)
    const said = verdict.cells.get(key) ?? []
    const own = barredOf(barred, checkInput.report(unit)?.figures[i])
    // of totals the page says by itself what the server says, and with the answers
    const isOwn = (r: Refusal) => r.code.startsWith('total.')
    const refusals = [...own, ...said.filter((r) => r.level !== 'warning' && !isOwn(r))]
    if (reading.kind === 'refused') refusals.unshift(reading.refusal)
    if (figure.state === 'disputed' && !refusals.some((r) => r.code === 'report.disputed'))
      refusals.push({ code: 'report.disputed', params: { counter: counter.key } })
    const total =
      reading.kind === 'total' ? typedTotal(reading.value, reading.day, checkInput.line(unit)?.totals?.[i], edit) : null
    const came = total === null || total.day !== null ? null : total.derived
    if (came !== null && 'refusal' in came && !isSettled(total!.base, total!.total, figure))
      refusals.unshift(came.refusal)
    const more = total?.day == null ? 0 : total.day - (figure.value ?? 0)
    const counted = countedThrough(setting, checkInput.line(unit), unit, i) + more
    const isFirst = total !== null && total.base.last === null && total.base.own !== total.total
    const below = isFirst ? belowCounted(total.total, counted) : []
    const derived = came?.kind === 'day' ? came.value : (total?.day ?? null)
    const value = reading.kind === 'count' ? reading.value : derived
    checked.set(counter.key, {
      edit,
      value,
      ...(total !== null && { total: isFirst ? { ...total, counted } : total }),
      withdrawal: reading.kind === 'blank',
      refusals: refusals.filter((r) => r.code !== 'report.stale'),
      suggestion: reading.kind === 'refused' ? reading.suggestion : null,
      warnings: [
        ...(came?.kind === 'day' ? came.asks : []),
        ...below,
        ...said.filter((r) => r.level === 'warning' && !isOwn(r)),
      ],
      open: [],
      crossed: refusals.some((r) => r.code === 'report.stale') ? 'stale' : crossed(),
    })

    function crossed(): Checked['crossed'] {
      const { command, version } = edit!.basis
      if (command !== undefined) return null
      if (reading.kind === 'blank') return changedSince(figure, version) ? 'stale' : null
      if (value === null) return null
      const verdict = judge(figure, value, me.id, version)
      if (verdict === 'stale') return 'stale'
      return verdict === 'conflict' && !edit!.contest ? 'conflict' : null
    }
  })
  return checked
}

const NO_TOTALS: TotalBase = { own: null, last: null, between: 0, blank: 0, changed: 0 }

function typedTotal(total: number, day: number | null, known: TotalBase | null | undefined, edit: Edit): TypedTotal {
  const base = known ?? NO_TOTALS
  const holds = HOLDS.find((h) => edit.confirmed.includes(holdsMark(h)))
  return { total, base, derived: deriveTotal(base, total, holds), day, ...(holds !== undefined && { holds }) }
}

/** How a draft keeps what was said of corrections, among what was confirmed. */
export const holdsMark = (holds: Holds): string => `total.${holds}`

/** Puts the questions that the values raise to their cells. */
function ask(
  { setting, clock, day, report, line, above }: CheckInput,
  unit: string,
  cells: ReadonlyMap<string, Checked>,
  before: (counter: number) => number | null,
  pending: PendingChanges,
): void {
  const { programme, units, bases } = setting
  const n = dayNumber(day)
  const own = line(unit)
  const typed = (counter: number) => cells.get(programme.counters[counter]!.key)?.value ?? null
  const questions = questionsOf({
    counters: programme.counters,
    chain: units.chain(unit),
    before,
    after: (counter) => typed(counter) ?? before(counter),
    confirmed: (counter) => confirmedAgain(figureIn(report(unit), counter), typed(counter)),
    total: (code, counter) => ((code === unit ? own : above(code))?.total[counter] ?? 0) + pending.total(code, counter),
    through: (counter) => (own?.through[counter] ?? 0) + pending.through(unit, n, counter),
    earlier: (counter) => own?.earlier?.[counter] ?? 0,
    covering: (within) => coveringOf(setting, unit, within, n, () => own?.covered?.includes(within) ?? false),
    usual: (counter) => own?.usual[counter] ?? [],
    low: clock.due !== null && day <= clock.due,
    bases: (code, counter) => bases.of(code, counter),
  })
  for (const question of questions) {
    const cell = cells.get(question.at!)
    if (cell === undefined || cell.value === null) continue
    cell.warnings = [question, ...cell.warnings.filter((w) => w.code !== question.code)]
  }
  for (const cell of cells.values()) cell.open = cell.warnings.filter((w) => !cell.edit.confirmed.includes(w.code))
}
