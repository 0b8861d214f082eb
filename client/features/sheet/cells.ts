/** What has been typed into the sheet and not been accepted yet: the state of the grid, with undo. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import { readCount } from './number.ts'

/** `unit/counter`; the day is the sheet's. */
export type CellKey = string
export const cellKey = (unit: string, counter: string): CellKey => `${unit}/${counter}`
export const unitOf = (key: CellKey): string => key.slice(0, key.indexOf('/'))
export const counterOf = (key: CellKey): string => key.slice(key.indexOf('/') + 1)

/** What stands on the server for a cell, as far as this screen knows. */
export interface Stored {
  value: number | null
  /** version of the whole report; 0 = none */
  version: number
  /** who made that version */
  by: string | null
}

/** One cell as typed. */
export interface Edit {
  /** as typed, trimmed; never empty */
  text: string
  /** what stood when typing began */
  base: number | null
  version: number
  /** from an earlier visit, or kept after the connection was lost */
  kept: boolean
  /** warnings the person stands by */
  confirmed: readonly string[]
  /** another's change was seen, and this is to be sent against it */
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

/** Types texts into cells as one step of undo. An empty text, or what stands already, takes the typing away. */
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
    const value = valueOf(text)
    const idle = value === null || (value !== undefined && value === stands.value)
    if (idle ? from === undefined : from?.text === text) continue
    const began = from ?? { base: stands.value, version: stands.version }
    const to: Edit | undefined = idle
      ? undefined
      : { text, base: began.base, version: began.version, kept: false, confirmed: [], contest: false }
    if (to === undefined) edits.delete(key)
    else edits.set(key, to)
    changes.push({ key, from, to })
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

/** The cells were accepted or given up: their typing is gone, and with it what could be undone. */
export function drop(grid: Grid, keys: Iterable<CellKey>): Grid {
  const edits = new Map(grid.edits)
  for (const key of keys) edits.delete(key)
  return { edits, past: [], future: [] }
}

/** The same typing with other marks; marks are no step of undo. */
export function mark(grid: Grid, keys: Iterable<CellKey>, change: Partial<Omit<Edit, 'text'>>): Grid {
  const edits = new Map(grid.edits)
  for (const key of keys) {
    const edit = edits.get(key)
    if (edit !== undefined) edits.set(key, { ...edit, ...change })
  }
  return { ...grid, edits }
}

/** Ticks or unticks that the person stands by a warning of a cell. */
export function confirm(grid: Grid, key: CellKey, code: string, on: boolean): Grid {
  const edit = grid.edits.get(key)
  if (edit === undefined) return grid
  const rest = edit.confirmed.filter((c) => c !== code)
  return mark(grid, [key], { confirmed: on ? [...rest, code] : rest })
}

/** Another person has changed the cell since typing began, and what to do about it is not decided. */
export function inConflict(edit: Edit, stored: Stored, me: string): boolean {
  return !edit.contest && stored.by !== null && stored.by !== me && stored.value !== edit.base
}

/** Typing that has come to stand on the server anyway, with nothing left to send. */
export function settled(edits: Edits, stored: (key: CellKey) => Stored): CellKey[] {
  return [...edits].filter(([key, edit]) => valueOf(edit.text) === stored(key).value).map(([key]) => key)
}

/** A change after the day's deadline is a restatement: it has a type and a reason. */
export const isRestatement = (day: Day, due: Day | null): boolean => due !== null && day <= due
