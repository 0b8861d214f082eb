/** The laws of the patch algebra, for any history of any rows. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, digestOf, emptyDigest, hashOf, type Patch, type Rows } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'

const SCOPE = 'unit:A'
const row = (n: number, a: number): WireRow => [`d${n}`, [1, a, a]]

/** A row is set to `a`, or removed where it is null; null as a whole where the event touched another scope. */
type Step = readonly [n: number, a: number | null] | null
const aHistory = fc.array(
  fc.option(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.option(fc.nat(9), { freq: 3 })), { freq: 4 }),
  { minLength: 1, maxLength: 30 },
)

/** What a server knows of each row at a seq: as it stands, or gone, and since when. */
function known(history: readonly Step[], at: number): Map<string, { row: WireRow | null; seq: number }> {
  const rows = new Map<string, { row: WireRow | null; seq: number }>()
  history.slice(0, at).forEach((step, i) => {
    if (step === null) return
    const [n, a] = step
    if (a === null && !rows.has(`d${n}`)) return
    rows.delete(`d${n}`)
    rows.set(`d${n}`, { row: a === null ? null : row(n, a), seq: i + 1 })
  })
  return rows
}

const since = (history: readonly Step[], from: number, to: number): Patch => {
  const changed = [...known(history, to)].filter(([, { seq }]) => seq > from)
  const gone = changed.filter(([, k]) => k.row === null).map(([key]) => key)
  return {
    scope: SCOPE,
    from,
    to,
    rows: changed.flatMap(([, k]) => (k.row === null ? [] : [k.row])),
    ...(gone.length === 0 ? {} : { gone }),
  }
}
const whole = (history: readonly Step[], to: number): Patch => {
  const { rows } = since(history, 0, to)
  return { scope: SCOPE, from: 0, to, rows, reset: true }
}

const held = (rows: readonly WireRow[]): Rows =>
  new Map(rows.map((r) => [r[0], { row: r, hash: hashOf(JSON.stringify(r)) }]))
const rowsAt = (history: readonly Step[], at: number): Rows =>
  held([...known(history, at).values()].flatMap((k) => (k.row === null ? [] : [k.row])))
const sorted = (rows: Rows) => [...rows.values()].map((h) => h.row).sort((a, b) => (a[0] < b[0] ? -1 : 1))
const cuts = (n: number, ...at: number[]): number[] => at.map((a) => a % (n + 1)).sort((a, b) => a - b)

describe('applying', () => {
  test('S15 from any seq, the patch since it leads to the rows as they stand', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), (history, a, b) => {
        const [from, to] = cuts(history.length, a, b) as [number, number]
        const rows = rowsAt(history, from)
        expect(applyPatch(rows, from, since(history, from, to))).toMatchObject({ ok: true, at: to })
        expect(sorted(rows)).toEqual(sorted(rowsAt(history, to)))
      }),
    )
  })

  test('S15 a reset leads there from anything, also from ahead, and drops what is not in it', () => {
    fc.assert(
      fc.property(aHistory, aHistory, fc.nat(), fc.nat(), (history, other, a, b) => {
        const [to] = cuts(history.length, a) as [number]
        const rows = rowsAt(other, other.length)
        const before = new Map(rows)
        const applied = applyPatch(rows, b, whole(history, to))
        expect(sorted(rows)).toEqual(sorted(rowsAt(history, to)))
        if (!applied.ok) throw new Error('a reset is no gap')
        expect(applied.at).toBe(to)
        expect(applied.gone).toEqual([...before.keys()].filter((key) => !rows.has(key)))
      }),
    )
  })

  test('S5 a patch that is held already changes nothing, however often it comes', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), fc.nat(), (history, a, b, c) => {
        const [from, to, at] = cuts(history.length, a, b, c) as [number, number, number]
        const rows = rowsAt(history, at)
        for (let i = 0; i < 2; i++)
          expect(applyPatch(rows, at, since(history, from, to))).toEqual({ ok: true, at, changed: [], gone: [] })
        expect(rows).toEqual(rowsAt(history, at))
      }),
    )
  })

  test('S5 a patch that overlaps what is held is applied as a whole', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), fc.nat(), (history, a, b, c) => {
        const [from, at, to] = cuts(history.length, a, b, c) as [number, number, number]
        const rows = rowsAt(history, at)
        expect(applyPatch(rows, at, since(history, from, to))).toMatchObject({ ok: true, at: to })
        expect(sorted(rows)).toEqual(sorted(rowsAt(history, to)))
      }),
    )
  })

  test('S6 a patch that begins after what is held is a gap and changes nothing', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), fc.nat(), (history, a, b, c) => {
        const [at, from, to] = cuts(history.length, a, b, c) as [number, number, number]
        fc.pre(from > at)
        const rows = rowsAt(history, at)
        expect(applyPatch(rows, at, since(history, from, to))).toEqual({ ok: false, reason: 'gap' })
        expect(rows).toEqual(rowsAt(history, at))
      }),
    )
  })

  test('S15 what really differs is told, and only that', () => {
    const rows = held([row(1, 5), row(2, 6)])
    const patch: Patch = { scope: SCOPE, from: 0, to: 3, rows: [row(1, 5), row(3, 7)], gone: ['d2', 'd9'] }
    expect(applyPatch(rows, 0, patch)).toEqual({ ok: true, at: 3, changed: [row(3, 7)], gone: ['d2'] })
    const kept = rows.get('d1')!.row
    applyPatch(rows, 3, { scope: SCOPE, from: 0, to: 4, rows: [row(1, 5)], reset: true })
    expect(rows.get('d1')!.row).toBe(kept)
    expect([...rows.keys()]).toEqual(['d1'])
  })
})

