/** The inset: the last working days enlarged, the gap to the path bracketed in points and in working days. */
import { downsOf, upsOf } from '../../shared/progress/breakdown.ts'
import { AXIS, type CumulativeInput } from './input.ts'
import type { Grid, Layout } from './layout.ts'
import { areas, dot, type Label, labels, line, type Series, type Stroke, strokes, textWidth } from './option.ts'
import { lookOf } from '../ui/status.ts'
import { dayOnPath, workdayBefore } from './series.ts'
import { missingLine, partAreas } from './partAreas.ts'

export interface Inset {
  grid: Grid
  extent: { x: readonly [number, number]; y: readonly [number, number] }
  series: Series[]
}

/** Working days that are enlarged. */
const DAYS = 8
const WIDTH = { most: 250, least: 170 }
const PLACE = { left: 14, top: 6, gap: 10 }
/** room around the bracket's words, in pixels */
const AROUND = 12
/** height of the caption, in pixels */
const CAPTION = 20
/** where a bracket that is longer than the inset ends, from its left edge, and the arrow there, in pixels */
const EDGE = 3
const ARROW = 5
/** px of a day, below which nothing is enlarged */
const LEAST_PER_DAY = 4

/** Null where it has nothing to enlarge or would cover the lines. */
export function insetOf(input: CumulativeInput, layout: Layout): Inset | null {
  const { series, path, standing, palette, words, today } = input
  if (today === null || layout.narrow || standing.reference === null || standing.reference < input.from) return null
  const now = layout.index(today)
  const reference = layout.index(standing.reference)
  const first = Math.max(0, layout.index(workdayBefore(input.calendar, today, DAYS)))
  if (series.level.length === 0 || now - first < 4 || now > layout.x[1]) return null

  const height = Math.round(layout.level.height * 0.58)
  const left = layout.left + PLACE.left
  const bottom = layout.level.top + PLACE.top + height + PLACE.gap
  const highest = (i: number) =>
    Math.max(path.path[i] ?? 0, series.level[Math.min(i, series.level.length - 1)]?.approved ?? 0)
  const leastWidth = Math.max(WIDTH.least, textWidth(words.inset) + 14)
  let width = Math.max(WIDTH.most, leastWidth)
  const covers = () => layout.yOfLevel(highest(Math.ceil(layout.unpx(left + width)))) < bottom
  while (width >= leastWidth && covers()) width -= 10
  if (width < leastWidth) return null

  const value = standing.counted
  const met = dayOnPath(path.path, value)
  const lastShown = Math.max(now, met ?? now)
  // above its base the figure is a question, and no lead (A17)
  const isLead = standing.status !== 'aboveBase'
  const beside = isLead ? [words.points(Math.abs(standing.points)), ...words.days(Math.abs(standing.days))] : []
  const perDay = (width - Math.max(0, ...beside.map(textWidth)) - AROUND - 8) / (lastShown - first + 0.6)
  if (perDay < LEAST_PER_DAY) return null
  const x = [first - 0.3, first - 0.3 + width / perDay] as const
  const seen = (i: number) => i >= first - 1 && i <= x[1]
  /** the day of the figures may lie before the days that are enlarged */
  const bracketed = isLead && reference >= x[0] && Math.abs(standing.points) >= 0.05
  const points = [
    ...(bracketed ? [value, standing.expected] : []),
    ...series.level.flatMap((p, i) => (seen(i) ? [p.approved - downsOf(p), p.approved + upsOf(p) + p.missing] : [])),
    ...path.path.flatMap((v, i) => (seen(i) && i <= lastShown + 1 ? [v] : [])),
  ]
  const low = Math.min(...points)
  const high = Math.max(...points)
  // the caption stands above the lines
  const perPixel = (high - low || 1) / (height - CAPTION - 8)
  const y = [Math.max(0, low - 8 * perPixel), high + CAPTION * perPixel] as const

  const slice = series.level.flatMap((p, i) => (i >= first ? [[i, p] as const] : []))
  const approved = slice.map(([i, p]) => [i, p.approved] as const)
  const bracket = palette[lookOf(standing.status).colour]
  // a day on the path that lies before the inset, or before the path, is pointed at from its edge
  const onPath = met ?? (standing.points < 0 ? -Infinity : reference)
  const from = Math.max(onPath, x[0] + EDGE / perDay)
  const beyond = onPath < from
  const gap: Stroke[] = [
    { value: [reference, value, reference, standing.expected], stroke: bracket, width: 1.6 },
    { value: [from, value, reference, value], stroke: bracket, width: 1.6 },
    ...(beyond ? [1, -1] : []).map((up): Stroke => {
      const end = [from + ARROW / perDay, Math.max(y[0], value + up * ARROW * perPixel)] as const
      return { value: [from, value, ...end], stroke: bracket, width: 1.6 }
    }),
    { value: [reference, value, now, value], stroke: palette.rule, width: 1 },
  ]
  const side = Math.max(now, reference, met ?? 0)
  const middle = (value + standing.expected) / 2
  const [, yTop] = y
  const pxOf = (v: number) => ((yTop - v) / (y[1] - y[0])) * height
  const text: Label[] = [
    { value: [x[0], y[1]], text: words.inset, color: palette.ink2, dx: 7, dy: 10 },
    ...beside.map((line, i): Label => ({
      value: [side, middle],
      text: line,
      color: bracket,
      bold: true,
      dx: 8,
      dy: Math.min(0, height - 40 - pxOf(middle)) + 15 * i,
    })),
  ]
  const at = (z: number) => ({ axis: AXIS.inset, z })
  return {
    grid: {
      left,
      top: layout.level.top + PLACE.top,
      width,
      height,
      show: true,
      z: 10,
      backgroundColor: palette.paper,
      borderColor: palette.rule,
      borderWidth: 1,
    },
    extent: { x, y },
    series: [
      areas('inset-ground', at(11), [
        { upper: approved, lower: approved.map(([i]) => [i, y[0]] as const), fill: palette.accent, opacity: 0.14 },
      ]),
      areas('inset-rest', at(11), partAreas(slice, palette)),
      line('inset-missing', AXIS.inset, 12, missingLine(slice), { color: palette.ink3, width: 1, type: [2, 1.6] }),
      line(
        'inset-path',
        AXIS.inset,
        12,
        path.path.flatMap((v, i) => (i >= first - 1 && i <= lastShown + 1 ? [[i, v]] : [])),
        { color: palette.ink, width: 1.1, type: [4, 2.5] },
      ),
      line('inset-approved', AXIS.inset, 13, approved, { color: palette.accent, width: 2.2 }),
      strokes('inset-gap', at(14), bracketed ? gap : []),
      dot('inset-now', AXIS.inset, 15, approved.at(-1), palette),
      labels('inset-words', at(16), text),
    ],
  }
}
