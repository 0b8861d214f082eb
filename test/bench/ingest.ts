/** How many events a second are on disk, against bare inserts; how many are folded; how large a live patch is. */
import { mkdirSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { CommandKind } from '../../shared/command.ts'
import { emptyWorld, evolve } from '../../shared/domain/world.ts'
import type { Recorded } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Core, openCore, SYSTEM } from '../../server/core/core.ts'
import { createProjector } from '../../server/live/projector.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Benchmark, type Metric, metricOf } from './measure.ts'
import { patchSizes } from './patch.ts'
import { type Item, programme, publicationsOf } from './workload.ts'

const ROUNDS = 5
const FOLDER = './data/bench'

interface Shape {
  name: string
  /** in thousands: each publication of the workload has 1,000 */
  reports: number
  /** reports in one command, and commands that arrive together and so share a transaction */
  items: number
  together: number
}

const SHAPES: Shape[] = [
  { name: '1,000 reports in a command', reports: 20_000, items: 1_000, together: 1 },
  { name: '10 reports in a command, 20 at once', reports: 10_000, items: 10, together: 20 },
  { name: '10 reports in a command, one by one', reports: 3_000, items: 10, together: 1 },
  { name: '1 report in a command, one by one', reports: 1_000, items: 1, together: 1 },
]

export async function ingest(): Promise<Benchmark> {
  mkdirSync(FOLDER, { recursive: true })
  const metrics: Metric[] = []
  let log: Recorded[] = []
  for (const shape of SHAPES) {
    const ours: number[] = []
    const peer: number[] = []
    for (let round = -1; round < ROUNDS; round++) {
      const taken = await throughCore(shape)
      const bare = bareInserts(taken.rows, taken.transactions)
      if (taken.log.length > log.length) log = taken.log
      // the first round warms both up
      if (round < 0) continue
      ours.push(taken.rows.length / taken.seconds)
      peer.push(taken.rows.length / bare)
    }
    metrics.push(metricOf({ name: `durable events/s, ${shape.name}`, unit: '1/s', aim: '≥ 0.5 of peer' }, ours, peer))
  }
  const world: number[] = []
  const rows: number[] = []
  for (let round = -1; round < ROUNDS; round++) {
    const times = [foldWorld(log), foldRows(log)] as const
    if (round < 0) continue
    world.push(log.length / times[0])
    rows.push(log.length / times[1])
  }
  metrics.push(metricOf({ name: 'events/s folded, world', unit: '1/s', aim: null }, world, null))
  metrics.push(metricOf({ name: 'events/s folded, world and rows', unit: '1/s', aim: null }, rows, null))
  metrics.push(...(await patchSizes()))
  rmSync(FOLDER, { recursive: true })
  return {
    setting: [
      `ours: SubmitReports through core.dispatch (parse, rights, decision, warnings, hash chain, world, rows), awaited`,
      `peer: the same event rows, byte for byte, by one prepared INSERT of node:sqlite into a table of the same columns`,
      `      with no index but its key; transactions of the same sizes`,
      `both: a new file in ${FOLDER}, WAL, synchronous=FULL; ${ROUNDS} interleaved rounds after a warm-up; median and range`,
    ],
    metrics,
  }
}

function fresh(name: string): string {
  const path = `${FOLDER}/${name}.db`
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
  return path
}

type EventRow = Record<string, SQLInputValue>

interface Taken {
  seconds: number
  rows: EventRow[]
  /** rows of each transaction */
  transactions: number[]
  log: Recorded[]
}

async function throughCore({ reports, items: atOnce, together }: Shape): Promise<Taken> {
  const path = fresh('ours')
  const store = openSqlite(path)
  const core = await openCore({ store, now: () => new Date() })
  await open(core)
  const begin = await store.head()
  const publications = publicationsOf(reports)
  const office = core.actor('office')!
  const transactions: number[] = []
  let sent = 0
  const send = async (kind: CommandKind, data: unknown, by: Actor) => {
    const answer = await core.dispatch({ id: `bench-${String(sent++).padStart(8, '0')}`, kind, data }, by)
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusals[0]))
  }
  const began = performance.now()
  for (const { day, items } of publications) {
    await send('BeginDay', { day }, SYSTEM)
    transactions.push(1)
    for (let i = 0; i < items.length; i += atOnce * together) {
      const sheets = Array.from({ length: together }, (_, n) => items.slice(i + n * atOnce, i + (n + 1) * atOnce))
      await Promise.all(sheets.map((sheet: Item[]) => send('SubmitReports', { items: sheet }, office)))
      transactions.push(atOnce * together)
    }
  }
  const seconds = (performance.now() - began) / 1_000
  const log = await store.read(0, reports * 2)
  await core.close()
  await store.close()
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq').all(begin) as EventRow[]
  db.close()
  if (rows.length !== transactions.reduce((sum, n) => sum + n)) throw new Error(`${rows.length} events are not all`)
  return { seconds, rows, transactions, log }
}

async function open(core: Core): Promise<void> {
  const send = async (kind: string, data: unknown) => {
    const answer = await core.dispatch({ id: `open-${kind}`, kind, data }, SYSTEM)
    if (!answer.ok) throw new Error(`${kind}: ${JSON.stringify(answer.refusals)}`)
  }
  await send('OpenProgramme', { programme, nature: 'simulated' })
  await send('AddMember', { member: 'office', name: 'Office', role: 'office', unit: 'city' })
}

/** Seconds for the rows in transactions of those sizes. */
function bareInserts(rows: readonly EventRow[], transactions: readonly number[]): number {
  const db = new DatabaseSync(fresh('peer'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  const names = Object.keys(rows[0]!)
  const types = names.map((k) => (typeof rows[0]![k] === 'number' ? 'INTEGER' : 'TEXT'))
  db.exec(
    `CREATE TABLE event (${names.map((k, i) => `${k} ${types[i]}${k === 'seq' ? ' PRIMARY KEY' : ''}`).join(', ')}) STRICT`,
  )
  const insert = db.prepare(`INSERT INTO event (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
  const bound = rows.map((row) => names.map((k) => row[k]!))
  const began = performance.now()
  let at = 0
  for (const size of transactions) {
    db.exec('BEGIN IMMEDIATE')
    for (const values of bound.slice(at, (at += size))) insert.run(...values)
    db.exec('COMMIT')
  }
  const seconds = (performance.now() - began) / 1_000
  db.close()
  return seconds
}

function foldWorld(log: readonly Recorded[]): number {
  const began = performance.now()
  const world = emptyWorld()
  for (const event of log) evolve(world, event)
  return (performance.now() - began) / 1_000
}

function foldRows(log: readonly Recorded[]): number {
  const began = performance.now()
  createProjector().fold(log)
  return (performance.now() - began) / 1_000
}
