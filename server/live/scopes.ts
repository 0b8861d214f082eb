/** Scopes as they are watched: rows kept as text while somebody watches or has lately asked, and what changed since when. */
import type { Recorded } from '../../shared/event.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { Change, State } from './state.ts'

/** A merged patch of a watched scope, encoded once. */
export interface Flushed {
  scope: string
  from: number
  to: number
  /** JSON of the `Patch` */
  text: string
}

export interface LiveScopes {
  /** rows of the scope that changed after `since`, and what went; everything, marked `reset`, when that is not known */
  changes(scope: string, since: number): Patch
  /** the same as JSON */
  changesText(scope: string, since: number): string
  /** seq and digest of the scope's rows as they stand */
  head(scope: string): { seq: number; digest: string }
  /** somebody watches: patches are made for the scope from now on; counted */
  open(scope: string): void
  close(scope: string): void
  /** takes in what a fold did; to be called for every change, in order */
  take(change: Change): void
  /** patches of the open scopes with changes since their last one */
  flush(): Flushed[]
  /** number of rows and removals kept, for metrics and tests */
  size(): { scopes: number; rows: number }
  /**
   * A history scope's rows come from stored events. True when they are not here: read the events of the subject (the
   * scope without `history:`) and hand them to `openHistory` before `changes` or `open`.
   */
  needsHistory(scope: string): boolean
  /**
   * Materialises a history scope from the events about its subject, in order; those that are folded in later are taken
   * live. Events after the state's seq are left out (they will be taken when they are folded). Events that were folded
   * while they were being read may be missing from `events`: they are told by seq and never counted twice.
   */
  openHistory(scope: string, events: readonly Recorded[]): void
}

export interface ScopeOptions {
  /** ms of a clock that only goes forward */
  now: () => number
  /** ms that a scope is kept after its last watcher */
  keepMs?: number
  /** scopes that are kept at most, besides the watched ones */
  most?: number
}

/** Scopes over a state that is folded in place; they hold nothing that cannot be made again from it. */
export function createScopes(state: () => State, options: ScopeOptions): LiveScopes
