/** What has been typed into the sheet and not been accepted yet: the state of the grid, with undo. Pure. */
import type { FigureState } from '../../../shared/domain/cells.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Basis, CarriedBy } from '../../sync/drafts.ts'
import { readFigure } from '../../../shared/reading/total.ts'

/** `unit/counter`, both keys; the day is the sheet's. */
export type CellKey = string
export const cellKey = (unit: string, counter: string): CellKey => `${unit}/${counter}`
export const unitOf = (key: CellKey): string => key.slice(0, key.indexOf('/'))
export const counterOf = (key: CellKey): string => key.slice(key.indexOf('/') + 1)

/** What typing is made upon: the figure that stands, or what an own waiting command makes of it. */
export interface Stored {
  value: number | null
  state: FigureState
  /** version of the figure on the server; 0 = none */
  version: number
  /** the own command that is waiting and gives the figure this value */
  command?: string
  /** its counter is kept as its running total, so that a text is one without a sign */
  cumulative?: boolean
  /** the running total that stands, or that the waiting command reports; absent where giving it again would say something */
  total?: number
}

/** Whether the counter of a cell is kept as its running total. */
export type IsCumulative = (key: CellKey) => boolean

/** One cell as typed. */
export interface Edit {
  /** as typed, trimmed; empty over a given figure = it is to be withdrawn */
  text: string
  /** what was seen when typing began */
  basis: Basis
  /** from an earlier visit, or from another tab */
  kept: boolean
  /** codes of the questions that the person has confirmed */
  confirmed: readonly string[]
  /** why, in the person's words; may be empty */
  why: string
  /** somebody else's change was seen, and this is to stand beside it */
  contest: boolean
  /** while it is as a refused command had carried it */
  from?: CarriedBy
}
export type Edits = ReadonlyMap<CellKey, Edit>

interface Change {
  key: CellKey
  from: Edit | undefined
  to: Edit | undefined
}

export interface Grid {
  edits: Edits
  past: readonly (readonly Change[])[]
  future: readonly (readonly Change[])[]
}

export const emptyGrid: Grid = { edits: new Map(), past: [], future: [] }

/** Steps kept for undo. */
const DEPTH = 200

/** The value that a text stands for; undefined when it is refused or a running total, null when blank. */
export function valueOf(text: string, isCumulative = false): number | null | undefined {
  const reading = readFigure(text, isCumulative)
  return reading.kind === 'count' ? reading.value : reading.kind === 'blank' ? null : undefined
}

/** The running total that a text is; null = none. */
export function totalOf(text: string, isCumulative = false): number | null {
  const reading = readFigure(text, isCumulative)
  return reading.kind === 'total' ? reading.value : null
}

/**
 * True when the text says what stands already. What was returned may be given again as it was. A cell that shows an opening
 * balance is not blank: emptied, it takes that back.
 */
export function saysNothing(
  text: string,
  { value, state, cumulative = false, total }: Omit<Stored, 'version'>,
): boolean {
  if (state === 'returned' && value !== null) return false
  const reading = readFigure(text, cumulative)
  if (reading.kind === 'total') return reading.day === null && reading.value === total
  if (reading.kind === 'blank') return value === null && !(cumulative && total !== undefined)
  return reading.kind === 'count' && reading.value === value
}

/** A text for a cell. `basis`: what was seen when its typing began; absent = what stands now. */
export interface Typed {
  key: CellKey
  text: string
  basis?: Basis
}

/**
 * Types texts into cells as one step of undo. A text that says what stands takes the typing away; an empty one over a
 * given figure is a withdrawal.
 */
export function put(grid: Grid, sets: readonly Typed[], stored: (key: CellKey) => Stored): Grid {
  const changes: Change[] = []
  const edits = new Map(grid.edits)
  for (const { key, text: raw, basis } of sets) {
    const text = raw.trim()
    const from = edits.get(key)
    const stands = stored(key)
    const idle = saysNothing(text, stands) || (from === undefined && isBack(text, stands, basis))
    if (idle ? from === undefined : from?.text === text) continue
    const to = idle ? undefined : editOf(text, basis ?? basisFor(stands, from))
    if (to === undefined) edits.delete(key)
    else edits.set(key, to)
    changes.push({ key, from, to })
  }
  return changes.length === 0 ? grid : { edits, past: [...grid.past, changes].slice(-DEPTH), future: [] }
}

