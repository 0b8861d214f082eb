/** A page that loses its connection, misses patches, gets them twice or late, while people write and the server is restarted. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { freshnessAt } from '../../client/stores/freshness.ts'
import { createFeed, type ScopeState, type Transport } from '../../client/sync/feed.ts'
import { openConnection, socketTransport } from '../../client/sync/socket.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { openSqlite, type SqliteStore } from '../../server/store/sqlite.ts'
import type { Refusal, Result } from '../../shared/errors.ts'
import { digestOf, type Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { type Chance, chance } from '../support/chance.ts'
import { newId, office, rowsAt } from '../support/core.ts'
import { type Acted, disorder } from '../support/disorder.ts'
import { sorted } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'
import { type Client, startServer, type TestServer } from '../support/server.ts'
import { startWire, type Wire } from '../support/wire.ts'
import type { Attack, Tally } from './attack.ts'

/** Rounds after which the server begins anew with an empty log. */
const LIFE = 200
const SCOPES = [
  ...['programme', 'issues', 'people', 'unit:C', 'unit:A', 'unit:A1', 'unit:B1', 'history:clock', 'history:period'],
  ...['sheet:A/2008-01-08', 'sheet:C/2008-01-09', 'sheet:A1/2008-01-08', 'history:report/A1/2008-01-08'],
]
const BEGUN = '2008-01-10'
/** ms between two looks at the page */
const LOOK_MS = 10
/** ms by which the rows of a proof may be older than it says: it is stamped when it is written */
const OLDER_MS = 1_000
/** ms in which a page is live again once nothing disturbs it */
const HEALED_MS = 20_000

interface Life {
  test: TestServer
  log: SqliteStore
  client: Client
  wire: Wire
}

const now = () => performance.now()

export function resume(): Attack {
  let life: Life | null = null
  let lived = 0
  const end = async () => {
    const ending = life
    life = null
    ending?.wire.close()
    await ending?.log.close()
    await ending?.test.close()
  }
  return {
    title:
      'a page ends with the rows of a fresh load whatever it missed, and never says live of rows older than it says',
    rounds: 2_000,
    async round(seed) {
      if (lived++ % LIFE === 0) await end()
      const luck = chance(seed)
      life ??= await startLife(luck.below(3))
      return watchThrough(life, luck)
    },
    close: end,
  }
}

async function startLife(reviewLevels: number): Promise<Life> {
  const programme = { reporting: { ...tinyProgramme().reporting, reviewLevels } }
  const test = await startServer({ programme, scheduler: false, proofMs: 100 })
  await test.server.core.dispatch({ id: newId(), kind: 'BeginDay', data: { day: BEGUN } }, SYSTEM)
  const log = openSqlite(test.file, { readOnly: true })
  return { test, log, client: await test.as(office), wire: await startWire(() => test.server.port) }
}

async function watchThrough({ test, log, client, wire }: Life, luck: Chance): Promise<Tally> {
  const tally: Tally = { cuts: 0, deaths: 0, restarts: 0, disturbed: 0, live: 0, notLive: 0, healedMsMax: 0 }
  const scopes = new Set(Array.from({ length: 2 + luck.below(4) }, () => luck.pick(SCOPES)))
  const truth = createTruth(test, [...scopes])
  await truth.prepare()
  const connection = openConnection({
    ...{ now, suspect: () => undefined, url: `http://127.0.0.1:${wire.port}` },
    options: { extraHeaders: { cookie: client.cookie }, forceNew: true },
  })
  const network = disturbed(
    { ...socketTransport(connection.socket, now), changes: loadOver(wire, client) },
    chance(luck.below(1e9)),
    () => tally.disturbed!++,
  )
  const feed = createFeed(network.transport, { now, wait: (ms) => pause(ms) })
  const held = new Map<string, ScopeState>()
  const began = now()
  for (const scope of scopes) feed.open(scope, (state) => held.set(scope, state))
  connection.start()

  let broken: unknown = null
  const look = () => {
    truth.look()
    const proven = feed.proven()
    const isLive = freshnessAt(now(), proven, began, connection.socket.connected ? 0 : 1) === 'live'
    tally[isLive ? 'live' : 'notLive']!++
    if (!isLive) return false
    for (const [scope, { ready, rows }] of held)
      if (ready)
        assert.ok(
          truth.was(scope, digestOf(new Map(rows)), proven.at! - OLDER_MS),
          `${scope} is called live and is not`,
        )
    return true
  }
  const isHealed = () => look() && truth.differing(held).length === 0
  /** proven by the server, not only loaded */
  const joined = () => feed.proven().due - feed.proven().at! < 1_000
  const looking = setInterval(() => {
    try {
      look()
    } catch (error) {
      broken ??= error
    }
  }, LOOK_MS)

  const { act } = disorder(luck, test.server.core.now().today!)
  const acted: Acted = {
    core: { dispatch: (...sent) => test.server.core.dispatch(...sent) },
    store: log,
    rows: rowsAt(() => test.server.core),
  }
  try {
    // mostly the page has joined before anything happens to it
    for (const patience = luck.next() < 0.8 ? 500 : 0; now() - began < patience && !joined();) await pause(5)
    for (let step = 4 + luck.below(8); step > 0; step--) {
      const roll = luck.next()
      if (roll < 0.1) {
        wire.cut()
        tally.cuts!++
      } else if (roll < 0.11) {
        wire.die()
        await pause(luck.below(2_000))
        wire.heal()
        tally.deaths!++
      } else if (roll < 0.13) {
        await test.restart()
        await truth.prepare()
        tally.restarts!++
      }
      for (let many = luck.below(6); many > 0; many--) {
        await act(acted)
        truth.look()
      }
      await pause(luck.below(30))
    }
    network.calm()
    const calm = now()
    while (!isHealed()) {
      if (broken !== null || now() - calm > HEALED_MS) break
      await pause(5)
    }
    tally.healedMsMax = Math.round(now() - calm)
    if (broken !== null) throw broken
    assert.ok(
      isHealed(),
      `the page is live again within ${HEALED_MS} ms: ${JSON.stringify({ ...feed.proven(), at: feed.proven().at! - now(), connected: connection.socket.connected, behind: truth.differing(held) })}`,
    )
    for (const [scope, { rows, refusals }] of held) {
      const fresh = await test.server.core.changes(office, scope, 0)
      assert.deepEqual(refusals, fresh.ok ? [] : fresh.refusals, scope)
      if (fresh.ok)
        assert.deepEqual(sorted([...rows.values()].map(({ row }) => row)), sorted(plain(fresh.value.rows)), scope)
    }
    return tally
  } finally {
    clearInterval(looking)
    connection.stop()
    truth.close()
  }
}

