import { describe, expect, it } from 'vitest'
import { createFeed, type Feed, type ScopeState, type TransportListener } from '../../client/sync/feed.ts'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { WatchAnswer } from '../../shared/protocol/socket.ts'
import { digestOf, type Patch, type Proof } from '../../shared/view/patch.ts'
import type { NowRow, Row } from '../../shared/view/rows.ts'

/** A row whose content is one word. */
const row = (key: string, word: string): Row => ({
  ...({ kind: 'now', closed: null, due: null, lockedThrough: null } as Omit<NowRow, 'key' | 'today'>),
  ...{ key, today: word },
})

/** A server that holds one history of rows, and a network that can be cut. */
function world() {
  const log: Row[] = []
  const calls: string[] = []
  let listener: TransportListener | undefined
  let up = true
  let refusal: Refusal | undefined
  let clock = 0
  const waiting: { at: number; go: () => void }[] = []

  const changes = (scope: string, since: number): Patch => {
    const rows = new Map<string, Row>()
    log.forEach((r, i) => {
      if (i + 1 > since) {
        rows.delete(r.key)
        rows.set(r.key, r)
      }
    })
    return { scope, from: since, to: log.length, rows: structuredClone([...rows.values()]) }
  }
  const held = () => new Map(log.map((r) => [r.key, r]))
  const server = {
    calls,
    /** writes without telling */
    write: (key: string, word: string) => log.push(row(key, word)),
    /** the patch of everything after `since` */
    patch: (scope: string, since: number) => listener!.patch(changes(scope, since)),
    proof: (scope: string, wrong: Partial<Proof> = {}) =>
      listener!.proof({ scope, seq: log.length, digest: digestOf(held().values()), ...wrong }),
    forbid: (r: Refusal | undefined) => (refusal = r),
    forget: () => log.splice(0, log.length),
    cut() {
      up = false
      listener!.disconnected()
    },
    join() {
      up = true
      listener!.connected()
    },
    rows: held,
    async pass(ms: number) {
      clock += ms
      for (let due; (due = waiting.findIndex((w) => w.at <= clock)) >= 0;) {
        waiting.splice(due, 1)[0]!.go()
        await settle()
      }
    },
  }
  const feed = createFeed(
    {
      connected: () => up,
      async changes(scope, since): Promise<Result<Patch>> {
        calls.push(`changes ${scope} ${since}`)
        await Promise.resolve()
        if (refusal !== undefined) return { ok: false, refusals: [refusal] }
        return { ok: true, value: changes(scope, since) }
      },
      async watch(scope, since): Promise<WatchAnswer> {
        calls.push(`watch ${scope} ${since}`)
        await Promise.resolve()
        if (!up) throw new Error('lost')
        return { ok: true, patch: changes(scope, since) }
      },
      unwatch: (scope) => void calls.push(`unwatch ${scope}`),
      on(l) {
        listener = l
        return () => (listener = undefined)
      },
    },
    { now: () => clock, wait: (ms) => new Promise((go) => waiting.push({ at: clock + ms, go })) },
  )
  return { server, feed }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** Opens a scope and keeps what its watcher was last told. */
function look(feed: Feed, scope: string) {
  const seen = { told: 0, state: undefined as ScopeState | undefined }
  const close = feed.open(scope, (state) => {
    seen.told++
    seen.state = { ...state, rows: new Map(state.rows) }
  })
  return Object.assign(seen, { close })
}

describe('feed', () => {
  it('loads by HTTP, then watches from what it holds', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    expect(server.calls).toEqual(['changes s 0', 'watch s 1'])
    expect(seen.state).toMatchObject({ ready: true, seq: 1 })
    expect(seen.state!.rows).toEqual(server.rows())
  })

  it('applies a patch that adjoins, and only tells watchers when rows changed', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.write('a', '2')
    server.patch('s', 1)
    expect(seen.state!.rows).toEqual(server.rows())
    expect(seen.told).toBe(2)
    server.patch('s', 2)
    expect(seen.told).toBe(2)
    expect(server.calls).toHaveLength(2)
  })

  it('is not moved by a repeated or an overlapping patch', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.write('b', '1')
    server.patch('s', 1)
    server.patch('s', 1)
    server.patch('s', 0)
    expect(seen.state!.rows).toEqual(server.rows())
    server.write('a', '2')
    server.patch('s', 0)
    expect(seen.state!.rows).toEqual(server.rows())
    server.proof('s')
    await settle()
    expect(server.calls).toHaveLength(2)
  })

  it('asks again from its own seq when a patch is missing', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.write('b', '1')
    server.write('a', '3')
    server.patch('s', 2)
    expect(seen.state!.rows.size).toBe(1)
    await settle()
    expect(server.calls.at(-1)).toBe('watch s 1')
    expect(seen.state!.rows).toEqual(server.rows())
  })

  it('asks again when a proof is ahead and its rows differ', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.write('a', '2')
    server.proof('s')
    await settle()
    expect(server.calls.at(-1)).toBe('watch s 1')
    expect(seen.state).toMatchObject({ seq: 2 })
    expect(seen.state!.rows).toEqual(server.rows())
  })

  it('after a reconnect watches again from its own seq', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.cut()
    server.write('a', '2')
    server.write('b', '1')
    server.join()
    await settle()
    expect(server.calls).toEqual(['changes s 0', 'watch s 1', 'watch s 1'])
    expect(seen.state!.rows).toEqual(server.rows())
  })

  it('loads while the live connection is away and joins when it comes', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    server.cut()
    const seen = look(feed, 's')
    await settle()
    expect(server.calls).toEqual(['changes s 0'])
    expect(seen.state!.ready).toBe(true)
    server.write('a', '2')
    server.join()
    await settle()
    expect(server.calls).toEqual(['changes s 0', 'watch s 1'])
    expect(seen.state!.rows).toEqual(server.rows())
  })

  it('loads from nothing when a digest differs at its own seq', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const seen = look(feed, 's')
    await settle()
    server.proof('s', { digest: 'ffffffffffffffff' })
    await settle()
    expect(server.calls.slice(2)).toEqual(['changes s 0', 'watch s 1'])
    expect(seen.state!.rows).toEqual(server.rows())
    expect(feed.proven().at).toBe(0)
  })

  it('does not reload in a stream when the difference stays, and claims nothing meanwhile', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    look(feed, 's')
    await settle()
    for (let second = 1; second <= 8; second++) {
      await server.pass(1_000)
      server.proof('s', { digest: 'ffffffffffffffff' })
      await settle()
    }
    expect(server.calls.filter((c) => c === 'changes s 0').length).toBeLessThanOrEqual(5)
    expect(feed.proven().at).toBe(0)
    await server.pass(10_000)
    server.proof('s')
    expect(feed.proven().at).toBe(18_000)
  })

  it('loads from nothing when the server answers from a shorter log', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    server.write('b', '1')
    const seen = look(feed, 's')
    await settle()
    server.cut()
    server.forget()
    server.write('c', '1')
    server.join()
    await settle()
    expect(seen.state!.rows).toEqual(server.rows())
    expect(seen.state!.seq).toBe(1)
  })

  it('keeps one subscription for two watchers and ends it with the second', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    const first = look(feed, 's')
    const second = look(feed, 's')
    await settle()
    expect(server.calls).toEqual(['changes s 0', 'watch s 1'])
    first.close()
    first.close()
    server.write('a', '2')
    server.patch('s', 1)
    expect(second.state!.rows).toEqual(server.rows())
    expect(first.told).toBe(1)
    expect(server.calls).not.toContain('unwatch s')
    second.close()
    expect(server.calls.at(-1)).toBe('unwatch s')
    server.patch('s', 0)
    expect(second.state!.seq).toBe(2)
  })

  it('gives a later watcher what is held at once', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    look(feed, 's')
    await settle()
    expect(look(feed, 's').state!.rows).toEqual(server.rows())
  })

  it('tells why a scope may not be watched, and tries again after a passing failure', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    server.forbid({ code: 'may.not' })
    expect((await opened(feed, 's')).state!.refusals).toEqual([{ code: 'may.not' }])
    server.forbid({ code: 'network.lost' })
    const later = await opened(feed, 't')
    expect(later.state).toBeUndefined()
    server.forbid(undefined)
    await server.pass(1_000)
    expect(later.state!.rows).toEqual(server.rows())
  })

  it('is proven as of its least proven scope', async () => {
    const { server, feed } = world()
    expect(feed.proven()).toEqual({ seq: 0, at: null })
    server.write('a', '1')
    look(feed, 's')
    const other = look(feed, 't')
    await settle()
    await server.pass(5_000)
    server.proof('s')
    expect(feed.proven()).toEqual({ seq: 1, at: 0 })
    server.proof('t')
    expect(feed.proven()).toEqual({ seq: 1, at: 5_000 })
    await server.pass(1_000)
    server.proof('s')
    other.close()
    expect(feed.proven()).toEqual({ seq: 1, at: 6_000 })
  })

  it('ignores a proof that was made before what it holds', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    server.write('a', '2')
    look(feed, 's')
    await settle()
    server.proof('s', { seq: 1, digest: '0000000000000000' })
    await settle()
    expect(server.calls).toEqual(['changes s 0', 'watch s 2'])
  })

  async function opened(feed: Feed, scope: string) {
    const seen = look(feed, scope)
    await settle()
    return seen
  }
})
