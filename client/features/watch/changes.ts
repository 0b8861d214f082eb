/** Changes of reports as the ticker tells them. */
import type { Counter } from '../../../shared/domain/programme.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'

/** What happened, as a key of `overview.change`. */
export type ChangeWord = 'first' | 'edited' | 'late' | 'corrected' | 'reduced' | 'reattributed' | 'disputed' | 'settled'

export function wordOf(row: ChangeRow): ChangeWord {
  if (row.type === 'ReportDisputed') return 'disputed'
  if (row.type === 'DisputeSettled') return 'settled'
  if (row.restated !== undefined) return row.restated
  return row.before === null ? 'first' : 'edited'
}

export interface Told {
  counter: Counter
  from: number | null
  to: number | null
}

/** The counter that the page is about when it changed, else the first that did, else the page's. */
export function tell(row: ChangeRow, counters: readonly Counter[], preferred: string): Told {
  const of = (counter: Counter): Told => ({
    counter,
    from: row.before?.[counter.key] ?? null,
    to: row.values[counter.key] ?? null,
  })
  const told = counters.map(of)
  const wanted = told.find((t) => t.counter.key === preferred) ?? told[0]!
  if (wanted.from !== wanted.to) return wanted
  return told.find((t) => t.from !== t.to) ?? wanted
}

/** Newest first. */
export const newestFirst = (rows: readonly ChangeRow[]): ChangeRow[] => rows.toSorted((a, b) => b.seq - a.seq)
