/** The algebra of patches: one shape for first load, resume and live change. */
import type { Row } from './rows.ts'

/** Rows of a scope whose last change is after `from` and not after `to`. */
export interface Patch {
  scope: string
  from: number
  to: number
  rows: Row[]
}

/** What the server holds of a scope at a seq; a client that differs is not current. */
export interface Proof {
  scope: string
  seq: number
  digest: string
}

export type Rows = Map<string, Row>

/** `gap`: the patch starts after what is held, so something is missing: ask again since `at`. */
export type Applied = { ok: true; at: number; changed: Row[] } | { ok: false; reason: 'gap' }

/** Applies a patch in place to rows that are complete up to `at`. A patch already held changes nothing. */
export function applyPatch(rows: Rows, at: number, patch: Patch): Applied {
  if (patch.from > at) return { ok: false, reason: 'gap' }
  if (patch.to <= at) return { ok: true, at, changed: [] }
  for (const row of patch.rows) rows.set(row.key, row)
  return { ok: true, at: patch.to, changed: patch.rows }
}

/** Order does not matter, so it can be kept up row by row. */
export interface Digest {
  add(row: Row): void
  remove(row: Row): void
  /** 16 hex digits */
  value(): string
}

export function emptyDigest(): Digest {
  let high = 0
  let low = 0
  return {
    add(row) {
      const [h, l] = hashOf(row)
      high = (high + h) >>> 0
      low = (low + l) >>> 0
    },
    remove(row) {
      const [h, l] = hashOf(row)
      high = (high - h) >>> 0
      low = (low - l) >>> 0
    },
    value: () => high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0'),
  }
}

export function digestOf(rows: Iterable<Row>): string {
  const digest = emptyDigest()
  for (const row of rows) digest.add(row)
  return digest.value()
}

/** Two mixed 32-bit lanes over the row's JSON (the finaliser of MurmurHash3, public domain, A. Appleby). */
function hashOf(row: Row): [number, number] {
  const s = JSON.stringify(row)
  let h = 0x9747b28c
  let l = 0x85ebca6b
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i)
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
