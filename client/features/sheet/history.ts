/** The past of a cell: its versions, its dispute, its last days. Pure. */
import type { EventType } from '../../../shared/event.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { type Usual, usualOf } from '../../../shared/progress/usual.ts'
import type { LineRow, Person, VersionRow } from '../../../shared/view/rows.ts'
import { type ChangeWord, figureWord } from '../../ui/changeWords.ts'

/** One version of a figure: an event that was about this counter; an offer to move it, and its refusal, change nothing. */
export interface Version {
  seq: number
  /** ms since epoch */
  at: number
  by: Person
  word: ChangeWord | OfferWord | AnswerWord
  reason: string | null
  /** null = blank */
  from: number | null
  /** of an offer: what would move; null where its answer does not say */
  to: number | null
  /** it was confirmed against a question */
  confirmed: boolean
  /** why, where it was said */
  why: string | null
  /** levels that had approved it then; null for anything but an approval */
  level: number | null
  /** the other report of a re-attribution or an offer */
  other: { unit: string; day: Day; side: 'from' | 'to' } | null
}

export type OfferWord = 'offered' | 'declined'
/** a quality question about it was answered, or a running total reported, which change nothing either */
type AnswerWord = 'answered' | 'total'
const OFFERS: Partial<Record<EventType, OfferWord>> = {
  ReattributionOffered: 'offered',
  ReattributionDeclined: 'declined',
}

/** What an event did to the counter (by index and key); null where it was not about it. */
function changeOf(row: VersionRow, counter: number, key: string): Pick<Version, 'word' | 'from' | 'to'> | null {
  const offer = OFFERS[row.type]
  if (offer !== undefined) {
    const moved = row.moved?.[key] ?? null
    return moved === null && row.moved !== undefined ? null : { word: offer, from: null, to: moved }
  }
  if (row.totals !== undefined)
    return row.totals[key] === undefined ? null : { word: 'total', from: null, to: row.totals[key] }
  if (row.answered !== undefined)
    return row.answered[key] === undefined ? null : { word: 'answered', from: null, to: null }
  const change = row.changes.find((c) => c.counter === counter)
  const word = change === undefined ? null : figureWord(row, change)
  return change === undefined || word === null ? null : { word, from: change.before, to: change.after }
}

/** Every version of a counter (by index and key), newest first. */
export function versionsOf(rows: readonly VersionRow[], counter: number, key: string): Version[] {
  return rows
    .flatMap((row): Version[] => {
      const change = changeOf(row, counter, key)
      if (change === null) return []
      const { seq, at, by } = row
      return [
        {
          seq,
          at,
          by,
          ...change,
          reason: row.reason ?? null,
          confirmed: row.confirmed?.[key] !== undefined,
          why: row.confirmed?.[key] === undefined ? null : (row.why ?? null),
          level: row.level ?? null,
          other: row.other === undefined ? null : { ...row.other, side: row.side ?? 'from' },
        },
      ]
    })
    .sort((a, b) => b.seq - a.seq)
}

/** What the counter was before the value that stands in a dispute was given; undefined while it is not known. */
export function disputeBase(rows: readonly VersionRow[], counter: number, version: number): number | null | undefined {
  return rows.find((row) => row.seq === version)?.changes.find((c) => c.counter === counter)?.before
}

export interface DayBar {
  day: Day
  /** null = blank */
  value: number | null
}

/** The last days of a counter that anything was expected of, oldest first, and the sheet's own day with `value`. */
export function lastDays(
  line: LineRow | undefined,
  counter: number,
  day: Day,
  value: number | null,
  days = 15,
): DayBar[] {
  const past = (line?.past ?? []).slice(0, days - 1).map((p) => ({ day: p.day, value: p.values[counter] ?? null }))
  return [...past.reverse(), { day, value }]
}

/** What is usual for the cell by the unit's own comparable days; null with too few of them. */
export const usualFor = (line: LineRow | undefined, counter: number): Usual | null =>
  usualOf(line?.usual[counter] ?? [])
