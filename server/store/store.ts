/** The seam to durable storage. A store knows envelopes, not reports. */
import type { Answer } from '../../shared/command.ts'
import type { Placed, Recorded } from '../../shared/event.ts'

/** One accepted command: what it caused and what it was answered. */
export interface Entry {
  /** the command's id */
  id: string
  /** SHA-256 of the command's kind, data and actor: the same id with another body is told apart */
  fingerprint: string
  answer: Answer
  events: Placed[]
}

export interface Answered {
  fingerprint: string
  answer: Answer
}

export interface Store {
  /** seq of the last event; 0 when empty */
  head(): Promise<number>
  /**
   * All entries in one transaction, on disk when it resolves; their events carry the seqs expected + 1 … .
   * `conflict` (and nothing written) when the head is not `expected` any more. Rejects when the disk refuses.
   */
  append(expected: number, entries: readonly Entry[]): Promise<Recorded[] | 'conflict'>
  /** the first answers of those of the ids that have one */
  answers(ids: readonly string[]): Promise<Map<string, Answered>>
  /** events after a seq, in order, at most `limit` */
  read(after: number, limit: number): Promise<Recorded[]>
  /** all events about a subject, in order; see `subjectOf` */
  bySubject(subject: string): Promise<Recorded[]>
  close(): Promise<void>
}