const plain = (rows: readonly WireRow[]): WireRow[] => JSON.parse(JSON.stringify(rows)) as WireRow[]

/** What the server has held, and when. */
function createTruth(test: TestServer, scopes: readonly string[]) {
  const held = new Map<string, { digest: string; from: number }[]>(scopes.map((scope) => [scope, []]))
  const known = () => [...held].filter(([scope]) => test.server.core.mayWatch(office, scope).length === 0)
  function look(): void {
    const from = now()
    for (const [scope, states] of known()) {
      const { digest } = test.server.core.live.head(scope)
      if (states.at(-1)?.digest === digest) continue
      states.push({ digest, from })
    }
  }
  return {
    /** at the beginning, and after a start: histories have to be read */
    async prepare() {
      for (const [scope] of known()) {
        await test.server.core.prepare(office, scope)
        test.server.core.live.open(scope)
      }
      look()
    },
    look,
    /** scopes whose rows are not those of the server */
    differing: (shown: ReadonlyMap<string, ScopeState>) =>
      known().flatMap(([scope, states]) =>
        digestOf(new Map(shown.get(scope)?.rows ?? [])) === states.at(-1)?.digest ? [] : [scope],
      ),
    /** Did the server hold this at some moment not before `ms`? */
    was: (scope: string, digest: string, ms: number) =>
      held.get(scope)!.some((state, i, all) => state.digest === digest && (all[i + 1]?.from ?? Infinity) >= ms),
    close() {
      for (const [scope] of known()) test.server.core.live.close(scope)
    },
  }
}

/** Loses some of what comes, keeps some back, and brings some twice, until it is told to be calm. */
function disturbed(inner: Transport, luck: Chance, told: () => void) {
  let isCalm = false
  const late: (() => void)[] = []
  const pass = (deliver: () => void) => {
    const roll = isCalm ? 0.5 : luck.next()
    if (roll < 0.3 || roll > 0.9) told()
    if (roll < 0.15) return
    if (roll < 0.3) return void late.push(deliver)
    deliver()
    if (roll > 0.9) deliver()
    if (late.length > 0 && luck.next() < 0.5) late.splice(luck.below(late.length), 1)[0]!()
  }
  const transport: Transport = {
    ...inner,
    on: (listener) =>
      inner.on({
        ...listener,
        patch: (patch) => pass(() => listener.patch(structuredClone(patch))),
        proof: (proof, sentAt) => pass(() => listener.proof(proof, sentAt)),
      }),
  }
  return { transport, calm: () => (isCalm = true) }
}

/** Loads as pages do, over the same wire. */
const loadOver =
  (wire: Wire, { cookie }: Client) =>
  async (scope: string, since: number): Promise<Result<Patch>> => {
    const address = `http://127.0.0.1:${wire.port}/api/v1/changes?scope=${scope}&since=${since}`
    try {
      const response = await fetch(address, { headers: { cookie, connection: 'close' } })
      const body: unknown = await response.json()
      return response.ok
        ? { ok: true, value: body as Patch }
        : { ok: false, refusals: (body as { refusals: Refusal[] }).refusals }
    } catch {
      return { ok: false, refusals: [{ code: 'network.lost' }] }
    }
  }
