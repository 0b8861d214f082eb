/** Keeps what is shown up with the log, whoever writes to it. */
import type { World } from '../../shared/domain/world.ts'
import { LogFault, type Recorded } from '../../shared/event.ts'
import type { Store } from '../store/store.ts'

export interface Follower {
  /** folds what the log has beyond the world. Rejects with a LogFault or LogCut, or as the store does */
  catchUp(): Promise<void>
  /** folds events that follow; `folded` is told after each slice up to which seq. Rejects with a LogFault */
  foldAll(events: readonly Recorded[], folded?: (seq: number) => void): Promise<void>
}

/** The log has lost events that have been shown. */
export class LogCut extends Error {
  constructor(head: number, shown: number) {
    super(`the log ends at event ${head}, and ${shown} have been shown`)
    this.name = 'LogCut'
  }
}

export interface FollowOptions {
  store: Pick<Store, 'read' | 'head'>
  world: () => World
  fold(events: readonly Recorded[]): void
}

/** Events read, and events folded, without letting others run. */
const PAGE = 1_000
const SLICE = 250

export const breathe = (): Promise<void> => new Promise((resume) => setImmediate(resume))

export function createFollower({ store, world, fold }: FollowOptions): Follower {
  async function foldAll(events: readonly Recorded[], folded?: (seq: number) => void): Promise<void> {
    for (let i = 0; i < events.length; i += SLICE) {
      if (i > 0) await breathe()
      try {
        fold(events.slice(i, i + SLICE))
      } catch (error) {
        const { seq, type, v } = events.find((event) => event.seq === world().seq) ?? events[i]!
        throw new LogFault(seq, type, v, 'contradictory', error)
      }
      folded?.(world().seq)
    }
  }

  return {
    foldAll,
    async catchUp() {
      for (;;) {
        const page = await store.read(world().seq, PAGE)
        if (page.length === 0) break
        await foldAll(page)
        await breathe()
      }
      const head = await store.head()
      if (head < world().seq) throw new LogCut(head, world().seq)
    },
  }
}
