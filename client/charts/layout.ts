/** Where everything of the cumulative chart stands, in pixels and in the axes' own units. */
import { type Day, dayNumber } from '../../shared/progress/day.ts'
import { heightOf } from './bars.ts'
import type { CumulativeInput } from './input.ts'
import { type Size, textWidth } from './option.ts'
import { roundTicks } from './scale.ts'

/** A grid in pixels, as ECharts takes it. */
export interface Grid {
  left: number
  top: number
  width: number
  height: number
  [more: string]: unknown
}

export interface Layout {
  size: Size
  /** too narrow for a margin of words and an inset */
  narrow: boolean
  whole: Grid
  level: Grid
  daily: Grid
  /** extent of the time axis, in days from the first */
  x: readonly [number, number]
  levelMax: number
  dailyMax: number
  /** amounts that the axes name */
  levelTicks: readonly number[]
  dailyTicks: readonly number[]
  left: number
  right: number
  /** middle of the lane of marks, from the top; null without marks */
  lane: number | null
  index(day: Day): number
  px(index: number): number
  unpx(x: number): number
  /** from pixels below the top to the unit height of the whole grid */
  fraction(y: number): number
  /** height of a level in the whole grid */
  fractionOfLevel(value: number): number
  /** pixels from the top of a level */
  yOfLevel(value: number): number
}

const NARROW = 560
const MARGIN = { top: 24, bottom: 20, left: 38, right: 112, narrowRight: 10 }
/** px between the axes and their words, and beyond these; how much wider than usual large and bold words are */
const BESIDE = { left: 6, right: 8, beyond: 3, large: 13 / 11 }
const LANE = 34
const GAP = 14

/** Lays the chart out; the daily bars take a fifth of the height. */
export function layoutOf(input: CumulativeInput): Layout {
  const { size, series, path, standing } = input
  const narrow = size.width < NARROW
  const last = dayNumber(input.to) - dayNumber(input.from)
  const x = [-0.5, last + 0.5] as const
  const levelMax = topOf([standing.threshold, ...path.path.slice(-1), ...series.level.map(heightOf)], 1.12)
  const dailyMax = topOf([...series.bars.map((bar) => heightOf(bar.perDay)), ...path.step, standing.required ?? 0], 1.1)
  const levelTicks = roundTicks(levelMax, narrow ? 4 : 6)
  const dailyTicks = roundTicks(dailyMax, 2)
  const { words } = input
  const axis = [
    ...levelTicks.map((v) => words.tick(v, levelMax)),
    ...dailyTicks.map((v) => words.tick(v, dailyMax)),
    words.daily,
    words.lane,
  ]
  const left = Math.ceil(Math.max(MARGIN.left, BESIDE.left + longestOf(axis) + BESIDE.beyond))
  const right = size.width - (narrow ? MARGIN.narrowRight : rightMargin(input))
  const bottom = size.height - MARGIN.bottom
  const width = Math.max(40, right - left)
  const hasLane = input.marks.some((m) => m.day >= input.from && m.day <= input.to)
  const dailyHeight = Math.round(Math.max(36, (bottom - MARGIN.top) * 0.21))
  const between = hasLane ? LANE : GAP
  const levelHeight = Math.max(60, bottom - MARGIN.top - dailyHeight - between)
  const levelBottom = MARGIN.top + levelHeight
  const perDay = width / (x[1] - x[0])
  const wholeHeight = bottom - MARGIN.top
  const yOfLevel = (value: number) => levelBottom - (value / levelMax) * levelHeight
  const fraction = (y: number) => (bottom - y) / wholeHeight
  return {
    size,
    narrow,
    whole: { left, top: MARGIN.top, width, height: wholeHeight },
    level: { left, top: MARGIN.top, width, height: levelHeight },
    daily: { left, top: bottom - dailyHeight, width, height: dailyHeight },
    x,
    levelMax,
    dailyMax,
    levelTicks,
    dailyTicks,
    left,
    right,
    lane: hasLane ? levelBottom + LANE / 2 - 2 : null,
    index: (day) => dayNumber(day) - dayNumber(input.from),
    px: (index) => left + (index - x[0]) * perDay,
    unpx: (at) => (at - left) / perDay + x[0],
    fraction,
    fractionOfLevel: (value) => fraction(yOfLevel(value)),
    yOfLevel,
  }
}

/** Room for the words beside the target and the rates. */
function rightMargin({ words, standing, due, path }: CumulativeInput): number {
  const step = path.step.findLast((v) => v > 0)
  const beside = [
    words.target(standing.threshold),
    words.due(due),
    words.offDays,
    ...(standing.required === null ? [] : [words.required(standing.required)]),
    ...(step === undefined ? [] : [words.step(step)]),
  ]
  return Math.ceil(Math.max(MARGIN.right, BESIDE.right + longestOf(beside) * BESIDE.large))
}

const longestOf = (words: readonly string[]) => Math.max(...words.map(textWidth))

const topOf = (values: readonly number[], room: number) => {
  let top = 0
  for (const v of values) if (v > top) top = v
  return top === 0 ? 1 : top * room
}
