/** What the marks on the chart are about, written where the future path leaves room. */
import { shortened } from '../../shared/reading/shortened.ts'
import { AXIS, type CumulativeInput } from './input.ts'
import type { Layout } from './layout.ts'
import type { Mark } from './marks.ts'
import { type Label, labels, type Series, textWidth } from './option.ts'

const LINE = 16
const INDENT = 84
const LEAST = { lines: 2, width: 120 }
const MOST = 4

/** A line of them: where its words begin, and their middle from the top. */
export interface Note {
  mark: Mark
  text: string
  x: number
  y: number
  /** px of the words, without the number before them */
  width: number
}

/** px of the number before the words */
export const NUMBER = 34

/** Titles of the latest open questions below the path, right of today; none where they would cover something. */
export function noteLines(input: CumulativeInput, layout: Layout): Note[] {
  const { series, path, today } = input
  const shown = input.marks.filter((m) => m.state === 'open' && m.day >= input.from && m.day <= input.to)
  const now = series.level.at(-1)
  if (layout.narrow || layout.lane === null || today === null || now === undefined || shown.length === 0) return []
  const x = layout.px(layout.index(today)) + INDENT
  const width = layout.px(layout.index(input.due)) - 10 - x
  const pathThere = path.path[Math.round(layout.unpx(x - 24))]
  if (width < LEAST.width || pathThere === undefined) return []
  const top = Math.max(layout.yOfLevel(pathThere) + 34, layout.yOfLevel(now.approved) + 36)
  const bottom = layout.level.top + layout.level.height - 4
  const room = Math.min(MOST, Math.floor((bottom - top) / LINE) + 1)
  if (room < LEAST.lines) return []
  const lines = shown.toSorted((a, b) => b.n - a.n).slice(0, room)
  return lines.map((mark, i) => {
    const text = shortened(mark.title, width, widthOf)
    return { mark, text, x, y: bottom - (lines.length - 1 - i) * LINE, width: Math.min(width, textWidth(text)) }
  })
}

export function notes(input: CumulativeInput, layout: Layout): Series[] {
  const { palette } = input
  const lines = noteLines(input, layout)
  if (lines.length === 0) return []
  return [
    labels(
      'notes',
      { axis: AXIS.whole, z: 6 },
      lines.flatMap(({ mark, text, x, y }): Label[] => {
        const value = [layout.unpx(x), layout.fraction(y)] as const
        return [
          { value, text: `§${mark.n}`, color: palette.ink, align: 'right', dx: -6 },
          { value, text, color: palette.ink2 },
        ]
      }),
    ),
  ]
}

const WIDE = 11
const THIN = 5.8

/** px at 11 px, by the usual widths of ideographs and letters */
const widthOf = (character: string): number => (character.codePointAt(0)! > 0x2e7f || character === '…' ? WIDE : THIN)
