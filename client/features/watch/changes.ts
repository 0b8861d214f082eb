/** Changes of reports as the ticker tells them. */
import type { Counter } from '../../../shared/domain/programme.ts'
import type { Restatement } from '../../../shared/domain/values.ts'
import type { EventType } from '../../../shared/event.ts'
import type { ChangeRow } from '../../../shared/view/rows.ts'

/** What happened, as a key of `overview.changes`. */
export type ChangeWord =
  'first' | 'edited' | Restatement | 'disputed' | 'settled' | 'withdrawn' | 'approved' | 'returned'

type What = Pick<ChangeRow, 'changes' | 'restated'>

const WORDS: Record<EventType, ((what: What) => ChangeWord) | null> = {
  ReportSubmitted: ({ changes }) => (changes.every((c) => c.before === null) ? 'first' : 'edited'),
  ReportRestated: ({ restated }) => restated ?? 'corrected',
  ReportDisputed: () => 'disputed',
  DisputeSettled: () => 'settled',
  ReportWithdrawn: () => 'withdrawn',
  ReportReattributed: () => 'reattributed',
  ReportApproved: () => 'approved',
  ReportReturned: () => 'returned',
  // these change no figure
  ReattributionOffered: null,
  ReattributionDeclined: null,
  ProgrammeOpened: null,
  BaselineAdded: null,
  DayBegan: null,
  DeadlinePassed: null,
  MemberAdded: null,
  MemberEnded: null,
  PeriodLocked: null,
  PeriodReopened: null,
  IssueLogged: null,
  IssueReplied: null,
  IssueClosed: null,
  IssueReopened: null,
}

/** Null of an event that changed no figure. */
export const wordOf = (row: ChangeRow): ChangeWord | null => WORDS[row.type]?.(row) ?? null

/** What took a reached day back, by the type of the event. */
export function causeOf(type: string): ChangeWord | null {
  const edit: What = { changes: [{ counter: 0, before: 0, after: 0 }] }
  return Object.hasOwn(WORDS, type) ? (WORDS[type as EventType]?.(edit) ?? null) : null
}

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
