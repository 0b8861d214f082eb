/** Replays a real rollout as it was published: `npm run replay -- PROGRAMME --speed max|PUBLICATIONS_PER_SECOND`. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { Programme } from '../../shared/domain/programme.ts'
import { settingOf } from '../../shared/domain/world.ts'
import { buildServer, StartFault } from '../build.ts'
import { DEFAULTS } from '../config.ts'
import { type Core, openCore } from '../core/core.ts'
import { programmeFolder, typed } from '../programs/find.ts'
import { loadProgramme } from '../programs/load.ts'
import { faultLine } from '../programs/words.ts'
import { onStopSignal } from '../signals.ts'
import { openSqlite } from '../store/sqlite.ts'
import { giveUp, readArguments, usualAddress, wholeNumber } from './arguments.ts'
import { compareFigures, compareTotals, comparisonTable } from './replay/compare.ts'
import { contradictions, notGiven } from './replay/expected.ts'
import { SourceRefused } from './replay/faults.ts'
import { type Format, readFormat } from './replay/format.ts'
import { beginLog } from './replay/log.ts'
import { leftOut, outcomeOf } from './replay/outcome.ts'
import { createPlayer, prepare } from './replay/player.ts'
import { readSource } from './replay/source.ts'
import { setClock } from './simulate/clock.ts'

const USAGE =
  'npm run replay -- PROGRAMME|--program PATH [--check] [--speed max|PUBLICATIONS_PER_SECOND] [--review-levels N] [--data FOLDER] [--store FILE] [--port N] [--host ADDRESS]'
/** Number of publications between two lines of progress. */
const PROGRESS = 30
/** Contradictions of a source that are named. */
const NAMED = 20
/** Exit code of a check that has something to say, as that of a programme has it. */
const SUSPICIOUS = 2
/** Levels of review that a programme may have. */
const MOST_LEVELS = 4
/** Exit code after a signal, as shells have it. */
const STOPPED = 130

const usual = usualAddress()
const { values: given, positionals } = readArguments({
  allowPositionals: true,
  options: {
    program: { type: 'string' },
    check: { type: 'boolean', default: false },
    speed: { type: 'string', default: 'max' },
    'review-levels': { type: 'string' },
    data: { type: 'string' },
    store: { type: 'string' },
    port: { type: 'string', default: usual.port },
    host: { type: 'string', default: usual.host },
  },
})
const name = given.program ?? positionals[0] ?? giveUp(USAGE)
if (positionals.length > (given.program === undefined ? 1 : 0)) giveUp(`"${positionals.at(-1)}" is one too many`, USAGE)
const port = wholeNumber('--port', given.port, 0, 65_535)
const perSecond = given.speed === 'max' ? Infinity : Number(given.speed)
if (!(perSecond > 0)) giveUp(`--speed: "${given.speed}" is neither max nor a number above 0`, USAGE)
const folder = programmeFolder(name)
const loaded = loadProgramme(folder)
if (!loaded.ok) giveUp(`${folder}:`, ...loaded.faults.map(faultLine))
const programme = withLevels(loaded.programme)
const setting = settingOf(programme, 'replayed')
const format = withReviewer(orGiveUp(() => readFormat(folder, setting)))
const data = given.data ?? placeOfData()
for (const file of [format.reports, format.totals])
  if (!existsSync(join(data, file))) giveUp(`--data: ${join(data, file)} is not there`)
// before a log is made: whatever the files alone are refused for is said now, and all of it
const source = orGiveUp(() => readSource(data, format, setting))
const canBeExact = sayWhatWasRead()
if (given.check) process.exit(canBeExact ? 0 : SUSPICIOUS)

const log = beginLog(given.store ?? join('./data/replay', `${programme.key}.db`), given.store === undefined)
/** a signal has asked for the end */
let isStopped = false

await (perSecond === Infinity ? importAll() : serveWhileReplaying())

/** The programme with as many levels of review as the command line says. */
function withLevels(read: Programme): Programme {
  const levels = given['review-levels']
  if (levels === undefined) return read
  const reviewLevels = wholeNumber('--review-levels', levels, 0, MOST_LEVELS)
  return { ...read, reporting: { ...read.reporting, reviewLevels } }
}

/** Who approves what is entered into levels of the command line, where `replay.json` names nobody. */
function withReviewer(read: Format): Format {
  if (given['review-levels'] === undefined || programme.reporting.reviewLevels === 0) return read
  const { root } = setting.units
  return { ...read, reviewer: read.reviewer ?? { member: 'reviewer', name: 'Reviewer', role: 'office', unit: root } }
}

/** Beside the programme, or where the sources of the built-in ones are looked for. */
function placeOfData(): string {
  return existsSync(join(folder, format.reports)) ? folder : join('../shared/data', programme.key)
}

function orGiveUp<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SourceRefused) return giveUp(`${resolve(folder)}: nothing was entered`, error.message)
    throw error
  }
}

