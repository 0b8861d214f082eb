/** How many events a second are on disk through the whole write path, against bare inserts; and how many are folded. */
import { mkdirSync, rmSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { emptyWorld } from '../../shared/domain/world.ts'
import { evolve, type Recorded } from '../../shared/event.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Benchmark, type Metric, metricOf } from './measure.ts'
import { createSender, openWorkload, programmeOf, publicationsOf } from './workload.ts'

const ROUNDS = 5
const FOLDER = './data/bench'

interface Shape {
  name: string
  /** of 1,000 reports each */
  publications: number
  /** reports in one command, and commands that arrive together and so share a transaction */
  items: number
  together: number
  aim: string | null
}

const SHAPES: Shape[] = [
  { name: '1,000 reports in a command', publications: 20, items: 1_000, together: 1, aim: '≥ 0.2 of peer' },
  { name: '10 reports in a command, 20 at once', publications: 10, items: 10, together: 20, aim: '≥ 0.3 of peer' },
  { name: '10 reports in a command, one by one', publications: 3, items: 10, together: 1, aim: null },
  { name: '1 report in a command, one by one', publications: 1, items: 1, together: 1, aim: null },
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
      const bare = bareInserts(taken)
      if (taken.log.length > log.length) log = taken.log
      // the first round warms both up
      if (round < 0) continue
      ours.push(taken.events.length / taken.seconds)
      peer.push(taken.events.length / bare)
    }
    metrics.push(metricOf({ name: `durable events/s, ${shape.name}`, unit: '1/s', aim: shape.aim }, ours, peer))
  }
  const world: number[] = []
  const state: number[] = []
  for (let round = -1; round < ROUNDS; round++) {
    const times = [foldWorld(log), foldState(log)] as const
    if (round < 0) continue
    world.push(log.length / times[0])
    state.push(log.length / times[1])
  }
  metrics.push(metricOf({ name: 'events/s folded, world', unit: '1/s', aim: null }, world, null))
  metrics.push(metricOf({ name: 'events/s folded, world and sums', unit: '1/s', aim: null }, state, null))
  rmSync(FOLDER, { recursive: true })
  return {
    setting: [
      `ours: SubmitReports through core.dispatch (parse, rights, decision, questions, hash chain, fold), awaited`,
      `peer: the same rows, byte for byte, of events and commands by prepared INSERTs of node:sqlite into the same tables`,
      `      with the same indexes, in transactions of the same sizes`,
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

type Row = Record<string, SQLInputValue>

interface Taken {
  seconds: number
  events: Row[]
  commands: Row[]
  /** statements that make the tables */
  schema: string[]
  /** commands of each transaction, in order */
  transactions: number[]
  log: Recorded[]
}

async function throughCore({ publications, items: atOnce, together }: Shape): Promise<Taken> {
  const path = fresh('ours')
  const store = openSqlite(path)
  const core = await openCore({ store, now: () => new Date() })
  const sender = createSender(core)
  const { office } = await openWorkload(core, sender, programmeOf())
  const begin = await store.head()
  const work = publicationsOf(publications)
  const transactions: number[] = []
  const began = performance.now()
  for (const { day, items } of work) {
    await sender.send(SYSTEM, 'BeginDay', { day })
    transactions.push(1)
    for (let i = 0; i < items.length; i += atOnce * together) {
      const sheets = Array.from({ length: together }, (_, n) => items.slice(i + n * atOnce, i + (n + 1) * atOnce))
      await Promise.all(sheets.map((sheet) => sender.submit(office, sheet)))
      transactions.push(together)
    }
  }
  const seconds = (performance.now() - began) / 1_000
  const log = await store.read(0, publications * 2_000)
  await core.close()
  await store.close()
  const db = new DatabaseSync(path, { readOnly: true })
  const events = db.prepare('SELECT * FROM event WHERE seq > ? ORDER BY seq').all(begin) as Row[]
  const commands = db.prepare('SELECT * FROM command WHERE seq > ? ORDER BY seq').all(begin) as Row[]
  const schema = db
    .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC')
    .all()
    .map((row) => String(row.sql))
  db.close()
  if (commands.length !== transactions.reduce((sum, n) => sum + n)) throw new Error('commands are missing')
  return { seconds, events, commands, schema, transactions, log }
}

/** Seconds for the rows in transactions of those sizes. */
function bareInserts({ events, commands, schema, transactions }: Taken): number {
  const db = new DatabaseSync(fresh('peer'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  for (const sql of schema) db.exec(sql)
  const into = (table: string, row: Row) => {
    const names = Object.keys(row)
    const insert = db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    return (values: readonly SQLInputValue[]) => insert.run(...values)
  }
  const insertEvent = into('event', events[0]!)
  const insertCommand = into('command', commands[0]!)
  const work = commands.map((command) => ({ command: Object.values(command), events: [] as SQLInputValue[][] }))
  const byId = new Map(work.map((w, i) => [commands[i]!.id, w]))
  for (const event of events) byId.get(event.command!)!.events.push(Object.values(event))
  const began = performance.now()
  let at = 0
  for (const size of transactions) {
    db.exec('BEGIN IMMEDIATE')
    for (const one of work.slice(at, (at += size))) {
      insertCommand(one.command)
      for (const values of one.events) insertEvent(values)
    }
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

function foldState(log: readonly Recorded[]): number {
  const began = performance.now()
  const state = emptyState()
  for (const event of log) fold(state, event)
  return (performance.now() - began) / 1_000
}
