/** The days beside each other as the month strip shows them. Pure. */
import { addDays, type Day, dayNumber, dayOf, weekday } from '../../../shared/progress/day.ts'
import { type CalendarDay } from '../../../shared/view/calendar.ts'

/** What is said of a day, the worst first; `submitted` and `done` only where nothing else is. */
export const STRIP_WORDS = [
  'supervised',
  'returned',
  'disputed',
  'missing',
  'partial',
  'late',
  'submitted',
  'done',
] as const
export type StripWord = (typeof STRIP_WORDS)[number]
/** Words that want somebody. */
const WANTING: ReadonlySet<StripWord> = new Set(['supervised', 'returned', 'disputed', 'missing', 'partial'])

export interface StripReport {
  unit: string
  /** null while it is not known */
  day: CalendarDay | null
}

export interface StripDay {
  day: Day
  /** `off`: nobody works and nothing is there */
  kind: 'past' | 'today' | 'future' | 'off'
  locked: boolean
  reports: readonly StripReport[]
  words: readonly { word: StripWord; n: number }[]
  /** some of it wants somebody */
  wants: boolean
}

/** Weeks before this one that are shown, and days in all, by the room that there is. */
const BEFORE = 3
const WEEK = 7

/** The week's Monday. */
const monday = (day: Day): Day => addDays(day, -((weekday(day) + 6) % 7))

/**
 * Whole weeks, at least two, in which today and the day shown stand, as far as they hold both; else those that begin a week
 * before the day shown. With the fewest weeks the latest are kept.
 */
export function stripWindow(today: Day, shown: Day, first: Day, weeks: number): { from: Day; to: Day } {
  const usual = addDays(monday(today), -WEEK * Math.min(BEFORE, weeks - 1))
  const from = shown >= usual ? usual : addDays(monday(shown), -WEEK)
  const begins = from < first ? monday(first) : from
  return { from: begins, to: addDays(begins, weeks * WEEK - 1) }
}

/** The weeks of a phone: the one of the day shown, and the one before it. */
export function phoneWindow(today: Day, shown: Day, first: Day): { from: Day; to: Day } {
  const week = monday(shown > addDays(today, -7) ? today : shown)
  const from = addDays(week, -7) < monday(first) ? monday(first) : addDays(week, -7)
  return { from, to: addDays(from, 13) }
}

export interface StripInput {
  from: Day
  to: Day
  today: Day
  units: readonly string[]
  /** undefined where it is not known */
  report(unit: string, day: Day): CalendarDay | undefined
  isWork(day: Day): boolean
}

export function stripDays({ from, to, today, units, report, isWork }: StripInput): StripDay[] {
  const days: StripDay[] = []
  for (let n = dayNumber(from); n <= dayNumber(to); n++) {
    const day = dayOf(n)
    const all = units.map((unit) => ({ unit, day: report(unit, day) ?? null }))
    const reports = day > today ? [] : all.filter((r) => r.day === null || !isNothing(r.day))
    const known = reports.flatMap((r) => r.day ?? [])
    const isQuiet = known.length === 0
    const kind = isQuiet && !isWork(day) ? 'off' : day > today ? 'future' : day === today ? 'today' : 'past'
    const words = kind === 'off' || kind === 'future' ? [] : wordsOf(known)
    days.push({
      ...{ day, kind, words },
      reports: kind === 'off' || kind === 'future' ? [] : reports,
      locked: all.some((r) => r.day?.locked === true),
      wants: words.some(({ word }) => WANTING.has(word)),
    })
  }
  return days
}

/** Nothing is expected and nothing is there. */
export const isNothing = ({ state }: CalendarDay): boolean =>
  state === 'off' || state === 'notStarted' || state === 'ended'

function wordsOf(known: readonly CalendarDay[]): StripDay['words'] {
  const count = (has: (day: CalendarDay) => boolean) => known.filter(has).length
  const found = (['returned', 'disputed', 'missing', 'partial'] as const).map((word) => ({
    word: word as StripWord,
    n: count(({ state }) => state === word),
  }))
  const signed = (word: 'supervised' | 'late') => ({ word, n: count((day) => day[word] === true) })
  const bad = [signed('supervised'), ...found, signed('late')].filter(({ n }) => n > 0)
  if (bad.length > 0 || known.length === 0) return bad
  const waiting = count(({ state }) => state === 'submitted')
  if (waiting > 0) return [{ word: 'submitted', n: waiting }]
  return count(({ state }) => state === 'open') > 0 ? [] : [{ word: 'done', n: known.length }]
}

/** Squares of a day's reports: so many beside each other, px from one to the next; of more than `MOST` reports shares are drawn. */
export const SQUARES = { MOST: 20, COLUMNS: 5, STEP: 8.2 }
/** px of the squares of so many reports */
export const squaresHeight = (reports: number): number =>
  Math.max(1, Math.ceil(Math.min(reports, SQUARES.MOST) / SQUARES.COLUMNS)) * SQUARES.STEP - 1
