/** When what was folded goes out: the first change after quiet at once, then one patch of each scope in a tick. */
import type { Flushed, LiveScopes } from './scopes.ts'

/** Takes what goes out to those who watch. */
export interface Listener {
  /** Resolves when all of it has been written; the next comes after that. */
  flushed(patches: readonly Flushed[]): Promise<void>
  memberEnded(member: string): void
}

/** What the live edge needs. */
export interface Live extends Pick<LiveScopes, 'changesText' | 'head' | 'open' | 'close'> {
  /** returns unsubscribe */
  on(listener: Listener): () => void
}

export interface Fanout extends Live {
  /** new events have been folded */
  scheduleFlush(): void
  memberEnded(member: string): void
  stop(): void
}

export interface Pace {
  /** ms between two patches of a scope at the least, and under load at the most */
  tickMs: number
  slowestMs: number
}

export declare function createFanout(scopes: LiveScopes, pace: Pace): Fanout
