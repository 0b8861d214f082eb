/** The book of reports: what every street has reported for every day, as it stands. */
import type { Placed, Values } from '../event.ts'
import { type Day, dayNumber, dayOf } from '../progress/day.ts'
import { USUAL_DAYS } from '../progress/usual.ts'
import type { Workdays } from '../progress/calendar.ts'
import type { Report } from './world.ts'

export interface Book {
  reports: Map<string, Map<Day, Report>>
  /** all days of a street together, disputed ones with the values that stand */
  totals: Map<string, Values>
}

export const emptyBook = (): Book => ({ reports: new Map(), totals: new Map() })

export const reportAt = (book: Book, unit: string, day: Day): Report | undefined => book.reports.get(unit)?.get(day)

type ReportEvent = Placed & { type: 'ReportSubmitted' | 'ReportRestated' | 'ReportDisputed' | 'DisputeSettled' }

/** Folds one event about a report into the book, in place. */
export function evolveReport(book: Book, event: ReportEvent, reviewLevels: number): void {
  const { unit, day, values } = event.data
  const { seq: version, actor: by, at } = event
  let days = book.reports.get(unit)
  if (days === undefined) book.reports.set(unit, (days = new Map()))
  const before = days.get(day)
  if (event.type === 'ReportDisputed') {
    days.set(day, { ...before!, version, state: 'disputed', claim: { values, by, at } })
    return
  }
  let totals = book.totals.get(unit)
  if (totals === undefined) book.totals.set(unit, (totals = {}))
  if (before !== undefined) for (const k in before.values) totals[k]! -= before.values[k]!
  for (const k in values) totals[k] = (totals[k] ?? 0) + values[k]!
  const report: Report = { values, state: reviewLevels === 0 ? 'approved' : 'submitted', version, by, at }
  if (event.type === 'ReportRestated') report.restated = { type: event.data.type, reason: event.data.reason }
  if (event.type === 'DisputeSettled') report.restated = { type: 'corrected', reason: event.data.reason }
  days.set(day, report)
}

/** Days back that comparable ones are looked for. */
const REACH = 90

/**
 * A street's latest counts of each of the counters on days of the same kind (working or off) before `day`, newest
 * first, at most `USUAL_DAYS` each. Disputed reports do not count.
 */
export function histories(
  book: Book,
  calendar: Workdays,
  unit: string,
  counters: readonly string[],
  day: Day,
): number[][] {
  const found: number[][] = counters.map(() => [])
  const days = book.reports.get(unit)
  if (days === undefined) return found
  const today = dayNumber(day)
  const kind = calendar.isWorkNumber(today)
  let wanted = USUAL_DAYS * counters.length
  for (let n = today - 1; n >= today - REACH && wanted > 0; n--) {
    if (calendar.isWorkNumber(n) !== kind) continue
    const report = days.get(dayOf(n))
    if (report === undefined || report.state === 'disputed') continue
    for (let i = 0; i < counters.length; i++) {
      const value = report.values[counters[i]!]
      if (value === undefined || found[i]!.length === USUAL_DAYS) continue
      found[i]!.push(value)
      wanted--
    }
  }
  return found
}

/** The same for one counter. */
export const history = (book: Book, calendar: Workdays, unit: string, counter: string, day: Day): number[] =>
  histories(book, calendar, unit, [counter], day)[0]!
