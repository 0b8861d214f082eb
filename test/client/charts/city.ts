/** A small city as the input of the chart of its running total. */
import { cumulativeDrawing } from '../../../client/charts/cumulative.ts'
import type { CumulativeInput, CumulativeWords } from '../../../client/charts/input.ts'
import type { Mark } from '../../../client/charts/marks.ts'
import type { Label, Series } from '../../../client/charts/option.ts'
import type { Palette } from '../../../client/charts/palette.ts'
import { type DayFigures, daySeries, NO_SERIES, pathSeries, spanOf } from '../../../client/charts/series.ts'
import { type CounterBreakdown, counterOf, NO_BREAKDOWN, plus } from '../../../shared/progress/breakdown.ts'
import { workdays } from '../../../shared/progress/calendar.ts'
import { dayOf, dayNumber, type Day } from '../../../shared/progress/day.ts'
import { paceOf } from '../../../shared/progress/pace.ts'
import { pathOf } from '../../../shared/progress/path.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'
import { day as dayWith } from './sample.ts'

export const calendar = workdays({
  ...tinyProgramme().calendar,
  off: [
    { day: '2008-02-07', name: { zh: '节', en: 'Festival' } },
    { day: '2008-02-08', name: { zh: '节', en: 'Festival' } },
  ],
})
const palette = new Proxy({}, { get: (_, name) => (name === 'proven' ? true : String(name)) }) as Palette
export const words: CumulativeWords = {
  tick: (n) => `${n}`,
  approved: (n) => `approved ${n}`,
  target: (n) => `target ${n}`,
  due: (d) => `due ${d}`,
  month: (d) => d.slice(5, 7),
  week: (d) => d.slice(5),
  required: (n) => `need ${Math.round(n)}`,
  step: (n) => `step ${Math.round(n)}`,
  points: (p) => `${p.toFixed(1)} points`,
  days: (d) => [`${d.toFixed(1)} days`],
  path: 'path',
  today: 'today',
  lane: 'notes',
  daily: 'day',
  offDays: 'grey',
  inset: 'inset',
  day: (day) => ({ hint: [[day, '<b>']], to: `/sheet/${day}` }),
  mark: ({ n, title }) => ({ hint: [[`§${n}`, title]], to: `/issues/${n}` }),
}

/** A city that reports `perDay` on working days and 5 on others until today. */
export function input(
  today: Day | null,
  perDay: number,
  more: Partial<CumulativeInput> = {},
  parts: Partial<CounterBreakdown> = { disputed: { up: 3, down: 0 }, missing: 2 },
): CumulativeInput {
  const { from, to } = spanOf(countTarget, today)
  const rows: DayFigures[] = []
  if (today !== null)
    for (let n = dayNumber(from); n <= dayNumber(today); n++) {
      const day = dayOf(n)
      rows.push(dayWith(day, { approved: calendar.isWork(day) ? perDay : 5, ...parts }))
    }
  const total = rows.reduce((sum, r) => plus(sum, counterOf(r.breakdown, 1), 1), NO_BREAKDOWN)
  const series =
    today === null ? NO_SERIES : daySeries(rows, { counter: 1, measure: 'count', total }, calendar, from, today)
  const value = total.approved
  const threshold = countTarget.threshold
  const line = pathOf(countTarget, 0, threshold, calendar)
  const pace = paceOf(countTarget, line, calendar, {
    value,
    counted: value,
    threshold,
    reference: today,
    reachedOn: null,
    severe: -5,
  })
  return {
    from,
    to,
    due: countTarget.due,
    today,
    calendar: { ...calendar, nameOf: (day) => calendar.nameOf(day)?.en },
    series,
    path: pathSeries(line, 'count', from, to),
    standing: { ...pace, reference: today },
    marks: [],
    size: { width: 752, height: 290 },
    palette,
    words,
    ...more,
  }
}

export const cumulativeOption = (of: CumulativeInput) => cumulativeDrawing(of).option
export const series = (of: CumulativeInput, id: string): Series | undefined =>
  cumulativeOption(of).series.find((s) => s.id === id)
export const texts = (of: CumulativeInput, id: string) => (series(of, id)?.data as Label[]).map((l) => l.text)
export const mark = (n: number, day: Day): Mark => ({ n, day, title: `title ${n}`, state: 'open' })
