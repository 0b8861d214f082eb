/** The past of a cell: its versions, its dispute, its last days. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import { type Usual, usualOf } from '../../../shared/progress/usual.ts'
import type { LineRow, Person, VersionRow } from '../../../shared/view/rows.ts'
import { type ChangeWord, changeWord } from '../../ui/changeWords.ts'

/** One version of a figure: an event that was about this counter. */
export interface Version {
  seq: number
  /** ms since epoch */
  at: number
  by: Person
  word: ChangeWord
  reason: string | null
  /** null = blank */
  from: number | null
  to: number | null
  /** it was confirmed against a question */
  confirmed: boolean
  /** levels that had approved it then; null for anything but an approval */
  level: number | null
  /** the other report of a re-attribution */
  other: { unit: string; day: Day; side: 'from' | 'to' } | null
}

/** Every version of a counter (by index and key), newest first. */
export function versionsOf(rows: readonly VersionRow[], counter: number, key: string): Version[] {
  return rows
    .flatMap((row): Version[] => {
      const change = row.changes.find((c) => c.counter === counter)
      // the word is about this counter alone, whatever else the event was about
      const word = change === undefined ? null : changeWord({ ...row, changes: [change] })
      if (change === undefined || word === null) return []
      const { seq, at, by } = row
      return [
        {
          seq,
          at,
          by,
          word,
          reason: row.reason ?? null,
          from: change.before,
          to: change.after,
          confirmed: row.confirmed?.[key] !== undefined,
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
