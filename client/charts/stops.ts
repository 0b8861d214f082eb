/** What one can point at, walk to and open on a drawing: days, and marks of questions. Places in CSS pixels. */
import type { RouteLocationRaw } from 'vue-router'

/** Captions with their values, one under the other. */
export type Hint = readonly (readonly [caption: string, value: string])[]

export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

export interface Stop {
  /** stays the same from one drawing to the next */
  key: string
  /** rows that keys walk along, from the bottom up; null where only the pointer comes */
  row: number | null
  /** where keys begin, where it is not the last of the lowest row */
  start?: boolean
  /** what is drawn */
  box: Rect
  /** everywhere in here the stop with the nearest middle is meant; without it only the box and its surroundings are */
  within?: Rect
  /** what it says: worked out only when it is asked for, so always of what is drawn */
  hint(): Hint
  /** what it stands for; null where the reader has no way to it */
  to: RouteLocationRaw | null
}

/** px around a mark in which it is meant */
const REACH = 8
/** px, the least width and height of what is pointed at */
const LEAST = 24

export const middleOf = ({ left, width }: Rect): number => left + width / 2

/** The stop that is meant at a point: the nearest mark that is near enough, else the nearest of the place it is in. */
export function nearestStop(stops: readonly Stop[], x: number, y: number): Stop | null {
  const away = ({ left, top, width, height }: Rect) =>
    Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height))
  const toMiddle = ({ box }: Stop) => Math.hypot(middleOf(box) - x, box.top + box.height / 2 - y)
  const marks = stops.filter((s) => s.within === undefined && away(s.box) <= REACH)
  if (marks.length > 0) return least(marks, toMiddle)
  const around = stops.filter((s) => s.within !== undefined && away(s.within) === 0)
  // a drawing within the drawing is meant where it lies
  const smallest = Math.min(...around.map(({ within }) => within!.width * within!.height))
  const inside = around.filter(({ within }) => within!.width * within!.height === smallest)
  return least(inside, ({ box }) => Math.abs(middleOf(box) - x))
}

/** Where a key leads from a stop; null where it does not lead anywhere. */
export function stopAfter(stops: readonly Stop[], from: Stop, key: string): Stop | null {
  const rows = [...new Set(stops.flatMap(({ row }) => (row === null ? [] : [row])))].toSorted((a, b) => a - b)
  const along = (row: number | undefined) =>
    (row === undefined ? [] : stops.filter((s) => s.row === row)).toSorted((a, b) => middleOf(a.box) - middleOf(b.box))
  const own = along(from.row ?? undefined)
  const at = own.findIndex((s) => s.key === from.key)
  const beside = (rowAt: number) => least(along(rows[rowAt]), ({ box }) => Math.abs(middleOf(box) - middleOf(from.box)))
  switch (key) {
    case 'ArrowLeft':
      return own[at - 1] ?? null
    case 'ArrowRight':
      return own[at + 1] ?? null
    case 'Home':
      return own[0] ?? null
    case 'End':
      return own.at(-1) ?? null
    case 'ArrowUp':
      return beside(rows.indexOf(from.row ?? NaN) + 1)
    case 'ArrowDown':
      return beside(rows.indexOf(from.row ?? NaN) - 1)
    default:
      return null
  }
}

/** What is laid over a stop to be pointed at: its box, in both directions as large as a finger or an unsteady hand needs. */
export function targetOf({ left, top, width, height }: Rect): Rect {
  const [w, h] = [Math.max(LEAST, width), Math.max(LEAST, height)]
  return { left: left + (width - w) / 2, top: top + (height - h) / 2, width: w, height: h }
}

function least<T>(of: readonly T[], by: (item: T) => number): T | null {
  let found: T | null = null
  let smallest = Infinity
  for (const item of of) {
    const size = by(item)
    if (size < smallest) [found, smallest] = [item, size]
  }
  return found
}
