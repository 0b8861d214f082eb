/** Textures of a breakdown for charts: colour says how fast, texture says how true. */
import type { Palette } from './palette.ts'
import type { Part, ShiftPart } from '../ui/texture.ts'

interface Node {
  tag: string
  key: string
  attrs: Record<string, string | number>
  children?: Node[]
}

/** A fill made of a repeated tile, as the SVG renderer takes it. */
export interface Texture {
  svgElement: Node
  svgWidth: number
  svgHeight: number
  rotation: number
}

const tile = (size: number, rotation: number, children: Node[]): Texture => ({
  svgElement: { tag: 'g', key: '', attrs: {}, children },
  svgWidth: size,
  svgHeight: size,
  rotation,
})

const ground = (size: number, fill: string): Node => ({
  tag: 'rect',
  key: 'g',
  attrs: { width: size, height: size, fill },
})

/** What was approved, on a screen that cannot prove it is current. */
const hollow = (paper: string, ink: string): Texture =>
  tile(5, Math.PI / 4, [ground(5, paper), { tag: 'rect', key: 's', attrs: { width: 2.6, height: 5, fill: ink } }])

/** Fill and outline of each part. */
export interface PartStyle {
  fill: string | Texture
  stroke?: string
  dash?: readonly number[]
}

export function partStyles(palette: Palette): Readonly<Record<Part, PartStyle>> {
  const { accent, soft, paper, ink, ink2, ink3 } = palette
  return {
    a: { fill: palette.proven ? accent : hollow(paper, ink3) },
    w: {
      fill: tile(4, Math.PI / 4, [
        ground(4, soft),
        { tag: 'rect', key: 's', attrs: { width: 1.5, height: 4, fill: accent } },
      ]),
    },
    d: {
      fill: tile(4, Math.PI / 4, [
        ground(4, paper),
        { tag: 'path', key: 'x', attrs: { d: 'M0 0H4M0 0V4', stroke: ink, 'stroke-width': 1.7 } },
      ]),
      stroke: ink2,
    },
    r: {
      fill: tile(3.6, 0, [
        ground(3.6, paper),
        { tag: 'circle', key: 'c', attrs: { cx: 1.8, cy: 1.8, r: 1.05, fill: ink2 } },
      ]),
      stroke: ink2,
    },
    m: { fill: 'none', stroke: ink3, dash: [2, 1.6] },
  }
}

/** Fill and edge of what a part would take away, drawn over the approved part. */
export function biteStyles(palette: Palette): Readonly<Record<ShiftPart, PartStyle>> {
  const { accent, paper } = palette
  const { d, r } = partStyles(palette)
  return {
    w: {
      fill: tile(4, -Math.PI / 4, [
        ground(4, paper),
        { tag: 'rect', key: 's', attrs: { width: 1.5, height: 4, fill: accent } },
      ]),
      stroke: accent,
    },
    d,
    r,
  }
}
