/** Rows of a scope in the order of their last change, so that "changed since" walks only what changed. */
import { type Digest, emptyDigest } from '../../shared/view/patch.ts'
import type { Row } from '../../shared/view/rows.ts'

/** A row of the projection; `row` is null while it waits to be built. */
export interface Slot {
  /** seq of the last event that touched it */
  seq: number
  /** the fold that last touched it: a slot moves once a fold, however many events touch it */
  turn: number
  row: Row | null
  build(): Row
  in: Place[]
}

/** Where a slot stands in one scope's order. */
interface Place {
  scope: Scope
  slot: Slot
  older: Place | null
  newer: Place | null
}

export interface Scope {
  newest: Place | null
  /** slots to be built before the digest is true */
  waiting: Set<Slot>
  /** kept up from the first time that somebody asks */
  digest: Digest | null
}

export const emptyScope = (): Scope => ({ newest: null, waiting: new Set(), digest: null })

export function enter(scope: Scope, slot: Slot): void {
  const place: Place = { scope, slot, older: scope.newest, newer: null }
  if (scope.newest !== null) scope.newest.newer = place
  scope.newest = place
  slot.in.push(place)
}

/** The slot has changed: it is the newest of its scopes and waits to be built. To be called in the order of seqs. */
export function renew(slot: Slot): void {
  for (const place of slot.in) {
    const { scope } = place
    if (scope.digest !== null) {
      if (slot.row !== null) scope.digest.remove(slot.row)
      scope.waiting.add(slot)
    }
    if (scope.newest === place) continue
    place.newer!.older = place.older
    if (place.older !== null) place.older.newer = place.newer
    place.older = scope.newest
    place.newer = null
    scope.newest!.newer = place
    scope.newest = place
  }
  slot.row = null
}

function rowOf(slot: Slot): Row {
  if (slot.row !== null) return slot.row
  const row = (slot.row = slot.build())
  for (const { scope } of slot.in) {
    if (scope.digest === null) continue
    scope.waiting.delete(slot)
    scope.digest.add(row)
  }
  return row
}

/** Rows whose last change is after `since`, oldest change first. */
export function rowsSince(scope: Scope, since: number): Row[] {
  const rows: Row[] = []
  for (let at = scope.newest; at !== null && at.slot.seq > since; at = at.older) rows.push(rowOf(at.slot))
  return rows.reverse()
}

export function digestNow(scope: Scope): string {
  if (scope.digest === null) {
    const digest = emptyDigest()
    for (let at = scope.newest; at !== null; at = at.older) digest.add(rowOf(at.slot))
    scope.digest = digest
  } else for (const slot of [...scope.waiting]) rowOf(slot)
  return scope.digest.value()
}
