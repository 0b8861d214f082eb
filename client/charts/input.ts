/** What the chart of a running total is drawn from. */
import type { Workdays } from '../../shared/progress/calendar.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { Standing } from '../../shared/progress/standing.ts'
import type { Mark } from './marks.ts'
import type { Size } from './option.ts'
import type { Palette } from './palette.ts'
import type { DaySeries, PathSeries } from './series.ts'
import type { Hint, Stop } from './stops.ts'

/** All words and numbers of the chart, in the reader's language. */
export interface CumulativeWords {
  tick(n: number, max: number): string
  approved(n: number): string
  target(n: number): string
  due(day: Day): string
  /** `before` is the month that is named to the left of it */
  month(day: Day, before?: Day): string
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
  inset: string
  /** what is said of a day, and where its figures stand */
  day(day: Day): Pointed
  /** what is said of a legal question, and where it stands */
  mark(mark: Mark): Pointed
}

/** What one learns of something on a chart, and where it leads. */
export interface Pointed {
  hint: Hint
  to: Stop['to']
}

export interface CumulativeInput {
  from: Day
  to: Day
  due: Day
  today: Day | null
  /** names days in the reader's language */
  calendar: Omit<Workdays, 'nameOf'> & { nameOf(day: Day): string | undefined }
  /** from `from` to today at most */
  series: DaySeries
  /** from `from` to `to` */
  path: PathSeries
  standing: Pick<
    Standing,
    'threshold' | 'value' | 'counted' | 'expected' | 'reference' | 'points' | 'days' | 'required' | 'status'
  >
  marks: readonly Mark[]
  size: Size
  palette: Palette
  words: CumulativeWords
}

/** Indices of the axes: behind everything, the level, the days, the inset. */
export const AXIS = { whole: 0, level: 1, daily: 2, inset: 3 } as const
