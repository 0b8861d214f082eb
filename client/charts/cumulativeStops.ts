/** What can be pointed at on the main chart: its days, on the inset too, the marks of its lane, and the titles beside the path. */
import { daysBetween } from '../../shared/progress/day.ts'
import type { CumulativeInput } from './input.ts'
import type { Inset } from './inset.ts'
import type { Layout } from './layout.ts'
import { markStops } from './markStops.ts'
import { noteLines, NUMBER } from './notes.ts'
import type { Stop } from './stops.ts'
import { laneMarks } from './ties.ts'

const ROW = { days: 0, marks: 1, notes: 2 }
/** px, height of a line of words */
const LINE = 16

export function cumulativeStops(input: CumulativeInput, layout: Layout, inset: Inset | null): Stop[] {
  const { words } = input
  const { left, top, width, height } = layout.whole
  const plot = { left, top, width, height }
  const perDay = layout.px(1) - layout.px(0)
  const days = [...daysBetween(input.from, input.to)].map((day, i): Stop => ({
    key: `day ${day}`,
    row: ROW.days,
    start: day === input.today,
    box: { left: layout.px(i) - perDay / 2, top, width: perDay, height },
    within: plot,
    hint: () => words.day(day).hint,
    // what is still to come has no figures to open
    to: input.today !== null && day <= input.today ? words.day(day).to : null,
  }))
  const marks = markStops(laneMarks(input, layout), layout.lane ?? 0, ROW.marks, (mark) => words.mark(mark))
  const notes = noteLines(input, layout).map(({ mark, x, y, width: w }): Stop => ({
    key: `note ${mark.n}`,
    row: ROW.notes,
    box: { left: x - NUMBER, top: y - LINE / 2, width: w + NUMBER, height: LINE },
    hint: () => words.mark(mark).hint,
    to: words.mark(mark).to,
  }))
  return [...days, ...enlarged(days, inset), ...marks, ...notes]
}

/** The days as the inset shows them. */
function enlarged(days: readonly Stop[], inset: Inset | null): Stop[] {
  if (inset === null) return []
  const { grid, extent } = inset
  const [from, to] = extent.x
  const perDay = grid.width / (to - from)
  const { left, top, width, height } = grid
  return days.flatMap((stop, i): Stop[] => {
    if (i < from || i > to || stop.to === null) return []
    const box = { left: left + (i - from - 0.5) * perDay, top, width: perDay, height }
    return [{ ...stop, key: `inset ${stop.key}`, row: null, start: false, box, within: { left, top, width, height } }]
  })
}
