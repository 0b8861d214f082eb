/** How the states of cells and lines are drawn; their words are `sheet.cell.*`, `sheet.word.*` and `common.report.*`. */
import type { IconName } from '../../ui/icons.ts'
import type { Part } from '../../ui/texture.ts'
import type { CellState, LineWord } from './view.ts'

/** null = no ornament */
export const CELL_ICON: Record<CellState, IconName | null> = {
  typed: 'pen',
  withdrawn: 'close',
  kept: 'device',
  sending: 'send',
  accepted: 'ok',
  waiting: 'clock',
  warned: 'warn',
  refused: 'no',
  conflict: 'dispute',
  returned: 'ret',
  disputed: 'dispute',
  locked: 'lock',
  shut: null,
  blank: null,
}

/** States that the legend explains, in the order of a cell's life. */
export const LEGEND: readonly CellState[] = [
  'typed',
  'withdrawn',
  'kept',
  'sending',
  'accepted',
  'waiting',
  'warned',
  'conflict',
  'refused',
  'returned',
  'disputed',
  'locked',
]
/** Those that a sheet may have which is only looked at. */
export const STANDING: readonly CellState[] = ['waiting', 'returned', 'disputed', 'locked']

/** Texture of a line's state; null = nothing is expected, so nothing is drawn. */
export const LINE_PART: Record<LineWord, Part | null> = {
  unsent: 'm',
  sending: 'm',
  refused: 'm',
  missing: 'm',
  partial: 'm',
  open: 'm',
  approved: 'a',
  submitted: 'w',
  returned: 'r',
  disputed: 'd',
  off: null,
  notStarted: null,
  ended: null,
}

/** Words that belong to the typing, not to what stands. */
export const isTypingWord = (word: LineWord): word is 'unsent' | 'sending' | 'refused' =>
  word === 'unsent' || word === 'sending' || word === 'refused'

/** A scale of points that holds all of them, the path and the severe line, without giving way to a single far one. */
export function pointScale(points: readonly number[], severe: number): { low: number; high: number } {
  const low = Math.floor(Math.min(severe - 1, ...points) - 0.5)
  const high = Math.ceil(Math.max(2, ...points) + 0.5)
  return { low: Math.max(low, severe - 12), high: Math.min(high, 15) }
}
