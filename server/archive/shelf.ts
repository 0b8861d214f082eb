/** States of earlier seqs in memory, as many as have room: between two of them little is left to be folded. */
import { deserialize, serialize } from 'node:v8'
import { restoreState, saveState } from '../live/state.ts'
import type { Saved } from './checkpoints.ts'
import type { Mark } from './mark.ts'
import { isWanted, leastMissed } from './spread.ts'

export interface Shelf {
  /** a copy of the latest state whose place is let through and whose seq is above `above` */
  latest(reached: (mark: Mark) => boolean, above: number): Saved | undefined
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
  const kept = new Map<number, { mark: Mark; body: Buffer }>()
  let bytes = 0
  /** of the last one */
  let size = 0
  const seqs = () => [...kept.keys()].sort((a, b) => a - b)

  function drop(seq: number): void {
    bytes -= kept.get(seq)!.body.length
    kept.delete(seq)
  }

  return {
    latest(reached, above) {
      const best = seqs().findLast((seq) => seq > above && reached(kept.get(seq)!.mark))
      if (best === undefined) return undefined
      const { mark, body } = kept.get(best)!
      return { mark, state: restoreState(deserialize(body)) }
    },
    wanted: (seq, head) => size <= room && isWanted(seqs(), seq, Math.max(LEAST, (head * size) / room)),
    put({ mark, state }) {
      const body = serialize(saveState(state))
      size = body.length
      if (size > room || kept.has(mark.seq)) return
      kept.set(mark.seq, { mark, body })
      bytes += size
      while (bytes > room) drop(leastMissed(seqs())!)
    },
    clear() {
      kept.clear()
      bytes = 0
    },
  }
}
