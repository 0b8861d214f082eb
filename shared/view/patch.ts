/** The algebra of patches: one shape for first load, resume, live change, removal and a view of the past. */
import type { WireRow } from './wire.ts'

/** Rows of a scope whose last change is after `from` and not after `to`, and the keys of those that went. */
export interface Patch {
  scope: string
  from: number
  to: number
  rows: readonly WireRow[]
  gone?: readonly string[]
  /** these are all rows of the scope: what is held and not among them is dropped */
  reset?: true
}

/**
 * What the server knows of itself that a reader of its figures has to know. `damaged`: the log is, so figures may be wrong
 * and nothing is taken; `closed`: nothing can be written, what is shown is right; `behind`: newer events are not shown yet.
 */
export type Trouble = 'damaged' | 'closed' | 'behind'

/** What the server holds of a socket's scopes; a client that differs is not current. */
export interface Proof {
  /** ms of the server's clock when it was sent */
  sent: number
  /** ms until the next one at the latest */
  next: number
  heads: readonly (readonly [scope: string, seq: number, digest: string])[]
  /** left out while there is none */
  trouble?: Trouble
}

/** A row that is held, with the two lanes of its hash. */
export interface Held {
  row: WireRow
  hash: RowHash
}
export type RowHash = readonly [high: number, low: number]

/** What a client holds of a scope, by key. */
export type Rows = Map<string, Held>

/** `gap`: the patch starts after what is held, so something is missing: ask again since `at`. */
export type Applied =
  { ok: true; at: number; changed: readonly WireRow[]; gone: readonly string[] } | { ok: false; reason: 'gap' }

/**
 * Applies a patch in place to rows that are complete up to `at`. A patch already held changes nothing, unless it is a
 * reset, which always stands for itself. `changed` and `gone` are what really differs from what was held.
 */
export function applyPatch(rows: Rows, at: number, patch: Patch): Applied {
  if (patch.reset === true) return reset(rows, patch)
  if (patch.from > at) return { ok: false, reason: 'gap' }
  if (patch.to <= at) return { ok: true, at, changed: [], gone: [] }
  const changed = patch.rows.filter((row) => put(rows, row))
  const gone = (patch.gone ?? []).filter((key) => rows.delete(key))
  return { ok: true, at: patch.to, changed, gone }
}

function reset(rows: Rows, patch: Patch): Applied {
  const keys = new Set(patch.rows.map(([key]) => key))
  const gone = [...rows.keys()].filter((key) => !keys.has(key))
  for (const key of gone) rows.delete(key)
  return { ok: true, at: patch.to, changed: patch.rows.filter((row) => put(rows, row)), gone }
}

/** True when the row differs from the one that was held. */
function put(rows: Rows, row: WireRow): boolean {
  const hash = hashOf(JSON.stringify(row))
  const held = rows.get(row[0])
  if (held !== undefined && held.hash[0] === hash[0] && held.hash[1] === hash[1]) return false
  rows.set(row[0], { row, hash })
  return true
}

/** Order does not matter, so it can be kept up row by row. */
export interface Digest {
  add(hash: RowHash): void
  remove(hash: RowHash): void
  /** 16 hex digits; zeros of nothing */
  value(): string
}

export function emptyDigest(): Digest {
  let high = 0
  let low = 0
  return {
    add([h, l]) {
      high = (high + h) >>> 0
      low = (low + l) >>> 0
    },
    remove([h, l]) {
      high = (high - h) >>> 0
      low = (low - l) >>> 0
    },
    value: () => high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0'),
  }
}

/** Digest of what is held. */
export function digestOf(rows: Rows): string {
  const digest = emptyDigest()
  for (const { hash } of rows.values()) digest.add(hash)
  return digest.value()
}

/** Two mixed 32-bit lanes over a row's JSON text (the finaliser of MurmurHash3, public domain, A. Appleby). */
export function hashOf(text: string): RowHash {
  let h = 0x9747b28c
  let l = 0x85ebca6b
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    h = Math.imul(h ^ c, 0x5bd1e995)
    l = Math.imul(l ^ c, 0x1b873593)
  }
  return [finish(h ^ (l >>> 13)), finish(l ^ (h >>> 11))]
}

function finish(x: number): number {
  let h = x
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
