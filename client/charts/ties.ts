/** The lane of legal questions, each mark tied to the curve above and the bars below. */
import { AXIS, type CumulativeInput } from './input.ts'
import type { Layout } from './layout.ts'
import { type LaneMark, layLane } from './lane.ts'
import { labels, type Series, strokes } from './option.ts'

/** The marks of the lane, in its order. */
export function laneMarks(input: CumulativeInput, layout: Layout): readonly LaneMark[] {
  const marks = input.marks.filter((m) => m.day >= input.from && m.day <= input.to)
  return layLane(marks, (m) => layout.px(layout.index(m.day)), layout.left, layout.right)
}

export function ties(input: CumulativeInput, layout: Layout): Series[] {
  const { palette, words, series } = input
  const placed = laneMarks(input, layout)
  if (layout.lane === null || placed.length === 0) return []
  const y = layout.fraction(layout.lane)
  return [
    strokes(
      'ties',
      { axis: AXIS.whole, z: 2 },
      placed.flatMap(({ at, x }) => {
        const day = layout.unpx(at)
        const i = Math.min(Math.round(day), series.level.length - 1)
        const top = layout.fractionOfLevel(i < 0 ? 0 : series.level[i]!.approved)
        const style = { stroke: palette.ink2, width: 0.8, dash: [1, 2] as const }
        const moved = layout.unpx(x)
        return [
          { value: [day, top, day, y + 0.04] as const, ...style },
          { value: [day, y + 0.04, moved, y] as const, ...style },
          { value: [day, y - 0.04, day, 0] as const, ...style },
        ]
      }),
    ),
    labels(
      'marks',
      { axis: AXIS.whole, z: 7 },
      placed.map(({ x, text, width, marks: of }) => {
        const open = of.some((m) => m.state === 'open')
        return {
          value: [layout.unpx(x), y] as const,
          text,
          color: open ? palette.ink : palette.ink3,
          align: 'center' as const,
          frame: { line: open ? palette.ink2 : palette.rule, ground: palette.paper, width, height: 15 },
        }
      }),
    ),
    labels('lane-word', { axis: AXIS.whole, z: 6 }, [
      { value: [layout.x[0], y], text: words.lane, color: palette.ink3, align: 'right', dx: -6 },
    ]),
  ]
}
