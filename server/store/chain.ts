/** The hash chain over the log: a changed, removed or inserted event shows. */
import { hash } from 'node:crypto'
import type { Placed, Recorded } from '../../shared/event.ts'

/** Hash before the first event. */
export const GENESIS = '0'.repeat(64)

/** An event's payload exactly as it is stored and hashed. */
export const payloadOf = (event: Placed): string => JSON.stringify(event.data)

/**
 * SHA-256 (hex) over the hash before, and the event's fields separated by line feeds; the payload comes last,
 * so no field can pass for another.
 */
export function chained(before: string, event: Omit<Placed, 'data'>, payload: string): string {
  return hash(
    'sha256',
    `${before}\n${event.seq}\n${event.at}\n${event.actor}\n${event.command}\n${event.type}\n${event.v}\n${payload}`,
  )
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
