/** The hash chain over the log: a changed, removed or inserted event shows. */
import { hash } from 'node:crypto'
import type { Placed, Recorded } from '../../shared/event.ts'

/** Hash before the first event. */
export const GENESIS = '0'.repeat(64)

/** An event's payload exactly as it is stored and hashed. */
export const payloadOf = (event: Placed): string => JSON.stringify(event.data)

/** The fields of an event that are hashed besides its payload. */
export type Hashed = Pick<Placed, 'seq' | 'at' | 'actor' | 'command' | 'v'> & { type: string }

/**
 * SHA-256 (hex) over the hash before, and the event's fields separated by line feeds; the payload comes last,
 * so no field can pass for another.
 */
export function chained(before: string, event: Hashed, payload: string): string {
  return hash(
    'sha256',
    `${before}\n${event.seq}\n${event.at}\n${event.actor}\n${event.command}\n${event.type}\n${event.v}\n${payload}`,
  )
}

/** What is kept of a command: its row in the table of commands. */
export interface KeptAnswer {
  id: string
  fingerprint: string
  actor: string
  /** that the answer carries */
  seq: number
  /** how many it caused */
  events: number
  /** JSON of a `Stood` */
  stood: string | null
  /** JSON of the items that were left out */
  refused: string | null
}

/** SHA-256 (hex) over a command's row: it is none of the chain, and what was changed in it shows all the same. */
export const answerHash = ({ id, fingerprint, actor, seq, events, stood, refused }: KeptAnswer): string =>
  hash('sha256', [id, fingerprint, actor, seq, events, stood ?? '', refused ?? ''].join('\n'))

/** The answer that was kept for a command is not what was written. */
export class AnswerDamaged extends Error {
  constructor(id: string) {
    super(`what is kept of the command ${id} is damaged`)
    this.name = 'AnswerDamaged'
  }
}

/** The seq of the first event whose hash does not follow from the one before; null when all do. */
export function firstBroken(before: string, events: readonly Recorded[]): number | null {
  let last = before
  for (const event of events) {
    if (chained(last, event, payloadOf(event)) !== event.hash) return event.seq
    last = event.hash
  }
  return null
}
