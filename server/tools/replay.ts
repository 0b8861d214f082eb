/** Replays a real rollout as it was published: `npm run replay -- KEY --speed max|DAYS_PER_SECOND`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { buildServer, StartFault } from '../build.ts'
import { DEFAULTS } from '../config.ts'
import { type Core, openCore } from '../core/core.ts'
import { programmeFolder } from '../programs/find.ts'
import { faultLine, loadProgramme } from '../programs/load.ts'
import { onStopSignal } from '../signals.ts'
import { openSqlite } from '../store/sqlite.ts'
import { giveUp, readArguments, usualAddress, wholeNumber } from './arguments.ts'
import { compareTotals, comparisonTable } from './replay/compare.ts'
import { removeLog } from './remove.ts'
import { outcomeOf } from './replay/outcome.ts'
import { createPlayer, prepare, ReplayRefused } from './replay/player.ts'
import { publications, readReplay, readTotals, SourceFault } from './replay/source.ts'
import { momentOf, setClock } from './simulate/clock.ts'

const USAGE =
  'npm run replay -- PROGRAMME --speed max|DAYS_PER_SECOND [--data FOLDER] [--store FILE] [--port N] [--host ADDRESS]'
/** Number of publications between two lines of progress. */
const PROGRESS = 30

const usual = usualAddress()
const { values: given, positionals } = readArguments({
  allowPositionals: true,
  options: {
    speed: { type: 'string', default: 'max' },
    data: { type: 'string' },
    store: { type: 'string' },
    port: { type: 'string', default: usual.port },
    host: { type: 'string', default: usual.host },
  },
})
const name = positionals[0] ?? giveUp(USAGE)
const port = wholeNumber('--port', given.port, 0, 65_535)
const perSecond = given.speed === 'max' ? Infinity : Number(given.speed)
if (!(perSecond > 0)) giveUp(`--speed: "${given.speed}" is neither max nor a number above 0`, USAGE)
const folder = programmeFolder(name)
const loaded = loadProgramme(folder)
if (!loaded.ok) giveUp(`${folder}:`, ...loaded.faults.map(faultLine))
const { programme } = loaded
const replay = orGiveUp(() => readReplay(folder))
const data = given.data ?? join('../shared/data', programme.key)
const [reports, totals] = [join(data, replay.reports), join(data, replay.totals)]
// checked before the store is made: a store left behind would stop the next attempt
for (const file of [reports, totals]) if (!existsSync(file)) giveUp(`--data: ${file} is not there`)
const store = given.store ?? join('./data/replay', `${programme.key}.db`)
if (given.store === undefined) removeLog(store)
else if (existsSync(store)) giveUp(`--store: ${store} is there already; a replay begins with an empty log`)

await (perSecond === Infinity ? importAll() : serveWhileReplaying()).catch(stopped)

function orGiveUp<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    return stopped(error)
  }
}

/** Ends the process, with a clear message where the operator can help. */
function stopped(error: unknown): never {
  if (error instanceof StartFault) giveUp(...error.faults.map((f) => `${f.name}: ${f.fault}`))
  if (error instanceof SourceFault || error instanceof ReplayRefused) giveUp(error.message)
  throw error
}

async function importAll(): Promise<void> {
  const file = openSqlite(store)
  const clock = setClock()
  const core = await openCore({ store: file, now: clock.now })
  process.exitCode = await run(core, clock)
  await core.close()
  await file.close()
  console.log(`log: ${store}`)
}

async function serveWhileReplaying(): Promise<void> {
  if (!existsSync(join(import.meta.dirname, '../../client/dist/index.html')))
    giveUp('The pages are not built: npm run build')
  const clock = setClock()
  clock.set(momentOf(programme.startsOn, '00:00', programme.timeZone))
  const server = await buildServer({
    config: { ...DEFAULTS, port, host: given.host, data: store },
    programme,
    origin: 'replayed',
    clock: clock.now,
    authClock: () => new Date(),
    scheduler: false,
    demo: { people: () => replay.people.map((p) => p.member) },
    log: pino({ level: 'warn' }),
  })
  onStopSignal(
    () => void server.close().then(() => process.exit()),
    () => server.hurry(),
  )
  console.log(`\n  ${programme.name.en}, replayed at ${perSecond} days a second:  ${server.url}\n`)
  process.exitCode = await run(server.core, clock)
  console.log('  The replay has ended; the pages stay until this is stopped.')
}

/** Plays every publication and prints the comparison; 0 when all totals equal the source's, else 1. */
async function run(core: Core, clock: ReturnType<typeof setClock>): Promise<number> {
  await prepare(core, clock, programme, replay)
  const player = createPlayer(core, clock, replay)
  const began = performance.now()
  let played = 0
  for await (const publication of publications(reports, replay)) {
    await sleep(Math.max(0, began + (played / perSecond) * 1_000 - performance.now()))
    await player.play(publication)
    if (++played % PROGRESS === 0) console.log(`${publication.at}  ${player.counts().rows} rows`)
  }
  const seconds = (performance.now() - began) / 1_000
  const { rows, restated } = player.counts()
  const theirs = readTotals(totals, replay)
  const compared = await compareTotals(core, core.actor(replay.importer.member)!, theirs)
  console.log(`\n${comparisonTable(compared, Object.keys(replay.columns.counters))}\n`)
  const speed = `${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s`
  console.log(`${played} publications, ${rows} rows, ${restated} restatements: ${speed}`)
  const { exact, lines } = outcomeOf(compared, player.counts(), programme.endsOn)
  for (const line of lines) console.log(line)
  return exact ? 0 : 1
}
