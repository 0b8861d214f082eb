/** Daily bars around a legal question: its days on a ground of their own, its mark, and the means before and during. */
import type { Workdays } from '../../shared/progress/calendar.ts'
import type { CounterBreakdown } from '../../shared/progress/breakdown.ts'
import { type Day, dayNumber } from '../../shared/progress/day.ts'
import { hiddenAxis } from './axes.ts'
import { heightOf, offBar, partBars } from './bars.ts'
import type { Pointed } from './input.ts'
import { type LaneMark, layLane } from './lane.ts'
import type { Mark } from './marks.ts'
import { markStops } from './markStops.ts'
import {
  type Box,
  boxes,
  type Drawing,
  type Label,
  labels,
  type Series,
  type Size,
  strokes,
  textWidth,
} from './option.ts'
import type { Palette } from './palette.ts'
import { dayTicks, roundTicks } from './scale.ts'
import type { Stop } from './stops.ts'

/** All words and numbers of the chart, in the reader's language. */
export interface IssueDaysWords {
  tick(n: number, max: number): string
  day(day: Day): string
  today: string
  /** what is said of a day, and where its figures stand */
  about(day: Day): Pointed
  /** what is said of a question, and where it stands */
  mark(mark: Mark): Pointed
}

export interface IssueDaysInput {
  /** every day drawn, in order, and its breakdown */
  days: readonly Day[]
  daily: readonly CounterBreakdown[]
  /** days of the question, both ends included; the mark stands on the first */
  from: Day
  through: Day
  today: Day
  calendar: Workdays
  /** false: a report is expected every day, so no day is drawn as a day off */
  workdaysOnly: boolean
  /** mean per expected day, where there is one */
  before: { mean: number; from: Day } | null
  during: number | null
  /** this question and its neighbours; `n` is this one */
  marks: readonly Mark[]
  n: number
  size: Size
  palette: Palette
  words: IssueDaysWords
}

const MARGIN = { top: 24, right: 4, bottom: 18 }
/** px between the amounts and the axis, and beyond them */
const AWAY = 10
const TICKS = 4
/** px from the top of the bars up to the middle of the lane of marks */
const LANE = 12

/** Data in, drawing out; the same input gives the same drawing. */
export function issueDaysDrawing(input: IssueDaysInput): Drawing {
  const { days, daily, size } = input
  const first = days[0] ?? input.from
  const last = Math.max(1, days.length) - 0.5
  const height = Math.max(40, size.height - MARGIN.top - MARGIN.bottom)
  let top = input.during ?? 0
  for (const breakdown of daily) top = Math.max(top, heightOf(breakdown))
  const max = top === 0 ? 1 : top * 1.08
  const longest = Math.max(0, ...roundTicks(max, TICKS).map((v) => textWidth(input.words.tick(v, max))))
  const left = Math.ceil(AWAY + longest)
  const width = Math.max(40, size.width - left - MARGIN.right)
  const index = (day: Day) => dayNumber(day) - dayNumber(first)
  const px = (x: number) => left + ((x + 0.5) / (last + 0.5)) * width
  const placed = layLane(input.marks, (m) => px(index(m.day) - 0.5), px(-0.5), px(last))
  const option = {
    animation: false,
    grid: { left, top: MARGIN.top, width, height },
    xAxis: hiddenAxis([-0.5, last]),
    yAxis: hiddenAxis([0, max]),
    series: [
      ground(input, index, max),
      ...scale(input, index, px, max, last),
      boxes('bars', { axis: 0, z: 2 }, bars(input)),
      ...means(input, index),
      ...lane(input, placed, px, max, last),
    ],
  }
  const plot = { left, top: MARGIN.top, width, height }
  const perDay = px(1) - px(0)
  const stops = days.map((day, i): Stop => ({
    key: `day ${day}`,
    row: 0,
    box: { ...plot, left: px(i) - perDay / 2, width: perDay },
    within: plot,
    hint: () => input.words.about(day).hint,
    to: input.words.about(day).to,
  }))
  const marks = markStops(placed, MARGIN.top - LANE, 1, (mark) => input.words.mark(mark))
  return { option, stops: [...stops, ...marks] }
}

type Index = (day: Day) => number

/** The question's own days. */
function ground(input: IssueDaysInput, index: Index, max: number): Series {
  return boxes('concerned', { axis: 0, z: 0 }, [
    { value: [index(input.from) - 0.5, 0, index(input.through) + 0.5, max], fill: input.palette.soft },
  ])
}

