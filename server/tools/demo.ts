/** The demonstration: a simulated history, then simulated officials who continue it live. Starts from scratch each time. */
import { join } from 'node:path'
import { pino } from 'pino'
import { buildServer, type RunningServer, StartFault } from '../build.ts'
import { DEFAULTS } from '../config.ts'
import { openCore } from '../core/core.ts'
import { DEFAULT_PROGRAMME, programmeFolder } from '../programs/find.ts'
import { loadProgramme } from '../programs/load.ts'
import { faultLine } from '../programs/words.ts'
import { onStopSignal } from '../signals.ts'
import { openSqlite } from '../store/sqlite.ts'
import { giveUp, readArguments, usualAddress, wholeNumber } from './arguments.ts'
import { copyLog } from './copy.ts'
import { scaledClock } from './live/clock.ts'
import { startOfficials } from './live/officials.ts'
import { startLiveRun } from './live/run.ts'
import { removeLog } from './remove.ts'
import { setClock } from './simulate/clock.ts'
import { fillHistory, type History, openSimulated } from './simulate/history.ts'
import { SimulationRefused } from './simulate/executor.ts'
import { loadSimulation, type Simulation } from './simulate/simulation.ts'
import type { Programme } from '../../shared/domain/programme.ts'

const usual = usualAddress()
const { values: given } = readArguments({
  options: {
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: usual.port },
    host: { type: 'string', default: usual.host },
    'day-seconds': { type: 'string', default: '20' },
    data: { type: 'string', default: './data/demo' },
    program: { type: 'string', default: DEFAULT_PROGRAMME },
  },
})
const seed = wholeNumber('--seed', given.seed, 0, 2 ** 31)
const port = wholeNumber('--port', given.port, 0, 65_535)
const daySeconds = wholeNumber('--day-seconds', given['day-seconds'], 1, 86_400)
const folder = programmeFolder(given.program)
const programme = loadProgramme(folder)
const simulation = loadSimulation(folder)
const faults = [programme, simulation].flatMap((loaded) => (loaded.ok ? [] : loaded.faults))
if (!programme.ok || !simulation.ok) giveUp(`${folder}:`, ...faults.map(faultLine))

await demonstrate(programme.programme, simulation.simulation).catch((error: unknown) => {
  if (error instanceof StartFault) giveUp(...error.faults.map((f) => `${f.name}: ${f.fault}`))
  if (error instanceof SimulationRefused) giveUp(`${folder}/simulation.json: ${error.message}`)
  throw error
})

async function demonstrate(what: Programme, how: Simulation): Promise<void> {
  const began = performance.now()
  // a file name of its own, so that this can never remove the log of a server in use
  const data = join(given.data, 'demo.db')
  removeLog(data)
  const { history, events, end } = await fill(data, what, how)
  const filled = performance.now()
  console.log(
    `\n  ${events} simulated events up to ${how.until.day} ${how.until.time}, seed ${seed}: ${seconds(filled - began)}`,
  )

  const clock = scaledClock(what.timeZone, daySeconds * 1_000, end)
  const visitors = how.people.filter((p) => p.part === 'visitor').map((p) => p.member)
  const server: RunningServer = await buildServer({
    config: { ...DEFAULTS, port, host: given.host, data, logLevel: 'warn' },
    programme: what,
    origin: 'simulated',
    clock: clock.now,
    authClock: () => new Date(),
    scheduler: false,
    demo: { people: () => visitors },
    log: pino({ level: 'warn' }),
  })
  // nobody's: the page says that all here is simulated
  for (const [i, { member }] of how.people.entries())
    await server.auth.phones.set(member, `0755-0000 ${String(3_001 + i)}`)
  const officials = await startOfficials(server.url, server.auth, server.core.setting()!, how)
  const run = startLiveRun({ core: server.core, clock, officials, history })
  console.log(`  up after ${seconds(performance.now() - began)}; a day passes in ${daySeconds} s\n`)
  console.log(`  ${what.name.en}, simulated:  ${server.url}\n`)

  const stop = async (): Promise<void> => {
    run.stop()
    officials.close()
    await server.close()
    const { accepted, refused } = officials.counts()
    console.log(`\n  live commands accepted: ${accepted}, refused: ${refused}`)
    process.exit(0)
  }
  onStopSignal(
    () => void stop(),
    () => server.hurry(),
  )
  if (await run.done) {
    officials.close()
    console.log(`  The programme ended on ${what.endsOn}: the officials have stopped, the pages stay.`)
  }
}

/** Simulates the history in memory, then copies it to the file in one go. */
async function fill(
  path: string,
  what: Programme,
  how: Simulation,
): Promise<{ history: History; events: number; end: number }> {
  const memory = openSqlite(':memory:')
  const clock = setClock()
  const core = await openCore({ store: memory, now: clock.now })
  const opened = await openSimulated({ core, clock }, what)
  if (!opened.ok) giveUp(...opened.refusals.map((r) => `${r.at ?? ''} ${r.code}`))
  const history = await fillHistory({ core, clock, simulation: how, seed })
  await core.close()
  const file = openSqlite(path)
  const events = await copyLog(memory, file)
  await file.close()
  await memory.close()
  return { history, events, end: clock.now().getTime() }
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
