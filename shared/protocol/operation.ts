/** What the office is told of the server and its log. */
import type { Day } from '../progress/day.ts'

/** What can be wrong with a log. */
export const FINDING_CODES = [
  /** not a number of the log, or not the next one; params: expected */
  'seq',
  /** its hash does not follow from the event before it: it, or its place, was changed */
  'chain',
  /** a type or version that this version of the server does not know; params: v */
  'unknown',
  /** what it is about is filed wrongly */
  'subject',
  /** it names something that is not there; params: what, id */
  'reference',
  /** it cannot be folded after those before it; params: why */
  'fold',
  /** what is kept of its command is missing or does not fit; params: command */
  'answer',
  /** a saved state, or what is shown, is not what a fresh fold gives; params: what */
  'state',
  /** the tables are not those of this version; params: why */
  'tables',
  /** the database finds its own pages damaged; params: why */
  'pages',
  /** rows that no chain covers are not what was written; params: tables */
  'rows',
  /** it is not the log whose head was kept outside the file; params: why */
  'head',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

export interface Finding {
  code: FindingCode
  /** the event; null = none in particular */
  seq: number | null
  /** its type, as it stands in the file */
  type: string | null
  params: Record<string, string | number>
}

/** The result of looking through a whole log. */
export interface Verdict {
  /** seq of the last event */
  head: number
  /** looked through without a finding, up to the first bad one */
  events: number
  commands: number
  /** saved states, and scopes as they are shown, that were compared with a fresh fold */
  states: number
  /** at most one of each kind, the first bad event first; empty = whole */
  findings: Finding[]
}

/** ISO 8601, UTC */
type Moment = string

export interface OperationReport {
  /** of the log, as it is shown */
  head: number
  today: Day | null
  /** the head as it was last kept outside the file; null = nowhere */
  kept: { seq: number; at: Moment } | null
  /** why nothing is written, or why the server is not ready; empty = it is */
  causes: { cause: string; since: Moment }[]
  /** the last backup that anybody made and that was recorded; null = none */
  backup: { seq: number; at: Moment } | null
  /** looking through the whole log since the start */
  verify: {
    began: Moment
    /** null while it goes on */
    ended: Moment | null
    /** null until it has ended, or when it could not be done */
    verdict: Verdict | null
  }
}
