/** What the list of changes shows of a change. */
import type { Counter } from '../../../shared/domain/programme.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'
import { type ChangeWord, changeWord } from '../../ui/changeWords.ts'

/** `null` is blank. */
export interface CounterChange {
  counter: Counter
  from: number | null
  to: number | null
}

/** The counter that the page is about when it changed, else the first that did; null when none did. */
export function changeToShow(row: ChangeRow, counters: readonly Counter[], preferred: string): CounterChange | null {
  const all = row.changes.map(({ counter, before, after }) => ({
    counter: counters[counter]!,
    from: before,
    to: after,
  }))
  const changed = all.filter((c) => c.from !== c.to)
  const among = changed.length > 0 ? changed : all
  return among.find((c) => c.counter.key === preferred) ?? among[0] ?? null
}

/** What an event did to the counter shown: what another one's fall is called is not said of its rise. */
export function wordFor(row: ChangeRow, { from, to }: Pick<CounterChange, 'from' | 'to'>): ChangeWord | null {
  const word = changeWord(row)
  return word === 'reduced' && from !== null && to !== null && to > from ? 'corrected' : word
}

/** Newest first. */
export const newestFirst = (rows: readonly ChangeRow[]): ChangeRow[] => rows.toSorted((a, b) => b.seq - a.seq)
