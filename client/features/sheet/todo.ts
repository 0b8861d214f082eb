/** What wants the person, as a list under the grid: refused, crossed, disputed, returned, offered, asked about. Pure. */
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type AskedQuestion, isOpenQuestion } from '../../../shared/view/asked.ts'
import type { OfferRow, OfferSide, Person, ReportFigure } from '../../../shared/view/rows.ts'
import type { FigureInquiry } from '../../../shared/view/reportFigure.ts'
import { barredOf, type Verdict } from './check.ts'
import { type CellView, type LineView, stillBlank } from './view.ts'

export type Todo = { unit: string } & (
  | { kind: 'refused'; counter: string; text: string; refusals: readonly Refusal[]; suggestion: number | null }
  /** the line as a whole: nothing may be written there, or the server said no to it */
  | { kind: 'line'; refusals: readonly Refusal[]; into: string | null }
  /** somebody else has written since typing began */
  | {
      kind: 'conflict'
      counter: string
      base: number | null
      mine: number | null
      theirs: number | null
      by: Person
      at: number
    }
  /** the person has, elsewhere: both values, and which one holds */
  | { kind: 'stale'; counter: string; mine: number | null; standing: number | null; at: number | null }
  | { kind: 'disputed'; counter: string; figure: ReportFigure }
  /** `withdrawal`: what was sent back is a withdrawal, and the approved figures go on counting */
  | { kind: 'returned'; counters: readonly string[]; returned: Returned; withdrawal: boolean }
  | { kind: 'offer'; offer: OfferRow }
  /** a reviewer's question without an answer */
  | { kind: 'inquiry'; counters: readonly string[]; inquiry: FigureInquiry }
  | { kind: 'withdrawn'; counters: readonly string[] }
  | {
      kind: 'warned'
      counter: string
      /** null = it is not known before the server says what a running total comes to, or an opening balance */
      value: number | null
      warnings: readonly { refusal: Refusal; confirmed: boolean }[]
      /** why, where somebody has said it */
      why: string
    }
  /** quality questions about a figure that nobody has answered */
  | { kind: 'question'; counter: string; questions: readonly AskedQuestion[] }
  /** a part of the report is blank when it is due, whatever the other figures are, and nothing is typed for it */
  | { kind: 'partial'; counters: readonly string[] }
)
type Returned = NonNullable<ReportFigure['returned']>
export type TodoOf<K extends Todo['kind']> = Extract<Todo, { kind: K }>

const ORDER: Record<Todo['kind'], number> = {
  refused: 0,
  line: 1,
  conflict: 2,
  stale: 3,
  disputed: 4,
  returned: 5,
  offer: 6,
  withdrawn: 7,
  warned: 8,
  partial: 9,
  inquiry: 5,
  question: 10,
}

export interface TodoInput {
  lines: readonly LineView[]
  verdict: Verdict
  offers: readonly OfferRow[]
  /** the day must have been reported */
  due: boolean
  /** quality questions about a line's report, where there are any */
  questions?(unit: string): readonly AskedQuestion[]
}

/** The list, gravest first, each kind in the order of the lines. */
export function todosOf({ lines, verdict, offers, due, questions }: TodoInput): Todo[] {
  const own = new Set(lines.map((l) => l.unit))
  const asked = offers.map((offer): Todo => {
    const unit = own.has(offer.to.unit) ? offer.to.unit : offer.from.unit
    return { kind: 'offer', unit, offer }
  })
  const open = lines.flatMap((line) => openQuestions(line, questions?.(line.unit) ?? []))
  return [...lines.flatMap((line) => ofLine(line, verdict, due)), ...asked, ...open].sort(
    (a, b) => ORDER[a.kind] - ORDER[b.kind],
  )
}

function ofLine(line: LineView, verdict: Verdict, due: boolean): Todo[] {
  const { unit, barred, typed } = line
  const todos: Todo[] = []
  // typing over what a lock has carried over alone is not held up by the lock
  const isBarred = line.cells.some(({ checked, row }) => checked !== null && barredOf(barred, row).length > 0)
  const shut = new Set(isBarred ? barred.map((r) => r.code) : [])
  const said = verdict.rows.get(unit) ?? []
  // the clock says by itself, and while it lasts, what is locked
  const others = said.filter(({ code }) => code !== 'report.locked' && !shut.has(code))
  const whole = typed.cells.size > 0 ? [...(isBarred ? barred : []), ...others] : []
  if (whole.length > 0) todos.push({ kind: 'line', unit, refusals: whole, into: successorIn(whole) })
  for (const cell of line.cells) todos.push(...ofCell(cell, shut))
  const withdrawn = line.cells.filter((c) => c.state === 'withdrawn').map((c) => c.counter)
  if (withdrawn.length > 0) todos.push({ kind: 'withdrawn', unit, counters: withdrawn })
  todos.push(...sentBack(line), ...inquiriesOf(line))
  const blank = stillBlank(line)
  if (due && line.standing === 'partial' && barred.length === 0 && blank.length > 0)
    todos.push({ kind: 'partial', unit, counters: blank })
  return todos
}

