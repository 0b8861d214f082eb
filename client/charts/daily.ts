/** Bars of the days below the cumulative line: make-up on working days, grey on days off, and the rates beside them. */
import { AXIS, type CumulativeInput } from './cumulative.ts'
import type { Frame } from './frame.ts'
import { type Box, boxes, type Label, labels, line, type Series } from './option.ts'
import { PARTS } from '../ui/texture.ts'
import { whole } from './series.ts'
import { partStyles } from './texture.ts'

/** Half widths of bars, in days. */
const WORK = 0.38
const OFF = 0.26

export function dailyMarks(input: CumulativeInput, frame: Frame): Series[] {
  const { palette, series, path, pace, calendar, words } = input
  const textures = partStyles(palette)
  const bars: Box[] = []
  let someOff = false
  series.days.forEach((day, i) => {
    const parts = series.daily[i]!
    if (!calendar.isWork(day)) {
      someOff = true
      bars.push({ value: [i - OFF, 0, i + OFF, whole(parts) - parts.m], fill: palette.ink3 })
      return
    }
    let base = 0
    for (const part of PARTS) {
      const size = parts[part]
      if (size <= 0) continue
      bars.push({ value: [i - WORK, base, i + WORK, base + size], ...textures[part] })
      base += size
    }
  })
  const due = frame.index(input.due)
  const begun = pace.reference === null ? -1 : frame.index(pace.reference)
  const expected: Step[] = []
  const required: Step[] = []
  for (let i = 0; i <= due; i++) {
    const work = path.step[i]! > 0
    expected.push([i - 0.5, work ? path.step[i]! : null], [i + 0.5, work ? path.step[i]! : null])
    if (i > begun && pace.required !== null)
      required.push([i - 0.5, work ? pace.required : null], [i + 0.5, work ? pace.required : null])
  }
  const daily = { axis: AXIS.daily, z: 2 }
  return [
    boxes('bars', daily, bars),
    line('expected', AXIS.daily, 3, expected, { color: palette.ink, width: 1 }),
    line('required', AXIS.daily, 4, required, { color: palette.accent, width: 1.6 }),
    labels('daily-words', { axis: AXIS.daily, z: 6 }, frame.narrow ? [] : rates()),
  ]

  function rates(): Label[] {
    const step = path.step.slice(0, due + 1).findLast((v) => v > 0) ?? 0
    const found: Pick<Label, 'text' | 'color' | 'size'>[] = []
    if (pace.required !== null) found.push({ text: words.required(pace.required), color: palette.accent, size: 12 })
    if (step > 0) found.push({ text: words.step(step), color: palette.ink2, size: 12 })
    if (someOff) found.push({ text: words.offDays, color: palette.ink3 })
    const top = Math.max(pace.required ?? 0, step)
    return found.map((label, i) => ({ ...label, value: [frame.x[1], top], dx: 8, dy: i * 15 }))
  }
}

type Step = readonly [x: number, value: number | null]
