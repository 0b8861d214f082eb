/** What has just happened to the reports of a sheet's lines. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'
import { changeWord, type ChangeWord } from '../../ui/changeWords.ts'

export interface Arrival {
  /** of the newest event of it */
  seq: number
  /** ms since epoch */
  at: number
  unit: string
  day: Day
  word: ChangeWord
  /** figures that it is about */
  figures: number
  /** an index of its counters */
  counter: number
}

/** The newest first, at most `most`; what the same report had done to it again is said once, as it was last. */
export function arrivalsOf(rows: readonly ChangeRow[], units: ReadonlySet<string>, most: number): Arrival[] {
  const known = new Set<string>()
  const arrivals: Arrival[] = []
  for (const row of rows.toSorted((a, b) => b.seq - a.seq)) {
    const { seq, at, unit, day, changes } = row
    const word = changeWord(row)
    const name = `${unit} ${day} ${String(word)}`
    if (word === null || !units.has(unit) || known.has(name)) continue
    known.add(name)
    arrivals.push({ seq, at, unit, day, word, figures: changes.length, counter: changes[0]?.counter ?? 0 })
    if (arrivals.length === most) break
  }
  return arrivals
}