function ofCell(cell: CellView, shut: ReadonlySet<string>): Todo[] {
  const { unit, counter, checked, figure, row } = cell
  if (checked === null)
    return cell.state === 'disputed' && row !== undefined ? [{ kind: 'disputed', unit, counter, figure: row }] : []
  const own = checked.refusals.filter((r) => !shut.has(r.code))
  const { text, basis } = checked.edit
  if (own.length > 0) return [{ kind: 'refused', unit, counter, text, refusals: own, suggestion: checked.suggestion }]
  if (checked.refusals.length > 0) return []
  if (checked.crossed === 'conflict' && row?.by != null)
    return [
      {
        kind: 'conflict',
        unit,
        counter,
        base: basis.value,
        mine: cell.value,
        theirs: figure.value,
        by: row.by,
        at: row.at,
      },
    ]
  if (checked.crossed !== null)
    return [{ kind: 'stale', unit, counter, mine: cell.value, standing: figure.value, at: row?.at ?? null }]
  if (checked.warnings.length === 0 || checked.withdrawal) return []
  const warnings = checked.warnings.map((w) => ({ refusal: w, confirmed: !checked.open.includes(w) }))
  return [{ kind: 'warned', unit, counter, value: cell.value, warnings, why: checked.edit.why }]
}

/** Questions about figures of which nothing else is typed, of one figure together. */
function openQuestions({ unit, barred, cells }: LineView, questions: readonly AskedQuestion[]): Todo[] {
  if (barred.length > 0) return []
  return cells.flatMap(({ counter, checked }, index): Todo[] => {
    const own = questions.filter((q) => q.counter === index && isOpenQuestion(q))
    return own.length === 0 || checked !== null ? [] : [{ kind: 'question', unit, counter, questions: own }]
  })
}

/** What reviewers ask about figures that wait, each question once. */
function inquiriesOf({ unit, cells }: LineView): Todo[] {
  const groups = new Map<number, TodoOf<'inquiry'> & { counters: string[] }>()
  for (const { counter, row } of cells)
    for (const inquiry of row?.inquiries ?? []) {
      if (inquiry.answer !== undefined) continue
      const group = groups.get(inquiry.seq)
      if (group === undefined) groups.set(inquiry.seq, { kind: 'inquiry', unit, counters: [counter], inquiry })
      else group.counters.push(counter)
    }
  return [...groups.values()]
}

/** What a reviewer has sent back: figures of one answer together, withdrawals for themselves. */
function sentBack({ unit, cells }: LineView): Todo[] {
  const groups = new Map<string, TodoOf<'returned'> & { counters: string[] }>()
  for (const { counter, state, figure, row } of cells) {
    const returned = row?.returned
    if (state !== 'returned' || returned === undefined) continue
    const withdrawal = figure.value === null
    const name = JSON.stringify([withdrawal, returned.at, returned.by.id, returned.reason])
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { kind: 'returned', unit, counters: [counter], returned, withdrawal })
    else group.counters.push(counter)
  }
  return [...groups.values()]
}

/** A day of a line on which offers wait, and how many. */
export interface OfferPlace {
  unit: string
  day: Day
  count: number
}

/** Offers by whether they are about this day; the others by their place among the lines, the earliest day first. */
export function offersBy(
  offers: readonly OfferRow[],
  lines: readonly string[],
  day: Day,
): { here: OfferRow[]; elsewhere: OfferPlace[] } {
  const on = (side: OfferSide, at: Day) => side.day === at && lines.includes(side.unit)
  const here = offers.filter(({ from, to }) => on(from, day) || on(to, day))
  const places = new Map<string, OfferPlace>()
  for (const { from, to } of offers.filter((offer) => !here.includes(offer))) {
    const { unit, day: at } = lines.includes(to.unit) ? to : from
    const name = `${at} ${unit}`
    places.set(name, { unit, day: at, count: (places.get(name)?.count ?? 0) + 1 })
  }
  return { here, elsewhere: [...places.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)) }
}

/** The unit that an ended one went into, where that is why nothing may be written. */
export function successorIn(refusals: readonly Refusal[]): string | null {
  const into = refusals.find((r) => r.code === 'unit.ended')?.params?.['into']
  return typeof into === 'string' ? into : null
}
