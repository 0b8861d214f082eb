/** The main chart of a target: the approved line against its path, marks of legal questions, and daily bars below. */
import { hiddenAxis } from './axes.ts'
import { backdrop } from './backdrop.ts'
import { dailyMarks } from './daily.ts'
import type { CumulativeInput } from './input.ts'
import { type Inset, insetOf } from './inset.ts'
import { type Layout, layoutOf } from './layout.ts'
import { level } from './level.ts'
import { notes } from './notes.ts'
import type { ChartOption, Drawing } from './option.ts'
import { cumulativeStops } from './cumulativeStops.ts'
import { ties } from './ties.ts'

/** Data in, drawing out; the same input gives the same drawing. */
export function cumulativeDrawing(input: CumulativeInput): Drawing {
  const layout = layoutOf(input)
  const inset = insetOf(input, layout)
  return { option: optionOf(input, layout, inset), stops: cumulativeStops(input, layout, inset) }
}

function optionOf(input: CumulativeInput, layout: Layout, inset: Inset | null): ChartOption {
  const extents = [
    { x: layout.x, y: [0, 1] as const },
    { x: layout.x, y: [0, layout.levelMax] as const },
    { x: layout.x, y: [0, layout.dailyMax] as const },
    ...(inset === null ? [] : [inset.extent]),
  ]
  return {
    animation: false,
    grid: [layout.whole, layout.level, layout.daily, ...(inset === null ? [] : [inset.grid])],
    xAxis: extents.map(({ x }, i) => hiddenAxis(x, i)),
    yAxis: extents.map(({ y }, i) => hiddenAxis(y, i)),
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
