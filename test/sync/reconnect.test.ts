import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freshnessAt } from '../../client/stores/freshness.ts'
import { createFeed, type Feed } from '../../client/sync/feed.ts'
import { type Connection, openConnection, socketTransport } from '../../client/sync/socket.ts'
import type { Result } from '../../shared/errors.ts'
import { digestOf, type Patch } from '../../shared/view/patch.ts'
import { districtA, item, viewer } from '../support/core.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { startWire, type Wire } from '../support/wire.ts'

describe('a network that goes dead without a word', () => {
  let test: TestServer
  let wire: Wire
  let connection: Connection
  let feed: Feed
  const now = () => performance.now()
  const freshness = () => freshnessAt(now(), feed.proven(), 0, connection.socket.connected ? 0 : 1)

  beforeAll(async () => {
    test = await startServer({ proofMs: 1_000 })
    wire = await startWire(() => test.server.port)
    const client = await test.as(viewer)
    connection = openConnection({
      ...{ now, suspect: () => undefined, url: `http://127.0.0.1:${wire.port}` },
      options: { extraHeaders: { cookie: client.cookie }, forceNew: true },
    })
    const transport = socketTransport(connection.socket, now)
    feed = createFeed(
      {
        ...transport,
        changes: async (scope, since): Promise<Result<Patch>> => {
          const { body } = await client.get(`/api/v1/changes?scope=${scope}&since=${since}`)
          return { ok: true, value: body as unknown as Patch }
        },
      },
      { now, wait: (ms) => new Promise((done) => setTimeout(done, ms)) },
    )
  })
  afterAll(async () => {
    connection.stop()
    wire.close()
    await test.close()
  })

  it('S11 is tried again within 2 s of the overdue proof, and is live within 5 s of the network', async () => {
    let digest = ''
    feed.open('unit:A', (state) => (digest = digestOf(new Map(state.rows))))
    connection.start()
    // the first load is taken on trust for 5 s; a proof speaks for 1 s here
    await vi.waitFor(() => expect(feed.proven().due - feed.proven().at!).toBe(1_000), 5_000)
    expect(freshness()).toBe('live')

    const before = wire.attempts()
    wire.die()
    await vi.waitFor(() => expect(now()).toBeGreaterThan(feed.proven().due), { timeout: 3_000, interval: 10 })
    const overdue = now()
    await vi.waitFor(() => expect(wire.attempts()).toBeGreaterThan(before), { timeout: 5_000, interval: 10 })
    expect(now() - overdue).toBeLessThan(2_000)
    await vi.waitFor(() => expect(freshness()).toBe('checking'), 2_000)

    await (await test.as(districtA)).command('SubmitReports', { items: [item('A1', '2008-01-10', { issued: 4 })] })
    await new Promise((done) => setTimeout(done, 3_000))
    wire.heal()
    const healed = now()
    await vi.waitFor(() => expect(freshness()).toBe('live'), { timeout: 8_000, interval: 10 })
    expect(now() - healed).toBeLessThan(5_000)
    expect(digest).toBe(test.server.core.live.head('unit:A').digest)
  }, 30_000)
})
