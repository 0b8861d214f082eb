/** The equation of synchronisation: rows before + patches = rows after = rows of a fresh fold. */
import { expect } from 'vitest'
import { missingIn } from '../../server/archive/references.ts'
import { createProjector, type Projector } from '../../server/live/projector.ts'
import type { State } from '../../server/live/state.ts'
import { isHistory, rowsOf, subjectOf } from '../../server/live/views/scope.ts'
import type { Store } from '../../server/store/store.ts'
import { emptyWorld } from '../../shared/domain/world.ts'
import { evolve, type Recorded, subjectOf as subjectOfEvent } from '../../shared/event.ts'
import { type Actor, mayWatch, parseScope } from '../../shared/policy.ts'
import { applyPatch, digestOf, type Patch, type Rows } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { type Bench, office } from './core.ts'

const UNITS = ['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2']
const SHEET_DAYS = ['2008-01-03', '2008-01-04', '2008-01-08']

/** Scopes of every kind that the tiny programme has; issues and histories of what its tests make. */
export const SCOPES = [
  'programme',
  'issues',
  'issue:1',
  'issue:2',
  'people',
  ...UNITS.map((unit) => `unit:${unit}`),
  ...['C', 'A', 'B1'].flatMap((unit) => [`calendar:${unit}`, `silence:${unit}`]),
  ...UNITS.map((unit) => `work:${unit}`),
  ...['C', 'A', 'B', 'A1', 'B1'].flatMap((unit) => SHEET_DAYS.map((day) => `sheet:${unit}/${day}`)),
  ...['A1', 'A2', 'B1'].flatMap((unit) => SHEET_DAYS.slice(0, 2).map((day) => `history:report/${unit}/${day}`)),
  ...['C', 'A', 'B1'].map((unit) => `queue:${unit}`),
  'history:member/otherA',
  'history:period',
  'history:clock',
]

/** A watcher as a client is one: rows, the seq that they are complete up to. */
export interface Watcher {
  scope: string
  rows: Rows
  at: number
}

export const watcher = (scope: string): Watcher => ({ scope, rows: new Map(), at: 0 })

/** Takes a patch; throws on a gap. */
export function take(w: Watcher, patch: Patch): void {
  const applied = applyPatch(w.rows, w.at, patch)
  if (!applied.ok) throw new Error(`gap in ${w.scope}: at ${w.at}, patch from ${patch.from}`)
  w.at = applied.at
}

/** Rows in the order of their keys. */
export const sorted = (rows: Iterable<WireRow>): WireRow[] => [...rows].sort((a, b) => (a[0] < b[0] ? -1 : 1))
export const heldBy = ({ rows }: Watcher): WireRow[] => sorted([...rows.values()].map((held) => held.row))

/** A projector whose clock stands, so that nothing is let go. */
export function freshFold(events: readonly Recorded[]): Projector {
  const projector = createProjector({ now: () => 0 })
  projector.fold(events)
  return projector
}

/** All rows of a scope in a state; `events` are the log it was folded from. As they come from the wire. */
export function rowsIn(state: State, scope: string, events: readonly Recorded[]): WireRow[] {
  const about = isHistory(scope) ? events.filter((e) => subjectOfEvent(e) === subjectOf(scope)) : []
  return sorted(JSON.parse(JSON.stringify(rowsOf(state, scope, about))) as WireRow[])
}

/** What events of a log name although it is not there before them: a log that the server wrote has none. */
export function missingFrom(events: readonly Recorded[]): string[] {
  const world = emptyWorld()
  return events.flatMap((event) => {
    const missing = missingIn(world, event)
    evolve(world, event)
    return missing === null ? [] : [`${event.type} names ${missing.what} ${missing.id}`]
  })
}

export const logOf = (store: Store): Promise<Recorded[]> => store.read(0, 1_000_000)

/** What the core's live edge answers. */
export async function liveChanges({ core }: Bench, scope: string, since: number): Promise<Patch> {
  // rights are another matter: what is asked here is whether the rows are right
  if (isHistory(scope)) await core.prepare(office, scope)
  return JSON.parse(core.live.changesText(scope, since)) as Patch
}

/** Runs `act`, feeding the watchers what changed since their seq, and holds the equation for every scope. */
export async function holdEquation(bench: Bench, act: () => Promise<unknown>, scopes = SCOPES): Promise<void> {
  const watchers: Watcher[] = []
  for (const scope of scopes) {
    const w = watcher(scope)
    take(w, await liveChanges(bench, scope, 0))
    watchers.push(w)
  }
  await act()
  const events = await logOf(bench.store)
  expect(missingFrom(events), 'the log is whole to whoever checks it').toEqual([])
  const fresh = freshFold(events)
  for (const w of watchers) {
    const patch = await liveChanges(bench, w.scope, w.at)
    expect(patch.reset, `${w.scope} goes on from where it was`).toBeUndefined()
    take(w, patch)
    const after = watcher(w.scope)
    take(after, await liveChanges(bench, w.scope, 0))
    expect(heldBy(w), `before + patches = after in ${w.scope}`).toEqual(heldBy(after))
    expect(rowsIn(fresh.state(), w.scope, events), `after = fresh fold in ${w.scope}`).toEqual(heldBy(after))
    expect(bench.core.live.head(w.scope), `digest of ${w.scope}`).toEqual({ seq: w.at, digest: digestOf(w.rows) })
  }
}

/** The scopes that the actor may watch. */
export function scopesOf({ core }: Bench, actor: Actor): string[] {
  const { units } = core.setting()!
  return SCOPES.filter((scope) => mayWatch(actor, parseScope(scope)!, units, core.now().today))
}
