/** The laws of the patch algebra, for any history of any rows. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, digestOf, emptyDigest, type Patch, type Rows } from '../../shared/view/patch.ts'
import type { DayRow, ReportRow, Row } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/rows.ts'

const SCOPE = 'unit:A'
const day = (n: number, a: number): DayRow => {
  const on = `2008-01-${String(n).padStart(2, '0')}`
  return { kind: 'day', key: rowKey.day('A', on), unit: 'A', day: on, makeup: { a: [a, a] } }
}

/** A history of a scope: what row changed to at seq 1, 2, 3 …; null where the event touched another scope. */
const aHistory = fc.array(fc.option(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(9)), { freq: 4 }), {
  minLength: 1,
  maxLength: 30,
})
type History = (readonly [n: number, a: number] | null)[]

/** The rows as a server has them at a seq. */
function held(history: History, at: number): Map<string, { row: Row; seq: number }> {
  const rows = new Map<string, { row: Row; seq: number }>()
  history.slice(0, at).forEach((change, i) => {
    if (change === null) return
    const row = day(...change)
    rows.set(row.key, { row, seq: i + 1 })
  })
  return rows
}

/** Rows whose last change is after `from`, as they stand at `to`. */
const since = (history: History, from: number, to: number): Patch => ({
  scope: SCOPE,
  from,
  to,
  rows: [...held(history, to).values()]
    .filter((h) => h.seq > from)
    .sort((a, b) => a.seq - b.seq)
    .map((h) => h.row),
})

const rowsAt = (history: History, at: number): Rows =>
  new Map([...held(history, at)].map(([key, { row }]) => [key, row]))
const sorted = (rows: Rows) => new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
const cuts = (n: number, ...at: number[]): number[] => at.map((a) => a % (n + 1)).sort((a, b) => a - b)

describe('applying', () => {
  test('S4 from any seq, the patch since it leads to the rows as they stand', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), (history, a, b) => {
        const [from, to] = cuts(history.length, a, b) as [number, number]
        const rows = rowsAt(history, from)
        expect(applyPatch(rows, from, since(history, from, to))).toMatchObject({ ok: true, at: to })
        expect(sorted(rows)).toEqual(sorted(rowsAt(history, to)))
      }),
    )
  })

  test('S5 a patch that is held already changes nothing, however often it comes', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), fc.nat(), fc.nat(), (history, a, b, c) => {
        const [from, to, at] = cuts(history.length, a, b, c) as [number, number, number]
        const rows = rowsAt(history, at)
        for (let i = 0; i < 2; i++)
          expect(applyPatch(rows, at, since(history, from, to))).toEqual({ ok: true, at, changed: [] })
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

  test('S4 what changed is told', () => {
    const rows: Rows = new Map()
    const patch: Patch = { scope: SCOPE, from: 0, to: 3, rows: [day(1, 5)] }
    expect(applyPatch(rows, 0, patch)).toEqual({ ok: true, at: 3, changed: [day(1, 5)] })
    expect(applyPatch(rows, 3, { scope: SCOPE, from: 3, to: 9, rows: [] })).toEqual({ ok: true, at: 9, changed: [] })
  })
})

describe('digests', () => {
  const report: ReportRow = {
    kind: 'report',
    key: rowKey.report('A1', '2008-01-02'),
    unit: 'A1',
    day: '2008-01-02',
    values: [7, null],
    state: 'disputed',
    version: 4,
    by: { id: 'a', name: '林' },
    at: '2008-01-02T09:00:00.000Z',
    restated: { type: 'corrected', reason: 'counted twice' },
    claim: { values: [8, 5], by: { id: 'b', name: 'B' }, at: '2008-01-02T09:00:01.000Z' },
  }

  test('S8 nothing has the digest of zeros', () => {
    expect(digestOf([])).toBe('0'.repeat(16))
    expect(digestOf([report])).toMatch(/^[0-9a-f]{16}$/)
  })

  test('S8 order does not matter, and it can be kept up row by row', () => {
    fc.assert(
      fc.property(aHistory, fc.nat(), (history, a) => {
        const [from] = cuts(history.length, a) as [number]
        const now = [...rowsAt(history, history.length).values()]
        const digest = emptyDigest()
        const rows = rowsAt(history, from)
        for (const row of rows.values()) digest.add(row)
        for (const row of since(history, from, history.length).rows) {
          const old = rows.get(row.key)
          if (old !== undefined) digest.remove(old)
          digest.add(row)
        }
        expect(digest.value()).toBe(digestOf(now))
        expect(digestOf(now.toReversed())).toBe(digestOf(now))
      }),
    )
  })

  test('S8 it survives the wire', () => {
    expect(digestOf([JSON.parse(JSON.stringify(report)) as Row])).toBe(digestOf([report]))
  })

  test('S8 it changes with any change of any field', () => {
    const others = [day(1, 5), day(2, 6)]
    const whole = digestOf([...others, report])
    for (const path of leavesOf(report)) {
      const changed = structuredClone(report) as unknown as Record<string, unknown>
      change(changed, path)
      expect(digestOf([...others, changed as unknown as Row]), path.join('.')).not.toBe(whole)
    }
    for (const name of Object.keys(report)) {
      const less = Object.fromEntries(Object.entries(report).filter(([other]) => other !== name))
      expect(digestOf([...others, less as unknown as Row]), name).not.toBe(whole)
    }
    expect(digestOf(others)).not.toBe(whole)
    expect(digestOf([...others, report, report])).not.toBe(whole)
  })

  test('S8 two rows that swap a figure are told apart', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        fc.pre(a !== b)
        expect(digestOf([day(1, a), day(2, b)])).not.toBe(digestOf([day(1, b), day(2, a)]))
      }),
    )
  })

  test('S8 a hundred thousand different rows have as many digests', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, i) => digestOf([day((i % 28) + 1, i)])))
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
