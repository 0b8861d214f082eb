/** Axes that are not drawn, and the hint that hangs on them: what the charts have in common. */
import { addDays, type Day } from '../../shared/progress/day.ts'
import { hintElement } from './hint.ts'
import type { Palette } from './palette.ts'

/** A value axis without a line or words of its own; with `pointer` the hint follows it. */
export const hiddenAxis = ([min, max]: readonly [number, number], pointer: boolean, gridIndex = 0) => ({
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

/** The hint over a day, `x` in days from `first`: captions and values of that day. */
export const dayHint = (
  palette: Palette,
  first: Day,
  hint: (day: Day) => readonly (readonly [caption: string, value: string])[],
) => ({
  trigger: 'axis',
  confine: true,
  transitionDuration: 0,
  backgroundColor: palette.paper,
  borderColor: palette.rule,
  borderWidth: 1,
  padding: [6, 8],
  extraCssText: 'box-shadow:none;border-radius:2px',
  textStyle: { color: palette.ink, fontSize: 12 },
  axisPointer: { type: 'line', lineStyle: { color: palette.ink3, width: 0.8, type: 'solid' } },
  formatter: (params: readonly { data: readonly number[] }[]) => {
    const x = params[0]?.data[0]
    return x === undefined ? '' : hintElement(hint(addDays(first, Math.round(x))))
  },
})
