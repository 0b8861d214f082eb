/** A place in the log: after which event, and when. */
import type { Recorded } from '../../shared/event.ts'
import { GENESIS } from '../store/chain.ts'

export interface Mark {
  /** of the last event */
  seq: number
  /** its hash */
  hash: string
  /** ms since epoch: the latest moment at which any event so far was recorded (clocks are set back now and then) */
  moment: number
}

/** Before the first event. */
export const BEGINNING: Mark = { seq: 0, hash: GENESIS, moment: -Infinity }

/** The place after the event that follows. */
export const after = (mark: Mark, { seq, hash, at }: Recorded): Mark => ({
  seq,
  hash,
  moment: Math.max(mark.moment, Date.parse(at)),
})
