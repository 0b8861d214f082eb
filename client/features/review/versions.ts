/** The versions of a report as one table: a line for each event that was about its figures. Pure. */
import type { Person, VersionRow } from '../../../shared/view/rows.ts'
import { changeWord, type ChangeWord } from '../../ui/changeWords.ts'

export interface VersionLine {
  seq: number
  /** ms since epoch */
  at: number
  by: Person
  word: ChangeWord
  reason: string | undefined
  /** by counter; undefined = the event was not about it, null = blank. `isNew`: the event gave the value */
  values: readonly ({ value: number | null; isNew: boolean } | undefined)[]
}

/** What gives figures, also as they were. */
const GIVES: ReadonlySet<ChangeWord> = new Set(['first', 'edited', 'late', 'corrected', 'reduced'])

/** The newest first. What was sent back and is given again as it was changes nothing: its figures stand in its line all the same. */
export function versionLines(rows: readonly VersionRow[], counters: number): VersionLine[] {
  const returned = new Map<number, number | null>()
  return rows
    .toSorted((a, b) => a.seq - b.seq)
    .flatMap((row): VersionLine[] => {
      const word = changeWord(row)
      if (word === null) return []
      const values = Array.from({ length: counters }, (_, i) => {
        const change = row.changes.find(({ counter }) => counter === i)
        if (change !== undefined) return { value: change.after, isNew: change.before !== change.after }
        const again = row.changes.length === 0 && GIVES.has(word) ? returned.get(i) : undefined
        return again === undefined ? undefined : { value: again, isNew: false }
      })
      if (GIVES.has(word)) returned.clear()
      for (const { counter, before } of row.changes) if (word === 'returned') returned.set(counter, before)
      const { seq, at, by, reason } = row
      return [{ seq, at, by, word, reason, values }]
    })
    .reverse()
}
