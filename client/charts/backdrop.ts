/** What the cumulative chart is drawn on: named days off, amounts, days, the due day and today. */
import type { Day } from '../../shared/progress/day.ts'
import { AXIS, type CumulativeInput } from './input.ts'
import type { Layout } from './layout.ts'
import { boxes, type Label, labels, type Series, strokes, textWidth } from './option.ts'
import { dayTicks, offRuns } from './scale.ts'

export function backdrop(input: CumulativeInput, layout: Layout): Series[] {
  const { palette, words, size } = input
  const [first, last] = layout.x
  const runs = offRuns(input.from, input.to, input.calendar)
  const whole = { axis: AXIS.whole, z: 0 }
  const names: Label[] = []
  let edge = 0
  for (const run of runs) {
    const middle = (layout.index(run.from) + layout.index(run.to)) / 2
    const half = textWidth(run.name) / 2 + 6
    // the right-hand corner belongs to the due day
    if (layout.px(middle) - half < edge || layout.px(middle) + half > layout.right) continue
    edge = layout.px(middle) + half
    names.push({ value: [middle, 1], text: run.name, color: palette.ink3, align: 'center', dy: -8 })
  }
  const { levelTicks, dailyTicks } = layout
  const now = input.today === null ? null : layout.index(input.today)
  const days: Label[] = []
  let after = -Infinity
  let named: Day | undefined
  for (const tick of dayTicks(input.from, input.to, layout.narrow ? 5 : 14)) {
    const x = layout.index(tick.day)
    const px = layout.px(x)
    if (now !== null && Math.abs(px + 10 - layout.px(now)) < 30) continue
    const text = tick.kind === 'month' ? words.month(tick.day, named) : words.week(tick.day)
    const width = textWidth(text)
    if (px < after || px + Math.max(24, width) > size.width) continue
    after = px + Math.max(32, width + 6)
    named = tick.day
    days.push({ value: [x - 0.5, 0], text, color: palette.ink3, dx: 2, dy: 10 })
  }
  if (now !== null) {
    // whole, also at the edge
    const half = textWidth(words.today) * 0.55
    const dx = Math.min(0, size.width - layout.px(now) - half)
    days.push({ value: [now, 0], text: words.today, color: palette.ink, bold: true, align: 'center', dx, dy: 10 })
  }
  return [
    boxes(
      'off',
      whole,
      runs.map((run) => ({
        value: [layout.index(run.from) - 0.5, 0, layout.index(run.to) + 0.5, 1],
        fill: palette.sunk,
      })),
    ),
    labels('off-names', { axis: AXIS.whole, z: 6 }, names),
    strokes('amounts', { axis: AXIS.level, z: 1 }, [
      ...levelTicks.map((v) => ({ value: [first, v, last, v] as const, stroke: palette.line, width: 1 })),
      {
        value: [first, input.standing.threshold, last, input.standing.threshold],
        stroke: palette.ink3,
        width: 1,
        dash: [1, 2],
      },
    ]),
    labels('amount-ticks', { axis: AXIS.level, z: 6 }, tickLabels(levelTicks, layout.levelMax, layout, input)),
    labels('daily-ticks', { axis: AXIS.daily, z: 6 }, [
      ...tickLabels(dailyTicks, layout.dailyMax, layout, input),
      { value: [first, 0], text: words.daily, color: palette.ink3, align: 'right', dx: -6, dy: -4 },
    ]),
    labels('days', { axis: AXIS.whole, z: 6 }, days),
    strokes('base', { axis: AXIS.daily, z: 1 }, [{ value: [first, 0, last, 0], stroke: palette.rule, width: 1 }]),
    strokes('due', { axis: AXIS.whole, z: 5 }, [
      {
        value: [layout.index(input.due), 0, layout.index(input.due), 1],
        stroke: palette.ink,
        width: 0.8,
        dash: [2, 2],
      },
    ]),
    strokes(
      'today',
      { axis: AXIS.whole, z: 5 },
      now === null ? [] : [{ value: [now, 0, now, 1], stroke: palette.ink2, width: 0.8 }],
    ),
  ]
}

const tickLabels = (ticks: readonly number[], max: number, layout: Layout, { palette, words }: CumulativeInput) =>
  ticks.map((v): Label => ({
    value: [layout.x[0], v],
    text: words.tick(v, max),
    color: palette.ink3,
    align: 'right',
    dx: -6,
  }))
