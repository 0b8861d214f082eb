/** The book of reports: what every street has reported for every day, as it stands. */
import type { Placed, Values } from '../event.ts'
import { addDays, type Day, dayNumber, dayOf } from '../progress/day.ts'
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
  let days = book.reports.get(unit)
  if (days === undefined) book.reports.set(unit, (days = new Map()))
  const before = days.get(day)
  const stamp = { version: event.seq, by: event.actor, at: event.at }
  if (event.type === 'ReportDisputed') {
    const claim = { values, by: event.actor, at: event.at }
    days.set(day, { ...before!, version: event.seq, state: 'disputed', claim })
    return
  }
  let totals = book.totals.get(unit)
  if (totals === undefined) book.totals.set(unit, (totals = {}))
  if (before !== undefined) for (const k in before.values) totals[k]! -= before.values[k]!
  for (const k in values) totals[k] = (totals[k] ?? 0) + values[k]!
  const report: Report = { values, state: reviewLevels === 0 ? 'approved' : 'submitted', ...stamp }
  if (event.type === 'ReportRestated') report.restated = { type: event.data.type, reason: event.data.reason }
  if (event.type === 'DisputeSettled') report.restated = { type: 'corrected', reason: event.data.reason }
  days.set(day, report)
}

/** Days back that comparable ones are looked for. */
const REACH = 90

/**
 * A street's latest counts of one counter on days of the same kind (working or off) before `day`, newest first,
 * at most `USUAL_DAYS`. Disputed reports do not count.
 */
export function history(book: Book, calendar: Workdays, unit: string, counter: string, day: Day): number[] {
  const days = book.reports.get(unit)
  const found: number[] = []
  if (days === undefined || days.size === 0) return found
  const kind = calendar.isWork(day)
  for (let n = dayNumber(addDays(day, -1)), end = n - REACH; n > end && found.length < USUAL_DAYS; n--) {
    const at = dayOf(n)
    const report = days.get(at)
    if (report === undefined || report.state === 'disputed' || calendar.isWork(at) !== kind) continue
    const value = report.values[counter]
    if (value !== undefined) found.push(value)
  }
  return found
}
