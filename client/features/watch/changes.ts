/** What the list of changes shows of a change. */
import type { Counter } from '../../../shared/domain/programme.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'
import { type ChangeWord, figureWord } from '../../ui/changeWords.ts'

/** `null` is blank. */
export interface CounterChange {
  counter: Counter
  index: number
  from: number | null
  to: number | null
}

/** The counter that the page is about when it changed, else the first that did; null when none did. */
export function changeToShow(row: ChangeRow, counters: readonly Counter[], preferred: string): CounterChange | null {
  const all = row.changes.map(({ counter, before, after }) => ({
    counter: counters[counter]!,
    index: counter,
    from: before,
    to: after,
  }))
  const changed = all.filter((c) => c.from !== c.to)
  const among = changed.length > 0 ? changed : all
  return among.find((c) => c.counter.key === preferred) ?? among[0] ?? null
}

/** What an event did to the counter shown. */
export const wordFor = (row: ChangeRow, { index, from, to }: CounterChange): ChangeWord | null =>
  figureWord(row, { counter: index, before: from, after: to })

/** Newest first. */
export const newestFirst = (rows: readonly ChangeRow[]): ChangeRow[] => rows.toSorted((a, b) => b.seq - a.seq)
