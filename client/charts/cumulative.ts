/** The main chart of a target: the approved line against its path, marks of legal questions, and daily bars below. */
import { dayHint, hiddenAxis } from './axes.ts'
import { backdrop } from './backdrop.ts'
import { dailyMarks } from './daily.ts'
import { AXIS, type CumulativeInput } from './input.ts'
import { insetOf } from './inset.ts'
import { layoutOf } from './layout.ts'
import { level } from './level.ts'
import { notes } from './notes.ts'
import type { ChartOption } from './option.ts'
import { ties } from './ties.ts'

/** Data in, option out; the same input gives the same option. */
export function cumulativeOption(input: CumulativeInput): ChartOption {
  const layout = layoutOf(input)
  const inset = insetOf(input, layout)
  const extents = [
    { x: layout.x, y: [0, 1] as const },
    { x: layout.x, y: [0, layout.levelMax] as const },
    { x: layout.x, y: [0, layout.dailyMax] as const },
    ...(inset === null ? [] : [inset.extent]),
  ]
  return {
    animation: false,
    grid: [layout.whole, layout.level, layout.daily, ...(inset === null ? [] : [inset.grid])],
    xAxis: extents.map(({ x }, i) => hiddenAxis(x, i === AXIS.level || i === AXIS.daily, i)),
    yAxis: extents.map(({ y }, i) => hiddenAxis(y, false, i)),
    axisPointer: { link: [{ xAxisIndex: [AXIS.level, AXIS.daily] }] },
    tooltip: dayHint(input.palette, input.from, (day) => input.words.hint(day)),
    series: [
      ...backdrop(input, layout),
      ...level(input, layout),
      ...dailyMarks(input, layout),
      ...ties(input, layout),
      ...notes(input, layout),
      ...(inset?.series ?? []),
    ],
  }
}
