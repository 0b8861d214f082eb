/** Folds recorded events into the state and tells the scopes. Knows no network and no clock. */
import type { Recorded } from '../../shared/event.ts'
import { createScopes, type LiveScopes, type ScopeOptions } from './scopes.ts'
import { emptyState, fold, type State } from './state.ts'

export interface Projector {
  state(): State
  /** events in the order of their seqs, without gaps */
  fold(events: readonly Recorded[]): void
  scopes: LiveScopes
}

/** Begins with a state that was restored, or with nothing; the state is the projector's from then on. */
export function createProjector({ state = emptyState(), ...options }: ScopeOptions & { state?: State }): Projector {
  const scopes = createScopes(state, options)
  return {
    state: () => state,
    fold(events) {
      for (const event of events) scopes.take(fold(state, event))
    },
    scopes,
  }
}
