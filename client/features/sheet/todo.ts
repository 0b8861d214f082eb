/** What wants the person, as a list under the grid: refused, crossed, disputed, returned, asked about. Pure. */
import type { Refusal } from '../../../shared/errors.ts'
import type { Person, ReportRow } from '../../../shared/view/rows.ts'
import type { Verdict } from './check.ts'
import type { LineView } from './view.ts'

export type Todo = { unit: string } & (
  | { kind: 'refused'; counter: string; text: string; refusals: readonly Refusal[]; suggestion: number | null }
  /** the street as a whole: nothing may be written there, or the server said no to it */
  | { kind: 'line'; refusals: readonly Refusal[] }
  | {
      kind: 'conflict'
      counter: string
      base: number | null
      mine: number | null
      theirs: number | null
      by: Person
      at: string
    }
  | { kind: 'disputed'; report: ReportRow; counters: readonly string[] }
  | { kind: 'returned'; counters: readonly string[] }
  | { kind: 'warned'; counter: string; value: number; warnings: readonly { refusal: Refusal; confirmed: boolean }[] }
)

const ORDER: Record<Todo['kind'], number> = { refused: 0, line: 1, conflict: 2, disputed: 3, returned: 4, warned: 5 }

/** The list, gravest first, each kind in the order of the lines. */
export function todosOf(lines: readonly LineView[], verdict: Verdict): Todo[] {
  return lines.flatMap((line) => ofLine(line, verdict)).sort((a, b) => ORDER[a.kind] - ORDER[b.kind])
}

function ofLine(line: LineView, verdict: Verdict): Todo[] {
  const { unit, report, closed } = line
  const todos: Todo[] = []
  const shut = new Set(closed.map((r) => r.code))
  const said = verdict.rows.get(unit) ?? []
  const whole = line.typed.cells.size > 0 ? [...closed, ...said.filter((r) => !shut.has(r.code))] : []
  if (whole.length > 0) todos.push({ kind: 'line', unit, refusals: whole })
  for (const { checked, counter, value, state } of line.cells) {
    if (checked === null || state === 'sending') continue
    const own = checked.refusals.filter((r) => !shut.has(r.code))
    const { text } = checked.edit
    if (own.length > 0)
      todos.push({ kind: 'refused', unit, counter, text, refusals: own, suggestion: checked.suggestion })
    else if (checked.conflict && report !== undefined)
      todos.push({
        kind: 'conflict',
        unit,
        counter,
        base: checked.edit.base,
        mine: value,
        theirs: line.cells.find((c) => c.counter === counter)!.stored.value,
        by: report.by,
        at: report.at,
      })
    else if (checked.warnings.length > 0 && value !== null) {
      const warnings = checked.warnings.map((w) => ({ refusal: w, confirmed: !checked.open.includes(w) }))
      todos.push({ kind: 'warned', unit, counter, value, warnings })
    }
  }
  if (report?.state === 'disputed' && report.claim !== undefined)
    todos.push({ kind: 'disputed', unit, report, counters: counters(line, 'disputed') })
  if (report?.state === 'returned' && line.typed.cells.size === 0 && closed.length === 0)
    todos.push({ kind: 'returned', unit, counters: counters(line, 'returned') })
  return todos
}

const counters = (line: LineView, state: 'disputed' | 'returned') =>
  line.cells.filter((c) => c.state === state).map((c) => c.counter)
