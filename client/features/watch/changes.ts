/** Changes of reports as the ticker tells them. */
import type { Counter } from '../../../shared/domain/programme.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'

export interface ToldChange {
  counter: Counter
  from: number | null
  to: number | null
}

/** The counter that the page is about when it changed, else the first that did; null when none did. */
export function tell(row: ChangeRow, counters: readonly Counter[], preferred: string): ToldChange | null {
  const told = row.changes.map(({ counter, before, after }) => ({
    counter: counters[counter]!,
    from: before,
    to: after,
  }))
  const changed = told.filter((t) => t.from !== t.to)
  const among = changed.length > 0 ? changed : told
  return among.find((t) => t.counter.key === preferred) ?? among[0] ?? null
}

/** Newest first. */
export const newestFirst = (rows: readonly ChangeRow[]): ChangeRow[] => rows.toSorted((a, b) => b.seq - a.seq)
