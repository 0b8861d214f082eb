/** Texture says how true: the five parts of a breakdown, always in this order. */
import type { CounterBreakdown, UpDown } from '../../shared/progress/breakdown.ts'

export const PARTS = ['a', 'w', 'd', 'r', 'm'] as const
/** a approved · w awaiting · d disputed · r returned · m missing (estimated) */
export type Part = (typeof PARTS)[number]

/** Parts that hold a shift; what each would take away is drawn as a bite into the approved part. */
export const SHIFT_PARTS = ['w', 'd', 'r'] as const
export type ShiftPart = (typeof SHIFT_PARTS)[number]

const FIELD = { w: 'waiting', d: 'disputed', r: 'returned' } as const

/** A part's ups and downs; what is approved and what is missing only adds. */
export function amountOf(breakdown: CounterBreakdown, part: Part): UpDown {
  if (part === 'a') return { up: breakdown.approved, down: 0 }
  if (part === 'm') return { up: breakdown.missing, down: 0 }
  return breakdown[FIELD[part]]
}

export interface Segment {
  part: Part
  x: number
  width: number
  /** drawn over the approved part: what the part would take away from it */
  bite: boolean
}

/** The approved part and what stands beside it, `scale` px per unit; parts that are nothing are left out. */
export function segments(breakdown: CounterBreakdown, from: number, scale: number): Segment[] {
  const width = breakdown.approved * scale
  const approved: Segment[] = width > 0 ? [{ part: 'a', x: from, width, bite: false }] : []
  return [...approved, ...shiftSegments(breakdown, from + Math.max(0, width), scale)]
}

/** What stands beside an approved part that ends at `end`: ups and estimates after it, downs as bites before it. */
export function shiftSegments(breakdown: CounterBreakdown, end: number, scale: number): Segment[] {
  const found: Segment[] = []
  let right = end
  let left = end
  for (const part of PARTS) {
    if (part === 'a') continue
    const { up, down } = amountOf(breakdown, part)
    if (up > 0) {
      found.push({ part, x: right, width: up * scale, bite: false })
      right += up * scale
    }
    if (down > 0) {
      left -= down * scale
      found.push({ part, x: left, width: down * scale, bite: true })
    }
  }
  return found
}

/** Segments as far as they lie between 0 and `width`. */
export function clipped(list: readonly Segment[], width: number): Segment[] {
  return list.flatMap((s) => {
    const x = Math.max(0, s.x)
    const right = Math.min(width, s.x + s.width)
    return right > x ? [{ ...s, x, width: right - x }] : []
  })
}

/**
 * From where a bar is drawn so that what lies between `least` and `most` can be read; 0 where it can be read from 0 on, or nothing lies between.
 */
export function openedFrom(least: number, most: number): number {
  const from = least - (most - least) / 3
  return least < most && from > most / 2 ? Math.floor(from) : 0
}

/** Fill of a part; the patterns are defined once per page by `Textures.vue`. */
export const FILL: Record<Part, string> = {
  a: 'var(--solid, var(--accent))',
  w: 'url(#pw)',
  d: 'url(#pd)',
  r: 'url(#pr)',
  m: 'none',
}

/** Fill and edge of a bite: what waits leans the other way, so that an up and a down are never alike. */
export const BITE: Record<ShiftPart, { fill: string; edge: string }> = {
  w: { fill: 'url(#pb)', edge: 'var(--accent)' },
  d: { fill: 'url(#pd)', edge: 'var(--ink2)' },
  r: { fill: 'url(#pr)', edge: 'var(--ink2)' },
}

/** How much of an approved bar's thickness a bite takes; the foot stays, because the figure counts until the review. */
export const BITE_DEPTH = 0.62
