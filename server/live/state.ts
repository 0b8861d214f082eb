/** Everything that is folded from the log, as plain data: it can be saved, restored and folded on. */
import type { World } from '../../shared/domain/world.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Figure } from '../../shared/domain/cells.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { Ledger } from './ledger.ts'

/** Of the shape of saved states; another one is folded afresh. */
export const STATE_VERSION = 1

export interface State {
  world: World
  /** sums by unit and day; null until a programme is open */
  ledger: Ledger | null
}

/** What an event did. */
export interface Change {
  event: Recorded
  /** the report that it is about, by counter before and after; null when it is about none */
  cell: { unit: string; day: Day; before: readonly Figure[]; after: readonly Figure[] } | null
  /** true when anything that depends on today, on deadlines or on the programme may differ */
  movesClock: boolean
}

/** Before the first event. */
export function emptyState(): State

/** Folds one event into the state, in place. Events come in the order of their seqs, without gaps. */
export function fold(state: State, event: Recorded): Change

/** A copy for a checkpoint that `v8.serialize` and `structuredClone` take; it shares nothing that later folds change. */
export function saveState(state: State): unknown

/** The state that was saved. Throws when it is not of this `STATE_VERSION` or not a state at all. */
export function restoreState(saved: unknown): State
