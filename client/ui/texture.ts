/** Texture says how true: the five parts of a make-up, always in this order. */
export const PARTS = ['a', 'w', 'd', 'r', 'm'] as const
/** a approved · w awaiting · d disputed · r returned · m missing (estimated) */
export type Part = (typeof PARTS)[number]
export type Parts = Record<Part, number>

export interface Segment {
  part: Part
  x: number
  width: number
}

/** Segments from left to right; parts that are nothing are left out. `scale` is px per unit. */
export function segments(parts: Partial<Parts>, from: number, scale: number): Segment[] {
  const found: Segment[] = []
  let x = from
  for (const part of PARTS) {
    const width = (parts[part] ?? 0) * scale
    if (width <= 0) continue
    found.push({ part, x, width })
    x += width
  }
  return found
}

/** Fill of a part; the patterns are defined once per page by `Textures.vue`. */
export const FILL: Record<Part, string> = {
  a: 'var(--solid, var(--accent))',
  w: 'url(#pw)',
  d: 'url(#pd)',
  r: 'url(#pr)',
  m: 'none',
}
