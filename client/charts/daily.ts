/** Bars of the days below the running total: by their parts, grey on days off, and the rates beside them. */
import { offBar, partBars } from './bars.ts'
import { AXIS, type CumulativeInput } from './input.ts'
import type { Layout } from './layout.ts'
import { boxes, type Label, labels, line, type Series, textWidth } from './option.ts'

export function dailyMarks(input: CumulativeInput, layout: Layout): Series[] {
  const { palette, series, path, standing, words } = input
  const bars = series.bars.flatMap(({ first, last, perDay, off }) =>
    off ? [offBar(perDay, last, palette)] : partBars(perDay, first, last, palette),
  )
  const due = layout.index(input.due)
  const begun = standing.reference === null ? -1 : layout.index(standing.reference)
  const expected: Step[] = []
  const required: Step[] = []
  for (let i = 0; i <= due; i++) {
    const work = path.step[i]! > 0
    expected.push([i - 0.5, work ? path.step[i]! : null], [i + 0.5, work ? path.step[i]! : null])
    if (i > begun && standing.required !== null)
      required.push([i - 0.5, work ? standing.required : null], [i + 0.5, work ? standing.required : null])
  }
  return [
    boxes('bars', { axis: AXIS.daily, z: 2 }, bars),
    line('expected', AXIS.daily, 3, expected, { color: palette.ink, width: 1 }),
    line('required', AXIS.daily, 4, required, { color: palette.accent, width: 1.6 }),
    labels('daily-words', { axis: AXIS.daily, z: 6 }, layout.narrow ? [] : rates()),
  ]

  function rates(): Label[] {
    const step = path.step.slice(0, due + 1).findLast((v) => v > 0) ?? 0
    const found: Pick<Label, 'text' | 'color' | 'size'>[] = []
    if (standing.required !== null)
      found.push({ text: words.required(standing.required), color: palette.accent, size: 12 })
    if (step > 0) found.push({ text: words.step(step), color: palette.ink2, size: 12 })
    if (series.bars.some((bar) => bar.off)) found.push({ text: words.offDays, color: palette.ink3 })
    const top = Math.max(standing.required ?? 0, step)
    // a rate far below the bars leaves less room under it than the words need
    // the name of today reaches beyond the last day where it is one of the last
    const name = input.today === null ? 0 : layout.px(layout.index(input.today)) + textWidth(words.today) / 2
    const isNamed = name > layout.px(layout.x[1])
    const under = (top / layout.dailyMax) * layout.daily.height + (isNamed ? 0 : BELOW)
    const up = Math.max(0, (found.length - 0.5) * LINE - under)
    return found.map((label, i) => ({ ...label, value: [layout.x[1], top], dx: 8, dy: i * LINE - up }))
  }
}

/** height of a line of words, and of what lies under the bars, in pixels */
const LINE = 15
const BELOW = 18
type Step = readonly [x: number, value: number | null]
