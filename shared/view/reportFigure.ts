/** A figure of a report as rows show it. */
import type { FigureState } from '../domain/cells.ts'
import type { Restatement } from '../domain/values.ts'
import type { Person } from './row.ts'

/** One counter of a report as it stands, with names. */
export interface ReportFigure {
  /** newest value; null = blank */
  value: number | null
  /** the value that counts as approved */
  approved: number | null
  state: FigureState
  /** seq of the event that gave the value; what an edit names as its basis. 0 = never given */
  version: number
  /** seq of the newest event on this figure by anybody else than `by`; 0 = none */
  foreign: number
  /** of the value; null when never given */
  by: Person | null
  /** ms since epoch */
  at: number
  /** levels that have approved the value so far */
  level: number
  restated?: { type: Restatement; reason: string }
  /** codes of the warnings that somebody stood by */
  confirmed?: readonly string[]
  /** why, where they said so */
  why?: string
  /** the other value while disputed */
  claim?: { value: number; by: Person; at: number; version: number }
  returned?: { reason: string; by: Person; at: number }
  /** numbers of the moves that wait for review and that the value is a part of: they are reviewed as one */
  moves?: readonly number[]
  /** how much of the approved value counts at the other end of a move that waits */
  away?: number
  /** its day is locked, and a lock has carried it over: it can still be brought to an end (P5) */
  carried?: true
  /** what reviewers asked about the value while it waits, the oldest first */
  inquiries?: readonly FigureInquiry[]
}

/** A reviewer's question about a figure that waits. */
export interface FigureInquiry {
  /** of the event that asked: an answer names it */
  seq: number
  text: string
  by: Person
  /** ms since epoch */
  at: number
  /** absent while it is open */
  answer?: { text: string; by: Person; at: number }
}
