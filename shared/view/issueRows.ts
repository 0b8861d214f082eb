/** Rows of legal questions. */
import type { Day } from '../progress/day.ts'
import type { Person, RowOf } from './row.ts'

/** What a line of the list of issues and the issue itself have in common. */
interface IssueHead {
  issue: number
  number: string
  title: string
  category: string
  unit: string
  from: Day
  to: Day | null
  article: string | null
  /** keys */
  counters: readonly string[]
  state: 'open' | 'closed'
  /** day of the log on which it was closed; null while it is open */
  closedOn: Day | null
  by: Person
  /** ms since epoch */
  at: number
  /** day of the log on which it was logged */
  day: Day | null
  /** of the event that logged it */
  seq: number
  replies: number
  /** what happened to it last; null when nothing has since it was logged */
  latest: Omit<StepRow, 'kind' | 'key' | 'n' | 'text'> | null
}

/** Scope `issues`. */
export interface IssueLineRow extends RowOf<'issueLine'>, IssueHead {}

/** Scope `issue:N`: the issue with its text. */
export interface IssueRow extends RowOf<'issue'>, IssueHead {
  text: string
}

/** Scope `issue:N`: what happened to it after it was logged; `n` counts from 1. */
export interface StepRow extends RowOf<'step'> {
  n: number
  step: 'replied' | 'closed' | 'reopened'
  text: string
  by: Person
  /** ms since epoch */
  at: number
  /** day of the log */
  day: Day | null
  seq: number
}
