import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Recorded } from '../../shared/event.ts'
import { applyPatch, digestOf, type Patch, type Proof, type Rows } from '../../shared/view/patch.ts'
import { createFanout, type Fanout } from '../../server/live/fanout.ts'
import { createProjector, type Projector } from '../../server/live/projector.ts'
import { began, event, opened, type Past } from '../domain/given.ts'
import { districtA } from '../support/core.ts'

let projector: Projector
let fanout: Fanout
let patches: Patch[]
let proofs: Proof[]

/** Commits events: they are folded, and the fan-out is told. */
function commit(...past: Past[]): void {
  const first = projector.seq() + 1
  projector.fold(
    past.map(({ by, ...rest }, i): Recorded => {
      const at = '2008-01-02T09:00:00.000Z'
      return { ...rest, seq: first + i, at, actor: by?.id ?? 'system', command: `c-${i}`, v: 1, hash: '' } as Recorded
    }),
  )
  fanout.stirred()
}
const report = (unit: string, issued: number): Past =>
  event('ReportSubmitted', { unit, day: '2008-01-02', values: { issued } }, districtA)

beforeEach(() => {
  vi.useFakeTimers()
  projector = createProjector()
  fanout = createFanout(projector, { tickMs: 100, proofMs: 1_000 })
  patches = []
  proofs = []
  fanout.on({ patch: (p) => patches.push(p), proof: (p) => proofs.push(p), memberEnded: () => undefined })
  commit(...opened(), began('2008-01-02'))
  vi.advanceTimersByTime(100)
})
afterEach(() => {
  fanout.stop()
  vi.useRealTimers()
})

describe('patches', () => {
  test('S9 a thousand changes between two ticks are one patch for each watched scope', () => {
    fanout.open('unit:A')
    fanout.open('unit:B')
    const head = projector.seq()
    for (let i = 0; i < 1_000; i++) commit(report('A1', i))
    expect(patches).toEqual([])
    vi.advanceTimersByTime(100)
    expect(patches.map((p) => [p.scope, p.from, p.to])).toEqual([['unit:A', head, head + 1_000]])
    expect(patches[0]!.rows.find((r) => r.key === 'day/A/2008-01-02')).toMatchObject({ makeup: { a: [0, 999] } })
  })

  test('S9 a tick later comes the next, from where the last one ended', () => {
    fanout.open('unit:A')
    commit(report('A1', 1))
    vi.advanceTimersByTime(100)
    vi.advanceTimersByTime(500)
    commit(report('A2', 1))
    vi.advanceTimersByTime(99)
    expect(patches).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(patches[1]!.from).toBe(patches[0]!.to)
  })

  test('S9 nobody watches, nothing is made; the last one to leave counts', () => {
    commit(report('A1', 1))
    fanout.open('unit:A')
    fanout.open('unit:A')
    fanout.close('unit:A')
    vi.advanceTimersByTime(100)
    expect(patches).toEqual([])
    commit(report('A1', 2))
    vi.advanceTimersByTime(100)
    expect(patches).toHaveLength(1)
    fanout.close('unit:A')
    fanout.close('unit:A')
    commit(report('A1', 3))
    vi.advanceTimersByTime(1_000)
    expect(patches).toHaveLength(1)
  })

  test('S9 who comes between two ticks misses nothing and has no gap', () => {
    fanout.open('unit:A')
    commit(report('A1', 1))
    const rows: Rows = new Map()
    const first = fanout.changes('unit:A', 0)
    expect(applyPatch(rows, 0, first)).toMatchObject({ ok: true })
    commit(report('A1', 2))
    vi.advanceTimersByTime(100)
    expect(applyPatch(rows, first.to, patches[0]!)).toMatchObject({ ok: true, at: projector.seq() })
    expect(digestOf(rows.values())).toBe(projector.digest('unit:A'))
  })

  test('S9 who no longer listens is told nothing', () => {
    const heard: Patch[] = []
    const off = fanout.on({ patch: (p) => heard.push(p), proof: () => undefined, memberEnded: () => undefined })
    off()
    fanout.open('unit:A')
    commit(report('A1', 1))
    vi.advanceTimersByTime(1_000)
    expect([patches.length, heard.length]).toEqual([1, 0])
  })
})

describe('proofs', () => {
  test('S10 once a second, what is held after the patches so far', () => {
    fanout.open('unit:A')
    const rows: Rows = new Map()
    let at = 0
    const take = (p: Patch) => {
      const applied = applyPatch(rows, at, p)
      if (applied.ok) at = applied.at
    }
    take(fanout.changes('unit:A', 0))
    commit(report('A1', 1))
    vi.advanceTimersByTime(1_000)
    patches.forEach(take)
    expect(proofs).toEqual([{ scope: 'unit:A', seq: at, digest: digestOf(rows.values()) }])
    vi.advanceTimersByTime(3_000)
    expect(proofs).toHaveLength(4)
  })

  test('S10 events that touch nothing here bring an empty patch with the proof, so that all stand at one seq', () => {
    fanout.open('unit:A')
    commit(report('B1', 1))
    vi.advanceTimersByTime(900)
    expect([patches.length, proofs.length]).toEqual([1, 1])
    expect(patches[0]).toMatchObject({ scope: 'unit:A', to: projector.seq(), rows: [] })
    expect(proofs[0]!.seq).toBe(projector.seq())
  })
})
