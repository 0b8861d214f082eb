/** What has been typed into the sheet and not been accepted yet: the state of the grid, with undo. Pure. */
import type { FigureState } from '../../../shared/domain/cells.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Basis } from '../../sync/drafts.ts'
import { readCount } from '../../../shared/reading/count.ts'

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
}

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
  /** somebody else's change was seen, and this is to stand beside it */
  contest: boolean
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

/** The value that a text stands for; undefined when it is refused, null when blank. */
export function valueOf(text: string): number | null | undefined {
  const reading = readCount(text)
  return reading.kind === 'count' ? reading.value : reading.kind === 'blank' ? null : undefined
}

/** True when the text says what stands already. What was returned may be given again as it was. */
export const saysNothing = (text: string, { value, state }: Pick<Stored, 'value' | 'state'>): boolean =>
  valueOf(text) === value && (state !== 'returned' || value === null)

/**
 * Types texts into cells as one step of undo. A text that says what stands takes the typing away; an empty one over a
 * given figure is a withdrawal.
 */
export function put(
  grid: Grid,
  sets: readonly { key: CellKey; text: string }[],
  stored: (key: CellKey) => Stored,
): Grid {
  const changes: Change[] = []
  const edits = new Map(grid.edits)
  for (const { key, text: raw } of sets) {
    const text = raw.trim()
    const from = edits.get(key)
    const stands = stored(key)
    const idle = saysNothing(text, stands)
    if (idle ? from === undefined : from?.text === text) continue
    const to = idle ? undefined : editOf(text, stands, from)
    if (to === undefined) edits.delete(key)
    else edits.set(key, to)
    changes.push({ key, from, to })
  }
  return changes.length === 0 ? grid : { edits, past: [...grid.past, changes].slice(-DEPTH), future: [] }
}

function editOf(text: string, stands: Stored, from: Edit | undefined): Edit {
  const fresh = stands.command !== undefined || from === undefined
  return { text, basis: fresh ? basisOn(stands) : from.basis, kept: false, confirmed: [], contest: false }
}

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
