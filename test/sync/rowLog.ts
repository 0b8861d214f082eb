/** The rows of one scope as a server holds them: written, removed, asked for since any seq. */
import { digestOf, hashOf, type Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'

export interface RowLog {
  write(key: string, word: string): void
  remove(key: string): void
  /** something happens that touches none of these rows */
  pass(): void
  seq(): number
  digest(): string
  rows(): Map<string, WireRow>
  changes(scope: string, since: number): Patch
  /** starts anew, as another log would */
  forget(): void
  /** who asks from before now gets everything, marked `reset` */
  forgetRemovals(): void
}

export function createRowLog(): RowLog {
  let seq = 0
  let floor = 0
  const rows = new Map<string, { row: WireRow; seq: number }>()
  const gone = new Map<string, number>()
  const all = () => new Map([...rows].map(([key, { row }]) => [key, row]))
  return {
    write(key, word) {
      gone.delete(key)
      rows.set(key, { row: [key, word], seq: ++seq })
    },
    remove(key) {
      if (rows.delete(key)) gone.set(key, ++seq)
    },
    pass: () => void seq++,
    seq: () => seq,
    digest: () => digestOf(new Map([...all()].map(([key, row]) => [key, { row, hash: hashOf(JSON.stringify(row)) }]))),
    rows: all,
    changes(scope, since) {
      // as it comes over a network: nobody shares the server's objects
      const whole = since < floor || since === 0
      const picked = [...rows.values()].filter((r) => whole || r.seq > since).map((r) => r.row)
      const removed = whole ? [] : [...gone].filter(([, at]) => at > since).map(([key]) => key)
      return structuredClone({
        ...{ scope, from: since, to: seq, rows: picked },
        ...(removed.length > 0 ? { gone: removed } : {}),
        ...(whole ? { reset: true as const } : {}),
      })
    },
    forget() {
      seq = floor = 0
      rows.clear()
      gone.clear()
    },
    forgetRemovals() {
      floor = seq
      gone.clear()
    },
  }
}
