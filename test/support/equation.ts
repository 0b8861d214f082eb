/** The equation of synchronisation: rows before + patches = rows after = rows of a fresh fold. */
import { expect } from 'vitest'
import { createProjector } from '../../server/live/projector.ts'
import type { Store } from '../../server/store/store.ts'
import type { Actor } from '../../shared/policy.ts'
import { applyPatch, digestOf, type Patch, type Rows } from '../../shared/view/patch.ts'
import type { Bench } from './core.ts'

/** Every scope that the tiny programme has. */
export const SCOPES = [
  'programme',
  'issues',
  'people',
  ...['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1', 'B2'].flatMap((u) => [`unit:${u}`, `sheet:${u}`]),
]

/** A watcher as a client is one: rows, the seq that they are complete up to, and what arrived. */
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

/** Rows of a scope from the whole log, folded by a projector that has seen nothing else. */
export async function freshRows(store: Store, scope: string): Promise<Rows> {
  const projector = createProjector()
  projector.fold(await store.read(0, 1_000_000))
  const w = watcher(scope)
  take(w, projector.changes(scope, 0))
  expect(projector.digest(scope)).toBe(digestOf(w.rows.values()))
  return w.rows
}

const sorted = (rows: Rows) => [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1))

/** Runs `act`, feeding the watchers what changed since their seq, and holds the equation for every scope. */
export async function holdEquation(bench: Bench, act: () => Promise<unknown>, scopes = SCOPES): Promise<void> {
  const { live } = bench.core
  const watchers = scopes.map((scope) => {
    const w = watcher(scope)
    take(w, live.changes(scope, 0))
    return w
  })
  await act()
  for (const w of watchers) {
    take(w, live.changes(w.scope, w.at))
    const after = watcher(w.scope)
    take(after, live.changes(w.scope, 0))
    expect(sorted(w.rows), `before + patches = after in ${w.scope}`).toEqual(sorted(after.rows))
    expect(sorted(await freshRows(bench.store, w.scope)), `after = fresh fold in ${w.scope}`).toEqual(
      sorted(after.rows),
    )
  }
}

/** The scopes that the actor may watch. */
export const scopesOf = (bench: Bench, actor: Actor): string[] =>
  SCOPES.filter((scope) => bench.core.mayWatch(actor, scope).length === 0)
