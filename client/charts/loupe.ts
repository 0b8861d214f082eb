/** The loupe: the last working days enlarged, the gap to the path bracketed in points and in working days. */
import { AXIS, type CumulativeInput } from './cumulative.ts'
import type { Frame, Grid } from './frame.ts'
import { areas, dot, type Label, labels, line, type Series, type Stroke, strokes } from './option.ts'
import { dayOnPath, workdayBefore } from './series.ts'
import { partStyles } from './texture.ts'

export interface Loupe {
  grid: Grid
  extent: { x: readonly [number, number]; y: readonly [number, number] }
  series: Series[]
}

/** Working days that are enlarged. */
const DAYS = 8
const WIDTH = { most: 250, least: 170 }
const INSET = { left: 14, top: 6, gap: 10 }
/** room for the words of the bracket, in pixels */
const WORDS = 62
/** height of the caption, in pixels */
const CAPTION = 20

/** Null where it has nothing to enlarge or would cover the lines. */
export function loupeOf(input: CumulativeInput, frame: Frame): Loupe | null {
  const { series, path, pace, palette, words, today } = input
  if (today === null || frame.narrow || pace.reference === null || pace.reference < input.from) return null
  const now = frame.index(today)
  const reference = frame.index(pace.reference)
  const first = Math.max(0, frame.index(workdayBefore(input.calendar, today, DAYS)))
  if (series.level.length === 0 || now - first < 4 || now > frame.x[1]) return null

  const height = Math.round(frame.level.height * 0.58)
  const left = frame.left + INSET.left
  const bottom = frame.level.top + INSET.top + height + INSET.gap
  const highest = (i: number) => Math.max(path.path[i] ?? 0, series.level[Math.min(i, series.level.length - 1)]?.a ?? 0)
  let width = WIDTH.most
  const covers = () => frame.yOfLevel(highest(Math.ceil(frame.unpx(left + width)))) < bottom
  while (width >= WIDTH.least && covers()) width -= 10
  if (width < WIDTH.least) return null

  const value = pace.counted
  const met = dayOnPath(path.path, value)
  const lastShown = Math.max(now, met ?? now)
  const perDay = (width - WORDS - 8) / (lastShown - first + 0.6)
  const x = [first - 0.3, first - 0.3 + width / perDay] as const
  const seen = (i: number) => i >= first - 1 && i <= x[1]
  const points = [
    ...series.level.flatMap((p, i) => (seen(i) ? [p.a, p.a + p.w + p.d + p.r + p.m] : [])),
    ...path.path.flatMap((v, i) => (seen(i) && i <= lastShown + 1 ? [v] : [])),
  ]
  const low = Math.min(...points)
  const high = Math.max(...points)
  // the caption stands above the lines
  const perPixel = (high - low || 1) / (height - CAPTION - 8)
  const y = [Math.max(0, low - 8 * perPixel), high + CAPTION * perPixel] as const

  const textures = partStyles(palette)
  const slice = series.level.flatMap((p, i) => (i >= first ? [{ i, p }] : []))
  const approved = slice.map(({ i, p }) => [i, p.a] as const)
  const reported = slice.map(({ i, p }) => [i, p.a + p.w + p.d + p.r] as const)
  const missing = slice.filter(({ p }) => p.m > 0).map(({ i, p }) => [i, p.a + p.w + p.d + p.r + p.m] as const)
  const colour = COLOUR[pace.status] ?? 'ink2'
  const bracket = palette[colour]
  const gap: Stroke[] = [
    { value: [reference, value, reference, pace.expected], stroke: bracket, width: 1.6 },
    { value: [met ?? reference, value, reference, value], stroke: bracket, width: 1.6 },
    { value: [reference, value, now, value], stroke: palette.rule, width: 1 },
  ]
  const side = Math.max(now, reference, met ?? 0)
  const middle = (value + pace.expected) / 2
  const [, yTop] = y
  const pxOf = (v: number) => ((yTop - v) / (y[1] - y[0])) * height
  const text: Label[] = [
    { value: [x[0], y[1]], text: words.loupe, color: palette.ink2, dx: 7, dy: 10 },
    {
      value: [side, middle],
      text: words.points(Math.abs(pace.points)),
      color: bracket,
      bold: true,
      dx: 8,
      dy: Math.min(0, height - 36 - pxOf(middle)),
    },
    ...words.days(Math.abs(pace.days)).map((line, i): Label => ({
      value: [side, middle],
      text: line,
      color: bracket,
      bold: true,
      dx: 8,
      dy: Math.min(0, height - 36 - pxOf(middle)) + 15 * (i + 1),
    })),
  ]
  const at = (z: number) => ({ axis: AXIS.loupe, z })
  return {
    grid: {
      left,
      top: frame.level.top + INSET.top,
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
      areas('loupe-ground', at(11), [
        { upper: approved, lower: approved.map(([i]) => [i, y[0]] as const), fill: palette.accent, opacity: 0.14 },
      ]),
      areas('loupe-rest', at(11), [{ upper: reported, lower: approved, fill: textures.w.fill }]),
      line('loupe-missing', AXIS.loupe, 12, missing, { color: palette.ink3, width: 1, type: [2, 1.6] }),
      line(
        'loupe-path',
        AXIS.loupe,
        12,
        path.path.flatMap((v, i) => (i >= first - 1 && i <= lastShown + 1 ? [[i, v]] : [])),
        { color: palette.ink, width: 1.1, type: [4, 2.5] },
      ),
      line('loupe-approved', AXIS.loupe, 13, approved, { color: palette.accent, width: 2.2 }),
      strokes('loupe-gap', at(14), Math.abs(pace.points) < 0.05 ? [] : gap),
      dot('loupe-now', AXIS.loupe, 15, approved.at(-1), palette),
      labels('loupe-words', at(16), text),
    ],
  }
}

const COLOUR: Partial<Record<string, 'red' | 'amber' | 'green'>> = {
  ahead: 'green',
  reached: 'green',
  behind: 'amber',
  reachedLate: 'amber',
  farBehind: 'red',
  missed: 'red',
}
