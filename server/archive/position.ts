/** A position in the log: after which event, and when. */
import type { Recorded } from '../../shared/event.ts'
import { GENESIS } from '../store/chain.ts'

export interface Position {
  /** of the last event */
  seq: number
  /** its hash */
  hash: string
  /** ms since epoch: the latest moment at which any event so far was recorded (clocks are set back now and then) */
  moment: number
}

/** Before the first event. */
export const BEGINNING: Position = { seq: 0, hash: GENESIS, moment: -Infinity }

/** The position after the event that follows. */
export const after = (position: Position, { seq, hash, at }: Recorded): Position => ({
  seq,
  hash,
  moment: Math.max(position.moment, Date.parse(at)),
})