describe('digests', () => {
  const report: WireRow = ['r3', [['a', '林']], [[7, null, 'disputed', 4, 0, 0, 5, 0, { claim: [8, 0, 6, 7] }], 0]]

  test('S8 nothing has the digest of zeros', () => {
    expect(digestOf(new Map())).toBe('0'.repeat(16))
    expect(digestOf(held([report]))).toMatch(/^[0-9a-f]{16}$/)
  })

  test('S8 order does not matter, and it can be kept up row by row, also through removals', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), (history, a) => {
        const [from] = cuts(history.length, a) as [number]
        const now = rowsAt(history, history.length)
        const digest = emptyDigest()
        const rows = rowsAt(history, from)
        for (const { hash } of rows.values()) digest.add(hash)
        const { rows: changed, gone = [] } = since(history, from, history.length)
        for (const key of [...gone, ...changed.map(([k]) => k)]) {
          const old = rows.get(key)
          if (old !== undefined) digest.remove(old.hash)
        }
        for (const r of changed) digest.add(hashOf(JSON.stringify(r)))
        expect(digest.value()).toBe(digestOf(now))
        expect(digestOf(held(sorted(now).toReversed()))).toBe(digestOf(now))
      }),
    )
  })

  test('S8 it survives the wire', () => {
    expect(digestOf(held([JSON.parse(JSON.stringify(report)) as WireRow]))).toBe(digestOf(held([report])))
  })

  test('S8 it changes with any change of any field', () => {
    const others = [row(1, 5), row(2, 6)]
    const all = digestOf(held([...others, report]))
    for (const path of leavesOf(report)) {
      const changed = structuredClone(report) as unknown as Record<string, unknown>
      change(changed, path)
      expect(digestOf(held([...others, changed as unknown as WireRow])), path.join('.')).not.toBe(all)
    }
    expect(digestOf(held(others))).not.toBe(all)
  })

  test('S8 two rows that swap a figure are told apart', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        fc.pre(a !== b)
        expect(digestOf(held([row(1, a), row(2, b)]))).not.toBe(digestOf(held([row(1, b), row(2, a)])))
      }),
    )
  })

  test('S8 a hundred thousand different rows have as many digests', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, i) => digestOf(held([row((i % 28) + 1, i)]))))
    expect(seen.size).toBe(100_000)
  })
})

/** Paths of every plain value inside. */
function leavesOf(value: object, path: string[] = []): string[][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? leavesOf(inner, [...path, name]) : [[...path, name]],
  )
}

function change(target: Record<string, unknown>, [name, ...rest]: string[]): void {
  const inner = target[name!]
  if (rest.length > 0) change(inner as Record<string, unknown>, rest)
  else target[name!] = typeof inner === 'number' ? inner + 1 : inner === null ? 0 : `${String(inner)} `
}