/** Textures on the question's days, quiet bars around them, narrow grey ones on days off. */
function bars({ days, daily, calendar, workdaysOnly, from, through, palette }: IssueDaysInput): Box[] {
  const quiet = palette.proven ? { fill: palette.mid } : undefined
  return days.flatMap((day, i) => {
    const breakdown = daily[i]!
    if (workdaysOnly && !calendar.isWork(day)) return [offBar(breakdown, i, palette)]
    const inside = day >= from && day <= through
    return partBars(breakdown, i, i, palette, inside ? undefined : quiet)
  })
}

function scale(input: IssueDaysInput, index: Index, px: (x: number) => number, max: number, last: number): Series[] {
  const { palette, words, days, today, size } = input
  const ticks = roundTicks(max, TICKS)
  const from = days[0] ?? input.from
  const to = days.at(-1) ?? input.through
  const hasToday = today >= from && today <= to
  const names: Label[] = []
  let after = -Infinity
  for (const { day } of dayTicks(from, to, 6)) {
    const x = px(index(day))
    if (x < after || (hasToday && Math.abs(x - px(index(today))) < 44)) continue
    after = x + 48
    const text = words.day(day)
    // whole, also at the edge
    const dx = Math.min(0, size.width - x - textWidth(text) / 2)
    names.push({ value: [index(day), 0], text, color: palette.ink3, align: 'center', dx, dy: 10 })
  }
  if (hasToday) {
    const near = px(last) - px(index(today)) < 16
    names.push({
      value: [near ? last : index(today), 0],
      text: words.today,
      color: palette.ink,
      bold: true,
      align: near ? 'right' : 'center',
      dy: 10,
    })
  }
  return [
    strokes('amounts', { axis: 0, z: 1 }, [
      ...ticks.map((v) => ({ value: [-0.5, v, last, v] as const, stroke: palette.line, width: 1 })),
      { value: [-0.5, 0, last, 0] as const, stroke: palette.rule, width: 1 },
    ]),
    labels(
      'amount-ticks',
      { axis: 0, z: 6 },
      ticks.map((v): Label => ({
        value: [-0.5, v],
        text: words.tick(v, max),
        color: palette.ink3,
        align: 'right',
        dx: -6,
      })),
    ),
    labels('day-names', { axis: 0, z: 6 }, names),
  ]
}

/** Dashed levels: the mean before up to the question, the mean during over its days. */
function means(input: IssueDaysInput, index: Index): Series[] {
  const { palette, before, during } = input
  const start = index(input.from) - 0.5
  return [
    strokes('means', { axis: 0, z: 4 }, [
      ...(before === null
        ? []
        : [
            {
              value: [index(before.from) - 0.5, before.mean, start, before.mean] as const,
              stroke: palette.ink2,
              width: 1.2,
              dash: [3, 2],
            },
          ]),
      ...(during === null
        ? []
        : [
            {
              value: [start, during, index(input.through) + 0.5, during] as const,
              stroke: palette.ink,
              width: 1.2,
              dash: [3, 2],
            },
          ]),
    ]),
  ]
}

/** § marks above the bars; this question's is tied to the beginning of its days. */
function lane(
  { palette, n }: IssueDaysInput,
  placed: readonly LaneMark[],
  px: (x: number) => number,
  max: number,
  last: number,
): Series[] {
  const [start, end] = [px(-0.5), px(last)]
  const unpx = (x: number) => -0.5 + ((x - start) / (end - start)) * (last + 0.5)
  const own = placed.find((p) => p.marks.some((m) => m.n === n))
  return [
    strokes(
      'tie',
      { axis: 0, z: 3 },
      own === undefined
        ? []
        : [{ value: [unpx(own.at), max, unpx(own.at), 0], stroke: palette.ink2, width: 0.8, dash: [1, 2] }],
    ),
    labels(
      'marks',
      { axis: 0, z: 7 },
      placed.map((p) => ({
        value: [unpx(p.x), max] as const,
        // this question's own number is the one to read
        text: p === own ? p.text.replace(/^§\d+/, `§${n}`) : p.text,
        color: p === own ? palette.ink : palette.ink3,
        bold: p === own,
        align: 'center' as const,
        dy: -LANE,
        frame: { line: p === own ? palette.ink2 : palette.rule, ground: palette.paper, width: p.width, height: 15 },
      })),
    ),
  ]
}
