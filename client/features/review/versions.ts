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

/** The newest first. */
export function versionLines(rows: readonly VersionRow[], counters: number): VersionLine[] {
  return rows
    .flatMap((row): VersionLine[] => {
      const word = changeWord(row)
      if (word === null) return []
      const values = Array.from({ length: counters }, (_, i) => {
        const change = row.changes.find(({ counter }) => counter === i)
        return change && { value: change.after, isNew: change.before !== change.after }
      })
      const { seq, at, by, reason } = row
      return [{ seq, at, by, word, reason, values }]
    })
    .sort((a, b) => b.seq - a.seq)
}
