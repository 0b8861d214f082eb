import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFanout, type Fanout } from '../../server/live/fanout.ts'
import { createProjector, type Projector } from '../../server/live/projector.ts'
import type { Flushed } from '../../server/live/scopes.ts'
import { type Recorded, versionOf } from '../../shared/event.ts'
import { applyPatch, digestOf, type Patch, type Rows } from '../../shared/view/patch.ts'
import { began, event, opened, type Past } from '../domain/given.ts'
import { districtA } from '../support/people.ts'

let projector: Projector
let fanout: Fanout
let patches: Patch[]
/** ms that writing takes */
let costMs: number

/** Commits events: they are folded, and the fan-out hears of it. */
function commit(...past: Past[]): void {
  const first = projector.state().world.seq + 1
  projector.fold(
    past.map(({ by, ...rest }, i) => {
      const at = '2008-01-02T09:00:00.000Z'
      const more = { seq: first + i, at, actor: by?.id ?? 'system', command: `c-${i}`, v: versionOf(rest), hash: '' }
      return { ...rest, ...more } as Recorded
    }),
  )
  fanout.scheduleFlush()
}
const head = () => projector.state().world.seq
const report = (unit: string, issued: number): Past =>
  event('ReportSubmitted', { unit, day: '2008-01-02', values: { issued } }, districtA)
const patchesOf = (flushed: readonly Flushed[]) =>
  flushed.flatMap(({ patch }) => (patch === null ? [] : [JSON.parse(patch.text) as Patch]))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(async () => {
  vi.useFakeTimers()
  costMs = 0
  projector = createProjector({ now: () => performance.now() })
  fanout = createFanout(projector.scopes, { tickMs: 100, slowestMs: 400, elapsed: () => performance.now() })
  patches = []
  fanout.on({
    flushed: async (some) => {
      patches.push(...patchesOf(some))
      if (costMs > 0) await new Promise((done) => setTimeout(done, costMs))
    },
    memberEnded: () => undefined,
    tasksChanged: () => undefined,
  })
  commit(...opened(), began('2008-01-02'))
  await pass(1_000)
})
afterEach(() => {
  fanout.stop()
  vi.useRealTimers()
})

describe('patches', () => {
  test('S12 the first change after quiet goes out at once, but not in the turn of its cause', async () => {
    fanout.open('unit:A')
    commit(report('A1', 1))
    expect(patches).toEqual([])
    await pass(1)
    expect(patches.map((p) => [p.scope, p.from, p.to])).toEqual([['unit:A', head() - 1, head()]])
  })

  test('S12 a thousand changes within a tick are one patch of each watched scope, from where the last one ended', async () => {
    fanout.open('unit:A')
    fanout.open('unit:B')
    commit(report('A1', 1))
    await pass(1)
    const first = head()
    for (let i = 0; i < 1_000; i++) commit(report('A2', i))
    await pass(98)
    expect(patches).toHaveLength(1)
    await pass(3)
    expect(patches.slice(1).map((p) => [p.scope, p.from, p.to])).toEqual([['unit:A', first, first + 1_000]])
  })

  test('S12 the tick grows with what a flush costs, up to its bound', async () => {
    fanout.open('unit:A')
    const gaps: number[] = []
    for (costMs of [0, 5, 10, 50]) {
      await pass(2_000)
      commit(report('A1', costMs + 1))
      await pass(costMs + 1)
      const ended = performance.now()
      const before = patches.length
      commit(report('A1', costMs + 2))
      while (patches.length === before) await pass(1)
      gaps.push(Math.round((performance.now() - ended) / 20) * 20)
      await pass(costMs)
    }
    expect(gaps).toEqual([100, 120, 240, 400])
  })

  test('S12 nothing is flushed while the flush before is being written', async () => {
    fanout.open('unit:A')
    costMs = 1_000
    commit(report('A1', 1))
    await pass(1)
    commit(report('A1', 2))
    await pass(900)
    expect(patches).toHaveLength(1)
    await pass(600)
    expect(patches).toHaveLength(2)
  })

  test('S12 nobody watches, nothing is made; the last one to leave counts', async () => {
    commit(report('A1', 1))
    fanout.open('unit:A')
    fanout.open('unit:A')
    fanout.close('unit:A')
    await pass(500)
    expect(patches).toEqual([])
    commit(report('A1', 2))
    await pass(500)
    expect(patches).toHaveLength(1)
    fanout.close('unit:A')
    fanout.close('unit:A')
    commit(report('A1', 3))
    await pass(500)
    expect(patches).toHaveLength(1)
  })

  test('S12 who comes between two ticks misses nothing and has no gap', async () => {
    fanout.open('unit:A')
    commit(report('A1', 1))
    const rows: Rows = new Map()
    const first = JSON.parse(fanout.changesText('unit:A', 0)) as Patch
    expect(applyPatch(rows, 0, first)).toMatchObject({ ok: true })
    commit(report('A1', 2))
    await pass(100)
    expect(applyPatch(rows, first.to, patches[0]!)).toMatchObject({ ok: true, at: head() })
    expect(fanout.head('unit:A')).toEqual({ seq: head(), digest: digestOf(rows) })
  })

  test('S12 who no longer listens hears nothing; stopped, nobody does', async () => {
    const heard: Patch[] = []
    const off = fanout.on({
      flushed: async (some) => void heard.push(...patchesOf(some)),
      memberEnded: () => undefined,
      tasksChanged: () => undefined,
    })
    off()
    fanout.open('unit:A')
    commit(report('A1', 1))
    await pass(500)
    expect([patches.length, heard.length]).toEqual([1, 0])
    fanout.stop()
    commit(report('A1', 2))
    await pass(500)
    expect(patches).toHaveLength(1)
  })

  test('S12 many scopes are flushed in slices, with a turn for others between', async () => {
    vi.useRealTimers()
    fanout.stop()
    let clock = 0
    let made = 0
    const seen: number[] = []
    const ended = Promise.withResolvers<readonly Flushed[]>()
    const many = createFanout(
      {
        ...projector.scopes,
        *flush() {
          for (let i = 0; i < 100; i++) {
            made++
            clock += 0.5
            yield { scope: `unit:${i}`, seq: 1, digest: '', patch: null }
          }
        },
      },
      { tickMs: 100, slowestMs: 400, elapsed: () => clock },
    )
    many.on({
      flushed: async (some) => ended.resolve(some),
      memberEnded: () => undefined,
      tasksChanged: () => undefined,
    })
    many.scheduleFlush()
    const look = () => {
      seen.push(made)
      if (made < 100) setImmediate(look)
    }
    look()
    expect(await ended.promise).toHaveLength(100)
    many.stop()
    const slices = seen.map((n, i) => n - (seen[i - 1] ?? 0))
    expect(Math.max(...slices)).toBe(4)
  })
})