/** The text is again what was seen when its typing began, and something else stands by now. */
const isBack = (text: string, stands: Stored, basis: Basis | undefined): boolean =>
  basis !== undefined && basis.version !== stands.version && valueOf(text, stands.cumulative) === basis.value

const editOf = (text: string, basis: Basis): Edit => ({
  ...{ text, basis, kept: false },
  ...{ confirmed: [], why: '', contest: false },
})

/** What typing that begins now is made upon: what was typed before it goes on, but not over an own waiting command. */
export const basisFor = (stands: Stored, from: Edit | undefined): Basis =>
  stands.command !== undefined || from === undefined ? basisOn(stands) : from.basis

/** What an edit of the cell is made upon now. */
export function basisOn({ value, version, command }: Stored): Basis {
  return command === undefined ? { value, version } : { value, version, command }
}

/** Takes the typing of cells away, as one step of undo. */
export function clear(grid: Grid, keys: Iterable<CellKey>): Grid {
  const changes: Change[] = []
  const edits = new Map(grid.edits)
  for (const key of keys) {
    const from = edits.get(key)
    if (from === undefined) continue
    edits.delete(key)
    changes.push({ key, from, to: undefined })
  }
  return changes.length === 0 ? grid : { edits, past: [...grid.past, changes].slice(-DEPTH), future: [] }
}

export function undo(grid: Grid): Grid {
  const step = grid.past.at(-1)
  if (step === undefined) return grid
  return { edits: moved(grid.edits, step, 'from'), past: grid.past.slice(0, -1), future: [...grid.future, step] }
}

export function redo(grid: Grid): Grid {
  const step = grid.future.at(-1)
  if (step === undefined) return grid
  return { edits: moved(grid.edits, step, 'to'), past: [...grid.past, step], future: grid.future.slice(0, -1) }
}

function moved(edits: Edits, step: readonly Change[], side: 'from' | 'to'): Edits {
  const next = new Map(edits)
  for (const change of side === 'to' ? step : step.toReversed()) {
    const edit = change[side]
    if (edit === undefined) next.delete(change.key)
    else next.set(change.key, edit)
  }
  return next
}

/** The cells were accepted or given up for good: their typing is gone, and with it what could be undone. */
export function drop(grid: Grid, keys: Iterable<CellKey>): Grid {
  const edits = new Map(grid.edits)
  for (const key of keys) edits.delete(key)
  return { edits, past: [], future: [] }
}

/** The same typing with other marks; marks are no step of undo. */
export function annotate(grid: Grid, keys: Iterable<CellKey>, change: Partial<Omit<Edit, 'text'>>): Grid {
  const edits = new Map(grid.edits)
  for (const key of keys) {
    const edit = edits.get(key)
    if (edit !== undefined) edits.set(key, { ...edit, ...change })
  }
  return { ...grid, edits }
}

/** The cell as another tab, or an answer, has left it; no step of undo. */
export function replace(grid: Grid, key: CellKey, edit: Edit | undefined): Grid {
  const edits = new Map(grid.edits)
  if (edit === undefined) edits.delete(key)
  else edits.set(key, edit)
  return { ...grid, edits }
}

/** Ticks or unticks that the person has confirmed a question about a cell. */
export function confirm(grid: Grid, key: CellKey, code: string, on: boolean): Grid {
  const edit = grid.edits.get(key)
  if (edit === undefined) return grid
  const rest = edit.confirmed.filter((c) => c !== code)
  return annotate(grid, [key], { confirmed: on ? [...rest, code] : rest })
}

/** Typing that has come to stand on the server anyway, with nothing left to send. */
export function redundant(edits: Edits, stored: (key: CellKey) => Stored): CellKey[] {
  return [...edits].filter(([key, edit]) => saysNothing(edit.text, stored(key))).map(([key]) => key)
}

/** A change after the day's deadline is a restatement: it has a type and a reason. */
export const isRestatement = (day: Day, due: Day | null): boolean => due !== null && day <= due
