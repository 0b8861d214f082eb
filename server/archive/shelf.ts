/** States of earlier seqs in memory, as many as have room: between two of them little is left to be folded. */
import { deserialize, serialize } from 'node:v8'
import { restoreState, saveState } from '../live/state.ts'
import type { Saved } from './checkpoints.ts'
import type { Position } from './position.ts'
import { isWanted, leastMissed } from './spread.ts'

export interface Shelf {
  /** a copy of the latest state whose position is let through and whose seq is above `above` */
  latest(reached: (position: Position) => boolean, above: number): Saved | undefined
  /** would one of this seq have room, and be far enough from the others, in a log that reaches to `head`? */
  wanted(seq: number, head: number): boolean
  /** keeps a copy; others give way when there is no more room */
  put(saved: Saved): void
  clear(): void
}

/** Events between two states at the least: to fold these takes about as long as to read a state. */
const LEAST = 2_000

/** `room` in bytes. */
export function createShelf(room: number): Shelf {
  const states = new Map<number, { position: Position; body: Buffer }>()
  let bytes = 0
  /** of the last one */
  let size = 0
  const seqs = () => [...states.keys()].sort((a, b) => a - b)

  function drop(seq: number): void {
    bytes -= states.get(seq)!.body.length
    states.delete(seq)
  }

  return {
    latest(reached, above) {
      const best = seqs().findLast((seq) => seq > above && reached(states.get(seq)!.position))
      if (best === undefined) return undefined
      const { position, body } = states.get(best)!
      return { position, state: restoreState(deserialize(body)) }
    },
    wanted: (seq, head) => size <= room && isWanted(seqs(), seq, Math.max(LEAST, (head * size) / room)),
    put({ position, state }) {
      const body = serialize(saveState(state))
      size = body.length
      if (size > room || states.has(position.seq)) return
      states.set(position.seq, { position, body })
      bytes += size
      while (bytes > room) drop(leastMissed(seqs())!)
    },
    clear() {
      states.clear()
      bytes = 0
    },
  }
}
