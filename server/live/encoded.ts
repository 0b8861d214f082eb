/** Rows of one scope as text, with the seq of their last change; removals; a digest that is kept up row by row. */
import { type Digest, emptyDigest, hashOf, type RowHash } from '../../shared/view/patch.ts'
import { encodeRow, type UnitIndex } from '../../shared/view/wire.ts'
import { ALL, type View } from './views/view.ts'

/** Changes of the log for which a removal is kept. */
const REMOVALS_KEPT = 10_000

interface EncodedRow {
  text: string
  hash: RowHash
  /** the row is as it was at this seq, and was not before */
  seq: number
}

export interface EncodedRows {
  /** the row with this key, or any (`ALL`), may differ from what is kept */
  mark(key: string): void
  markAll(): void
  /** makes what is marked anew, as it stands at `seq` */
  refresh(view: View, seq: number, units: UnitIndex): void
  /** JSON of the patch from `since` to `to`, the seq of the last refresh */
  patch(scope: string, since: number, to: number): string
  digest(): string
  /** what changed since the last `unsentPatch` */
  hasUnsent(): boolean
  unsentPatch(scope: string, from: number, to: number): string
  forgetUnsent(): void
  size(): number
}

/** Nothing, of which everything is marked; `floor` is the seq from which on changes are known. */
export function emptyRows(floor: number): EncodedRows {
  const rows = new Map<string, EncodedRow>()
  const removed = new Map<string, number>()
  const digest: Digest = emptyDigest()
  const marked = new Set<string>()
  const unsent = new Set<string>()
  let known = floor
  let isAllMarked = true

  function put(key: string, text: string | null, seq: number): void {
    const old = rows.get(key)
    if (old?.text === text || (old === undefined && text === null)) return
    unsent.add(key)
    rows.delete(key)
    if (old !== undefined) digest.remove(old.hash)
    if (text === null) {
      removed.delete(key)
      removed.set(key, seq)
      return
    }
    const hash = hashOf(text)
    digest.add(hash)
    removed.delete(key)
    // the newest change goes to the end
    rows.set(key, { text, hash, seq })
  }

  function forgetRemovals(seq: number): void {
    for (const [key, at] of removed) {
      if (at >= seq - REMOVALS_KEPT) return
      removed.delete(key)
      known = at
    }
  }

  return {
    mark(key) {
      if (key === ALL) isAllMarked = true
      else if (!isAllMarked) marked.add(key)
    },
    markAll() {
      isAllMarked = true
    },
    refresh(view, seq, units) {
      const make = (key: string) => {
        const row = view.row(key)
        put(key, row === null ? null : JSON.stringify(encodeRow(row, units)), seq)
      }
      if (isAllMarked) {
        const keys = new Set(view.keys())
        for (const key of [...rows.keys()]) if (!keys.has(key)) put(key, null, seq)
        for (const key of keys) make(key)
      } else {
        for (const key of view.restless ?? []) marked.add(key)
        for (const key of marked) make(key)
      }
      isAllMarked = false
      marked.clear()
      forgetRemovals(seq)
    },
    patch(scope, since, to) {
      if (since < known || since > to) return patchText(scope, since, to, [...rows.values()].map(textOf), [], true)
      const changed = [...rows.values()].filter((row) => row.seq > since).map(textOf)
      const gone = [...removed].filter(([, seq]) => seq > since).map(([key]) => key)
      return patchText(scope, since, to, changed, gone, false)
    },
    digest: () => digest.value(),
    hasUnsent: () => unsent.size > 0,
    unsentPatch(scope, from, to) {
      const keys = [...unsent]
      unsent.clear()
      const changed = keys.flatMap((key) => rows.get(key)?.text ?? [])
      return patchText(
        scope,
        from,
        to,
        changed,
        keys.filter((key) => !rows.has(key)),
        false,
      )
    },
    forgetUnsent: () => unsent.clear(),
    size: () => rows.size,
  }
}

const textOf = ({ text }: EncodedRow): string => text

function patchText(
  scope: string,
  from: number,
  to: number,
  rows: readonly string[],
  gone: readonly string[],
  isReset: boolean,
): string {
  const removed = gone.length === 0 ? '' : `,"gone":${JSON.stringify(gone)}`
  const reset = isReset ? ',"reset":true' : ''
  return `{"scope":${JSON.stringify(scope)},"from":${from},"to":${to},"rows":[${rows.join(',')}]${removed}${reset}}`
}
