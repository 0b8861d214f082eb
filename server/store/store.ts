/** The seam to durable storage. A store knows envelopes, not reports. */
import type { Accepted, Happening } from '../../shared/command.ts'
import type { Placed, Recorded } from '../../shared/event.ts'

/** Items that an accepted command left out. */
export type LeftOut = NonNullable<Accepted['refused']>

/** One accepted command and what it caused. */
export interface Entry {
  /** the command's id */
  id: string
  /** SHA-256 of the command's actor, kind and data: the same id with another body is told apart */
  fingerprint: string
  /** member id of the sender, or `system` */
  actor: string
  /** seq that its answer carries: of its last event, else of the head it was decided on */
  seq: number
  events: Placed[]
  /** see `Stood` */
  stood: Stood | null
  /** items that were left out, which the same id is told again; null = none */
  refused: LeftOut | null
}

/** Versions of figures that a command named and left as they were: by report (`UNIT/DAY`), then counter. */
export type Stood = Record<string, Record<string, number>>

/** What a command was answered when it was accepted. */
export interface Answered {
  fingerprint: string
  actor: string
  seq: number
  /** one for each of its events, which are the `happened.length` up to and with `seq` */
  happened: Happening[]
  /** null where it left nothing that it named as it was */
  stood: Stood | null
  refused: LeftOut | null
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
  /**
   * Events after a seq, in order, at most `limit`. Rejects with a LogFault at an event that this version does not
   * understand, or that does not follow from the one before it.
   */
  read(after: number, limit: number): Promise<Recorded[]>
  /** all events about a subject, in order; see `subjectOf`. Rejects with a LogFault at one that is not understood */
  bySubject(subject: string): Promise<Recorded[]>
  /** calls with the head's seq after every append, by whomever, this process or another; the returned function ends it */
  tail(listener: (head: number) => void): () => void
  /** last sign of life of a server on this store (ISO 8601, UTC), which is no part of the log; null before the first */
  life(): Promise<string | null>
  /** leaves a sign of life in place of the one before. Rejects when the disk refuses */
  alive(at: string): Promise<void>
  close(): Promise<void>
}
