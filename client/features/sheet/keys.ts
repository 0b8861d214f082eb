/** What a key means on the grid: pure, by key and by what the focused cell is doing. */

/** `nav`: the cell is chosen · `enter`: typing over it · `edit`: the caret moves inside it (F2). */
export type Mode = 'nav' | 'enter' | 'edit'

export type Action =
  | { kind: 'move'; row: number; col: number; extend: boolean }
  /** to the end of the line or of the grid */
  | { kind: 'edge'; row: -1 | 0 | 1; col: -1 | 0 | 1; extend: boolean }
  | { kind: 'edit' | 'revert' | 'clear' | 'undo' | 'redo' | 'all' | 'send' }

export interface Pressed {
  key: string
  ctrl: boolean
  shift: boolean
  alt: boolean
  /** an input method is at work: its keys are its own */
  composing: boolean
}

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Ctrl+Enter, and Ctrl+S: what is typed goes out. */
export const isSend = ({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && !altKey && !isComposing && (key === 'Enter' || key.toLowerCase() === 's')

/** The action of a key; null = leave it to the field or the browser (Tab is theirs). */
export function keyAction({ key, ctrl, shift, alt, composing }: Pressed, mode: Mode): Action | null {
  if (composing || alt) return null
  if (key === 'Enter') return ctrl ? { kind: 'send' } : { kind: 'move', row: shift ? -1 : 1, col: 0, extend: false }
  if (key === 'Escape') return { kind: 'revert' }
  if (key === 'F2') return mode === 'edit' ? null : { kind: 'edit' }
  if (ctrl) {
    const letter = key.toLowerCase()
    if (letter === 'z') return { kind: shift ? 'redo' : 'undo' }
    if (letter === 'y') return { kind: 'redo' }
    if (letter === 's') return { kind: 'send' }
    if (mode !== 'nav') return null
    if (letter === 'a') return { kind: 'all' }
    if (key === 'Home') return { kind: 'edge', row: -1, col: -1, extend: shift }
    if (key === 'End') return { kind: 'edge', row: 1, col: 1, extend: shift }
    const far = ARROWS[key]
    return far === undefined ? null : { kind: 'edge', row: sign(far[0]), col: sign(far[1]), extend: shift }
  }
  const by = ARROWS[key]
  if (by !== undefined) {
    const [row, col] = by
    // inside the text the caret moves; up and down leave it
    if (mode === 'edit' && col !== 0) return null
    return { kind: 'move', row, col, extend: shift && mode === 'nav' }
  }
  if (mode !== 'nav') return null
  if (key === 'Delete' || key === 'Backspace') return { kind: 'clear' }
  if (key === 'Home') return { kind: 'edge', row: 0, col: -1, extend: shift }
  if (key === 'End') return { kind: 'edge', row: 0, col: 1, extend: shift }
  return null
}

const sign = (n: number): -1 | 0 | 1 => (n < 0 ? -1 : n > 0 ? 1 : 0)

export interface Spot {
  row: number
  col: number
}

/** A selected block, both ends included. */
export interface Block {
  top: number
  left: number
  bottom: number
  right: number
}

export const blockOf = (a: Spot, b: Spot): Block => ({
  top: Math.min(a.row, b.row),
  left: Math.min(a.col, b.col),
  bottom: Math.max(a.row, b.row),
  right: Math.max(a.col, b.col),
})

export const inBlock = (block: Block, { row, col }: Spot): boolean =>
  row >= block.top && row <= block.bottom && col >= block.left && col <= block.right

export const isSingle = (block: Block): boolean => block.top === block.bottom && block.left === block.right

/** Where an action leads from a spot. */
export function target(
  action: Action & { kind: 'move' | 'edge' },
  at: Spot,
  size: { rows: number; cols: number },
): Spot {
  const hold = (n: number, most: number) => Math.min(Math.max(n, 0), most - 1)
  if (action.kind === 'move')
    return { row: hold(at.row + action.row, size.rows), col: hold(at.col + action.col, size.cols) }
  const edge = (by: number, now: number, most: number) => (by === 0 ? now : by < 0 ? 0 : most - 1)
  return { row: edge(action.row, at.row, size.rows), col: edge(action.col, at.col, size.cols) }
}
