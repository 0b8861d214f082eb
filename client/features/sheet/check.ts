/** What the sheet knows of its typing before the server does: the same rules, run on the rows that are here. Pure. */
import { type Clock, type Ground, placeFaults, warnings } from '../../../shared/domain/report.ts'
import { reportAt } from '../../../shared/domain/book.ts'
import type { Frame } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Values } from '../../../shared/event.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type Edit, type Edits, cellKey, inConflict, type Stored } from './cells.ts'
import { readCount } from './number.ts'

/** Everything that a check looks at. */
export interface Grounds {
  frame: Frame
  clock: Clock
  ground: Ground
  me: Actor
  day: Day
}

/** Why nothing may be written to this street on this day; empty = it may be. */
export function closedTo(grounds: Grounds, unit: string): Refusal[] {
  const { frame, clock, me, day } = grounds
  const first = frame.programme.counters[0]!.key
  const may = (code: string) => mayCommand(me, 'SubmitReports', frame.units, code)
  const faults = placeFaults(clock, frame, { unit, day, values: { [first]: 0 } }, may, '')
  if (reportAt(grounds.ground.book, unit, day)?.state === 'disputed') faults.push({ code: 'report.disputed' })
  return faults.map(({ code, params }) => ({ code, ...(params ? { params } : {}) }))
}

/** One typed cell: refused with a reason, or a value with the questions it raises. */
export interface Checked {
  edit: Edit
  value: number | null
  refusals: Refusal[]
  suggestion: number | null
  warnings: Refusal[]
  /** warnings not yet stood by */
  open: Refusal[]
  conflict: boolean
}

/** Refusals and warnings of the server, by cell and by street; they stand until the text is typed anew. */
export interface Verdict {
  cells: ReadonlyMap<string, readonly Refusal[]>
  rows: ReadonlyMap<string, readonly Refusal[]>
}
export const noVerdict: Verdict = { cells: new Map(), rows: new Map() }

/** All typed cells of one street, by counter, judged together: what one counter may be depends on the others. */
export function checkRow(
  grounds: Grounds,
  unit: string,
  edits: Edits,
  stored: Stored[],
  verdict: Verdict = noVerdict,
): Map<string, Checked> {
  const { frame, ground, me, day } = grounds
  const checked = new Map<string, Checked>()
  const values: Values = { ...reportAt(ground.book, unit, day)?.values }
  const place = closedTo(grounds, unit)
  frame.programme.counters.forEach((counter, i) => {
    const key = cellKey(unit, counter.key)
    const edit = edits.get(key)
    if (edit === undefined) return
    const reading = readCount(edit.text)
    const said = verdict.cells.get(key) ?? []
    const refusals = [...place, ...said.filter((r) => r.level !== 'warning')]
    if (reading.kind === 'refused') refusals.unshift(reading.refusal)
    const value = reading.kind === 'count' ? reading.value : null
    if (value !== null) values[counter.key] = value
    checked.set(counter.key, {
      edit,
      value,
      refusals,
      suggestion: reading.kind === 'refused' ? reading.suggestion : null,
      warnings: said.filter((r) => r.level === 'warning'),
      open: [],
      conflict: inConflict(edit, stored[i]!, me.id),
    })
  })
  if (checked.size === 0) return checked
  for (const warning of warnings(ground, frame, unit, day, values)) {
    const cell = checked.get(warning.at!)
    if (cell === undefined || cell.value === null) continue
    cell.warnings = [warning, ...cell.warnings.filter((w) => w.code !== warning.code)]
  }
  for (const cell of checked.values()) cell.open = cell.warnings.filter((w) => !cell.edit.confirmed.includes(w.code))
  return checked
}
