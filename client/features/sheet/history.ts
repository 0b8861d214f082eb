/** The past of a cell: its versions, its dispute, its last days. Pure. */
import { type Book, history, reportAt } from '../../../shared/domain/book.ts'
import type { Frame, ReportState } from '../../../shared/domain/world.ts'
import type { EventType, Restatement, Values } from '../../../shared/event.ts'
import { addDays, type Day } from '../../../shared/progress/day.ts'
import { median, type Usual, usualOf } from '../../../shared/progress/usual.ts'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'

/** One version of a report, seen from one of its counters. */
export interface Version {
  seq: number
  at: string
  name: string
  type: EventType
  restated: Restatement | null
  reason: string | null
  /** null = blank */
  from: number | null
  to: number | null
}

const valuesOf = (entry: HistoryEntry): Values | null => ('values' in entry.data ? entry.data.values : null)

/** Every version of a report, newest first, with what it did to the counter. A disputed claim does not stand. */
export function versionsOf(entries: readonly HistoryEntry[], counter: string): Version[] {
  const versions: Version[] = []
  let stands: number | null = null
  for (const entry of entries) {
    const values = valuesOf(entry)
    if (values === null) continue
    const to = values[counter] ?? null
    const { data } = entry
    versions.push({
      seq: entry.seq,
      at: entry.at,
      name: entry.actorName,
      type: entry.type,
      restated: entry.type === 'ReportRestated' ? entry.data.type : null,
      reason: 'reason' in data ? data.reason : null,
      from: stands,
      to,
    })
    if (entry.type !== 'ReportDisputed') stands = to
  }
  return versions.reverse()
}

/** What both sides of the latest dispute began from; null when the second did not know of any report. */
export function disputeBase(entries: readonly HistoryEntry[]): Values | null {
  const dispute = entries.findLast((e) => e.type === 'ReportDisputed')
  if (dispute?.type !== 'ReportDisputed') return null
  const base = entries.find((e) => e.seq === dispute.data.basedOn)
  return base === undefined ? null : valuesOf(base)
}

export interface DayBar {
  day: Day
  value: number | null
  state: ReportState | null
  work: boolean
}

/** The last days up to and including `day`, oldest first. */
export function lastDays(frame: Frame, book: Book, unit: string, counter: string, day: Day, days = 15): DayBar[] {
  return Array.from({ length: days }, (_, i) => {
    const at = addDays(day, i + 1 - days)
    const report = reportAt(book, unit, at)
    return {
      day: at,
      value: report?.values[counter] ?? null,
      state: report?.state ?? null,
      work: frame.calendar.isWork(at),
    }
  })
}

/** What is usual for the cell by the street's own comparable days; null with too few of them. */
export const usualFor = (frame: Frame, book: Book, unit: string, counter: string, day: Day): Usual | null =>
  usualOf(history(book, frame.calendar, unit, counter, day))

/** What a missing report is taken for, as the server estimates it; 0 without any history. */
export function estimateFor(frame: Frame, book: Book, unit: string, counter: string, day: Day): number {
  const past = history(book, frame.calendar, unit, counter, day)
  return past.length === 0 ? 0 : Math.round(median(past))
}