/** Prints what the source comes to by itself; true when nothing of that is against an exact end. */
function sayWhatWasRead(): boolean {
  const { publications, rows } = source
  console.log(
    `read: ${rows.toLocaleString('en-US')} rows; publications to enter: ${publications.length.toLocaleString('en-US')}`,
  )
  const lines = contradictions(source, setting)
  for (const line of lines.slice(0, NAMED)) console.log(line)
  if (lines.length > 0) console.log(`totals that the reports of the source do not add up to: ${lines.length}`)
  const against = [
    ...leftOut(source, programme),
    ...notGiven(
      source,
      setting,
      format.counters.map((c) => c.key),
    ),
  ]
  for (const line of against) console.log(line)
  const canBeExact = lines.length + against.length === 0
  console.log(canBeExact ? 'its totals are what its reports add up to' : 'it cannot end exact')
  return canBeExact
}

/** Ends the process after a failure, with a clear message where the operator can help; no log is left. */
function failed(error: unknown): never {
  log.drop()
  if (isStopped) stoppedOnTheWay()
  if (error instanceof StartFault) giveUp(...error.faults.map((f) => `${f.name}: ${f.fault}`))
  if (error instanceof SourceRefused) giveUp('refused; no log is left behind', error.message)
  throw error
}

function stoppedOnTheWay(): never {
  console.log('stopped on the way; no log is left behind')
  process.exit(STOPPED)
}

async function importAll(): Promise<void> {
  onStopSignal(
    () => (isStopped = true),
    () => process.exit(STOPPED),
  )
  try {
    const file = openSqlite(log.unfinished)
    const clock = setClock()
    const core = await openCore({ store: file, now: clock.now })
    const exact = await run(core, clock).finally(async () => {
      await core.close()
      await file.close()
    })
    process.exitCode = exact ? 0 : 1
  } catch (error) {
    failed(error)
  }
  if (isStopped) failed(null)
  log.keep()
  const path = given.store ?? join('./data/replay', `${programme.key}.db`)
  console.log(`log: ${path}; to look at it: DATA=${typed(path)} npm start -- --program ${typed(name)}`)
}

async function serveWhileReplaying(): Promise<void> {
  if (!existsSync(join(import.meta.dirname, '../../client/dist/index.html')))
    giveUp('The pages are not built: npm run build')
  const clock = setClock()
  clock.set(Math.min(Date.parse(`${programme.startsOn}T00:00Z`), source.publications[0]?.moment ?? Infinity))
  const server = await buildServer({
    config: { ...DEFAULTS, port, host: given.host, data: log.unfinished },
    programme,
    origin: 'replayed',
    clock: clock.now,
    authClock: () => new Date(),
    scheduler: false,
    demo: { people: () => format.people.map((p) => p.member) },
    log: pino({ level: 'warn' }),
  }).catch(failed)
  let isOver = false
  onStopSignal(
    () => {
      isStopped = true
      void server.close().then(() => {
        if (!isOver) failed(null)
        log.keep()
        process.exit()
      })
    },
    () => server.hurry(),
  )
  console.log(`\n  ${programme.name.en}, replayed at ${perSecond} publications a second:  ${server.url}\n`)
  try {
    const exact = await run(server.core, clock)
    if (isStopped) return
    process.exitCode = exact ? 0 : 1
  } catch (error) {
    // the stop that refused it ends the process
    if (isStopped) return
    await server.close()
    failed(error)
  }
  isOver = true
  console.log('  The replay has ended; the pages stay until this is stopped.')
}

/** Plays every publication and prints what it came to; true when all of it is the source's. */
async function run(core: Core, clock: ReturnType<typeof setClock>): Promise<boolean> {
  await prepare(core, clock, programme, format, source.publications[0]?.moment)
  const player = createPlayer(core, clock, format)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1_000
  for (const [played, publication] of source.publications.entries()) {
    await sleep(Math.max(0, began + (played / perSecond) * 1_000 - performance.now()))
    if (isStopped) return false
    await player.play(publication)
    if ((played + 1) % PROGRESS === 0) console.log(`${publication.at}  ${played + 1} of ${source.publications.length}`)
  }
  await player.finish()
  const took = `${seconds().toFixed(1)} s, ${Math.round(source.rows / seconds())} rows/s`
  const by = core.actor(format.importer.member)!
  const counters = format.counters.map((c) => c.key)
  const totals = await compareTotals(core, by, source.totals, counters)
  const figures = await compareFigures(core, by, source.publications)
  console.log(`\n${comparisonTable(totals, setting.units.leaves(setting.units.root), counters)}\n`)
  console.log(`${source.publications.length} publications, ${source.rows} rows: ${took}`)
  const { exact, lines } = outcomeOf({ source, totals, figures, counts: player.counts(), format, programme })
  for (const line of lines) console.log(line)
  return exact
}
