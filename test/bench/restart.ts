/** From the start of the process to the first right answer: a saved state and the tail, against a fold of the whole log. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startArchive } from '../../server/archive/archive.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Benchmark, type BenchOptions, metricOf } from './measure.ts'
import { createSender, openWorkload, programmeOf, publicationsOf } from './workload.ts'

const FOLDER = './data/bench-restart'
const ROUNDS = 3
/** Each day has a first report and a revision of every street. */
const DAYS = 500

/** A million events; a fifth of them when quick. */
export async function restart({ quick }: BenchOptions): Promise<Benchmark> {
  const streets = quick ? 200 : 1_000
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const data = join(FOLDER, 'log.db')
  const kept = join(FOLDER, 'log.db.checkpoints')
  const head = await fill(data, streets)
  await leaveCheckpoints(data, kept, head)
  const ours: number[] = []
  const peer: number[] = []
  let begin = 0
  for (let round = 0; round < ROUNDS; round++) {
    const saved = await startOn(data, kept)
    const folded = await startOn(data, join(FOLDER, 'none'))
    if (saved.digest !== folded.digest || saved.seq !== head || folded.seq !== head)
      throw new Error(`not the same: ${JSON.stringify([saved, folded])}`)
    if (saved.begin === 0) throw new Error('no checkpoint held: were sources changed meanwhile?')
    begin = saved.begin
    ours.push(saved.ms)
    peer.push(folded.ms)
  }
  const sizes = readdirSync(kept).map((name) => statSync(join(kept, name)).size)
  rmSync(FOLDER, { recursive: true })
  return {
    setting: [
      `a log of ${head} events, half of them first reports (${streets} streets, ${DAYS} days, each revised once)`,
      `ours: the newest checkpoint (seq ${begin}) and the tail of ${head - begin} events`,
      `peer: a fold of the whole log; both with the same digest of the city's page, in a process of its own`,
      `${sizes.length} checkpoints, the largest ${(Math.max(...sizes) / 1e6).toFixed(0)} MB`,
    ],
    metrics: [metricOf({ name: 'process start to first answer', unit: 'ms', aim: '≤ 0.2 of peer' }, ours, peer)],
  }
}

async function fill(data: string, streets: number): Promise<number> {
  const store = openSqlite(data)
  const core = await openCore({ store, now: () => new Date() })
  const sender = createSender(core)
  const { office } = await openWorkload(core, sender, programmeOf({ streets }))
  for (const { day, items } of publicationsOf(DAYS, 1, streets)) {
    await sender.send(SYSTEM, 'BeginDay', { day })
    await sender.submit(office, items)
  }
  const head = await store.head()
  await core.close()
  await store.close()
  return head
}

/** A share of the log that the newest checkpoint lacks at least; a server that is stopped lacks some, too. */
const TAIL = 0.04

/** Lets the thread of the past fold the log once, as it does when a log has grown. */
async function leaveCheckpoints(data: string, folder: string, head: number): Promise<void> {
  const past = startArchive({ data, folder, say: (line, about) => console.error(line, about) })
  const until = Math.floor(head * (1 - TAIL))
  past.grown(until)
  // it takes one thing at a time: the answer comes when the checkpoints are there
  const answer = await past.changes('programme', until)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  await past.close()
  await sleep(100)
}

async function startOn(data: string, folder: string) {
  const began = performance.now()
  const script = join(import.meta.dirname, 'restarting.ts')
  const child = spawn(process.execPath, [script, data, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const ms = performance.now() - began
  await once(child, 'exit')
  return { ms, ...(JSON.parse(line) as { seq: number; digest: string; begin: number }) }
}
