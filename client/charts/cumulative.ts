/** The main chart of a target: the approved line against its path, marks of legal questions, and daily bars below. */
import type { PaceRow } from '../../shared/view/rows.ts'
import type { Workdays } from '../../shared/progress/calendar.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import { backdrop } from './backdrop.ts'
import { dailyMarks } from './daily.ts'
import { frameOf } from './frame.ts'
import { hintMarkup } from './hint.ts'
import { level } from './level.ts'
import { loupeOf } from './loupe.ts'
import type { Mark } from './marks.ts'
import { notes } from './notes.ts'
import type { ChartOption, Size } from './option.ts'
import type { Palette } from './palette.ts'
import type { DaySeries, PathSeries } from './series.ts'
import { ties } from './ties.ts'

/** All words and numbers of the chart, in the reader's language. */
export interface CumulativeWords {
  tick(n: number, max: number): string
  approved(n: number): string
  target(n: number): string
  due(day: Day): string
  month(day: Day): string
  week(day: Day): string
  required(n: number): string
  step(n: number): string
  points(p: number): string
  /** working days, in at most two lines */
  days(d: number): readonly string[]
  path: string
  today: string
  lane: string
  daily: string
  offDays: string
  loupe: string
  /** lines of the hint over a day: caption and value */
  hint(day: Day): readonly (readonly [caption: string, value: string])[]
}

export interface CumulativeInput {
  from: Day
  to: Day
  due: Day
  today: Day | null
  calendar: Workdays
  /** from `from` to today at most */
  series: DaySeries
  /** from `from` to `to` */
  path: PathSeries
  pace: Pick<
    PaceRow,
    'threshold' | 'makeup' | 'counted' | 'expected' | 'reference' | 'points' | 'days' | 'required' | 'status'
  >
  marks: readonly Mark[]
  size: Size
  palette: Palette
  words: CumulativeWords
}

/** Indices of the axes: behind everything, the level, the days, the loupe. */
export const AXIS = { whole: 0, level: 1, daily: 2, loupe: 3 } as const

/** Data in, option out; the same input gives the same option. */
export function cumulativeOption(input: CumulativeInput): ChartOption {
  const frame = frameOf(input)
  const loupe = loupeOf(input, frame)
  const grids = [frame.whole, frame.level, frame.daily, ...(loupe === null ? [] : [loupe.grid])]
  const extents = [
    { x: frame.x, y: [0, 1] as const },
    { x: frame.x, y: [0, frame.levelMax] as const },
    { x: frame.x, y: [0, frame.dailyMax] as const },
    ...(loupe === null ? [] : [loupe.extent]),
  ]
  const series = [
    ...backdrop(input, frame),
    ...level(input, frame),
    ...dailyMarks(input, frame),
    ...ties(input, frame),
    ...notes(input, frame),
    ...(loupe?.series ?? []),
  ]
  return {
    animation: false,
    grid: grids,
    xAxis: extents.map(({ x }, i) => hiddenAxis(i, x, i === AXIS.level || i === AXIS.daily)),
    yAxis: extents.map(({ y }, i) => hiddenAxis(i, y, false)),
    axisPointer: { link: [{ xAxisIndex: [AXIS.level, AXIS.daily] }] },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: input.palette.paper,
      borderColor: input.palette.rule,
      borderWidth: 1,
      padding: [6, 8],
      extraCssText: 'box-shadow:none;border-radius:2px',
      textStyle: { color: input.palette.ink, fontSize: 12 },
      axisPointer: { type: 'line', lineStyle: { color: input.palette.ink3, width: 0.8, type: 'solid' } },
      formatter: (params: readonly { data: readonly number[] }[]) => {
        const index = params[0]?.data[0]
        return index === undefined ? '' : hintMarkup(input.words.hint(addDays(input.from, Math.round(index))))
      },
    },
    series,
  }
}

const hiddenAxis = (gridIndex: number, [min, max]: readonly [number, number], pointer: boolean) => ({
  type: 'value',
  gridIndex,
  min,
  max,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { show: false },
  splitLine: { show: false },
  axisPointer: pointer ? { show: true, snap: true, label: { show: false } } : { show: false },
})
