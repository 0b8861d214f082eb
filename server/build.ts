/** Constructs everything, starts it, and stops it in order. Nothing else constructs the server. */
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { pino, type Logger } from 'pino'
import { SYSTEM_ID } from '../shared/command.ts'
import type { Programme } from '../shared/domain/programme.ts'
import type { DataOrigin } from '../shared/domain/values.ts'
import type { Setting } from '../shared/domain/world.ts'
import { LogFault } from '../shared/event.ts'
import type { Day } from '../shared/progress/day.ts'
import { newestState, startArchive } from './archive/archive.ts'
import { type Auth, openAuth } from './auth/auth.ts'
import { hostsOf } from './auth/hosts.ts'
import { forgetPhones } from './auth/phoneBook.ts'
import { linkTo } from './auth/tokens.ts'
import type { Config, Fault } from './config.ts'
import { LIMITS, type Limits } from './core/allowance.ts'
import { type Core, openCore, SYSTEM } from './core/core.ts'
import { createPace } from './core/pace.ts'
import { createExchange } from './exchange/exchange.ts'
import { watchFold } from './fold.ts'
import { createHealth, type Health } from './health.ts'
import { createApp } from './http/app.ts'
import { countWork, keepConnections } from './http/connections.ts'
import type { Demo } from './http/accountHandlers.ts'
import { createHandlers } from './http/handlers.ts'
import { createHttpServer } from './http/server.ts'
import { ChosenDayFault, checkDay, chosenMoment, createShift } from './chosenDay.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { startOperation } from './operation.ts'
import { createOperator } from './operator.ts'
import { startRealtime } from './realtime/socket.ts'
import { startScheduler } from './scheduler.ts'
import { createStop, type Stop } from './stop.ts'
import { databaseFault, openServing, type Serving, ServingFault } from './store/serving.ts'
import type { Store } from './store/store.ts'
import { isReported } from './store/watch.ts'

export interface BuildOptions {
  config: Config
  /** the programme to open when the store is empty */
  programme: Programme
  /** data origin of a programme opened here; default `real` */
  origin?: DataOrigin
  clock?: () => Date
  /** ms that pass while the machine runs or sleeps, whatever its clock is set to */
  elapsed?: () => number
  /** clock of sessions and invitations, where the log's clock is not the real one; default `clock` */
  authClock?: () => Date
  /** false = the caller begins the days */
  scheduler?: boolean
  /** when set, anybody may sign in as anybody, and no first account is needed */
  demo?: Demo
  log?: Logger
  /** folder of the built client */
  client?: string
  /** ms between two patches of a scope */
  tickMs?: number
  /** ms between two proofs of a socket */
  proofMs?: number
  /** ms after which the whole log is looked through */
  verifyAfterMs?: number
  /** what anybody may take of the server, where it is not `LIMITS`; for tests and measurements */
  limits?: Partial<Limits>
}

export interface RunningServer extends Stop {
  /** public address: `config.origin`, or the machine's own address */
  url: string
  /** the port it listens on */
  port: number
  core: Core
  auth: Auth
  health: Health
  /** one-time link that creates the first account; null once there is one, and in a demonstration */
  firstLink: string | null
  /** parts of the programme given that the store, which had one, has otherwise */
  differs: readonly string[]
}

/** Why the server cannot start, in the operator's terms. */
export class StartFault extends Error {
  readonly faults: Fault[]
  constructor(...faults: Fault[]) {
    super(faults.map((f) => `${f.name}: ${f.fault}`).join('\n'))
    this.faults = faults
  }
}

/** Folder of a log's checkpoints; it may be deleted at any time. */
export const checkpointsOf = (data: string): string => `${data}.checkpoints`

/** Counts the time that the machine sleeps, unlike `performance.now()`. */
const sinceBoot = (): number => uptime() * 1_000

const PRUNE_MS = 30_000

/** The time of day without its jumps: what a wrong clock does ends nobody's session and lengthens none. */
const steady = () => new Date(performance.timeOrigin + performance.now())

/** Resolves when the server listens; rejects with a StartFault where the operator can help. */
export async function buildServer(options: BuildOptions): Promise<RunningServer> {
  const { config, elapsed = sinceBoot, demo = null, proofMs } = options
  const shift = createShift(options.clock ?? (() => new Date()))
  const clock = shift.now
  const log = options.log ?? pino({ level: config.logLevel, redact: { paths: ['err.body'], remove: true } })
  const rule = { origin: config.origin, trustProxy: config.trustProxy, hosts: hostsOf(config) }
  const health = createHealth(() => clock().getTime())
  health.onChange((cause, fault) => {
    // a start and a stop have lines of their own
    if (cause === 'notOpen' || cause === 'closing') return
    if (fault === null) log.info({ cause }, 'ready again')
    else log.warn({ cause, fault }, 'not ready')
  })
  health.set('notOpen', 'the server is starting')

  // a fault leaves no store behind
  if (!existsSync(config.data)) orDayFault(() => checkDay(options.programme, config.day))
  const serving = await openStore(config, health, clock, log)
  const { store, mayWrite } = serving
  const authClock = options.authClock ?? options.clock ?? steady
  const failed = (error: unknown) => log.error({ err: error }, 'sessions not written: they last as long as the process')
  const names = (): string[] => namesOf(core.setting())
  const auth = await openBeside(serving, config.data, () =>
    openAuth(config.data, authClock, { failed, mayWrite, names }),
  )
  const closeStores = async () => {
    await auth.close()
    await serving.close()
  }
  const metrics = createMetrics()
  const operator = createOperator({ log, count: metrics.refused })
  const core = await openLog(store, options, clock, log, metrics).catch(async (error: unknown) => {
    await closeStores()
    throw error
  })
  const closeFiles = async () => {
    await core.close()
    await closeStores()
    log.info('closed')
  }

  try {
    const differs = await openProgramme(core, options)
    // whoever gives a clock has a day already
    if (options.clock === undefined) shift.to(chosenDay(core, await store.life(), config.day, clock()))
    const limits: Limits = { ...LIMITS, ...options.limits }
    const pace = createPace(core, { limits: limits.commands, now: () => performance.now() })
    const folder = checkpointsOf(config.data)
    const operation = startOperation({ ...options, folder, serving, core, health, now: clock, log })
    const files = createExchange(core)
    const handlers = createHandlers({ core, auth, pace, demo, files, now: authClock, operation: operation.report })
    const client = options.client ?? join(import.meta.dirname, '../client/dist')
    const text = () => metrics.text({ health, core, realtime })
    const reading = { token: config.metricsToken, type: metrics.type, text }
    const edge = { core, auth, pace, limits, rule, log, operator }
    const work = countWork()
    const app = createApp({ ...edge, handlers, client, health, work, metrics: reading })
    // the live edge wraps the request listeners that exist already, so it comes second
    const answer = app.callback()
    const http = createHttpServer((request, response) => void answer(request, response), limits, rule.trustProxy > 0)
    const connections = keepConnections(http)
    const realtime = startRealtime({
      ...edge,
      http,
      health,
      meter: metrics,
      ...(proofMs === undefined ? {} : { proofMs }),
    })
    const folding = watchFold(core, health)
    const port = await listen(http, config)
    const url = config.origin ?? `http://${hostName(config.host)}:${port}`
    const scheduler = options.scheduler === false ? null : startScheduler({ core, store, clock, elapsed, log })
    await scheduler?.tick()
    const prune = () =>
      Promise.all([auth.prune(), forgetPhones(auth, core)]).catch((error: unknown) =>
        log.error({ err: error }, 'not pruned'),
      )
    await prune()
    const pruning = setInterval(() => void prune(), PRUNE_MS)
    const rest = () => {
      log.info('stopping')
      clearInterval(pruning)
      folding.stop()
      void operation.stop()
      void files.close()
      scheduler?.stop()
    }
    const refuseWaiting = () => {
      core.hurry()
      auth.limits.hurry()
    }
    health.set('notOpen', null)
    log.info({ url, programme: core.setting()?.programme.key, today: core.now().today }, 'listening')

    return {
      url,
      port,
      core,
      auth,
      health,
      firstLink: demo === null ? await firstLink(core, auth, url) : null,
      differs,
      ...createStop({ health, core, connections, realtime, work, refuseWaiting, rest, closeFiles }),
    }
  } catch (error) {
    await closeFiles()
    throw error
  }
}

/** What everybody here knows: how the programme, what it counts and the place that it is for are called. */
function namesOf(setting: Setting | null): string[] {
  if (setting === null) return []
  const { programme, units } = setting
  const root = units.get(units.root)
  const said = [programme.name, programme.item, root?.name, root?.short].flatMap((n) => Object.values(n ?? {}))
  return ['rollout', programme.key, ...said]
}

/** Opens the log for this server alone. */
async function openStore({ data, state, acceptOlder }: Config, health: Health, now: () => Date, log: Logger) {
  const say = (line: string, about: object) => log.warn(about, line)
  try {
    return await openServing({ path: data, state, acceptOlder, now, report: health.set, say })
  } catch (error) {
    throw startFaultOf(data, error)
  }
}

/** Opens what is in the same file; the log is closed where that fails. */
async function openBeside<T>(serving: Serving, data: string, open: () => T): Promise<T> {
  try {
    return orFault('DATA', data, open)
  } catch (error) {
    await serving.close()
    throw error
  }
}

/** Opens the core over the log, starting from the newest valid checkpoint. */
async function openLog(
  store: Store,
  { config, tickMs }: BuildOptions,
  clock: () => Date,
  log: Logger,
  metrics: Metrics,
): Promise<Core> {
  const checkpoints = {
    data: config.data,
    folder: checkpointsOf(config.data),
    say: (line: string, about: object) => log.warn(about, line),
  }
  try {
    const begin = await newestState(checkpoints, store)
    return await openCore({
      store,
      now: clock,
      elapsed: () => performance.now(),
      ...(begin === undefined ? {} : { begin }),
      past: startArchive(checkpoints),
      ...(tickMs === undefined ? {} : { tickMs }),
      failed: (error) => {
        // what became of the file has had its line
        if (!isReported(error)) log.error({ err: error }, 'commands failed')
      },
      committed: (commands, events, ms) => metrics.committed(commands, events, ms / 1_000),
    })
  } catch (error) {
    throw startFaultOf(config.data, error)
  }
}

function startFaultOf(data: string, error: unknown): unknown {
  if (error instanceof LogFault)
    return new StartFault({ name: 'DATA', fault: `${data}: ${inWords(error)} Nothing was changed.` })
  const fault = error instanceof ServingFault ? error : databaseFault(data, error)
  return fault === null ? error : new StartFault({ name: fault.setting, fault: fault.message })
}

function inWords({ seq, type, v, reason }: LogFault): string {
  switch (reason) {
    case 'unknown':
      return `event ${seq} is "${type}" in version ${v}, which this version of the server does not understand. Start the version that wrote it, or a newer one.`
    case 'damaged':
      return `event ${seq} ("${type}") does not follow from the one before it: the log was changed or is damaged. Restore a backup.`
    case 'contradictory':
      return `event ${seq} ("${type}") makes no sense after those before it: the log was written by something else, or is damaged. Restore a backup.`
  }
}

/** Opens the programme where the store has none; the parts in which it differs from the one there. */
async function openProgramme(core: Core, { config, programme, origin }: BuildOptions): Promise<string[]> {
  const open = core.setting()?.programme
  if (open !== undefined) {
    if (config.program === null) return []
    if (open.key === programme.key) return differences(open, programme)
    const fault = `${config.data} already holds "${open.key}", not "${programme.key}": one store holds one programme. Give DATA a new file.`
    throw new StartFault({ name: 'PROGRAM', fault })
  }
  const command = {
    id: `${SYSTEM_ID}OpenProgramme:${programme.key}`,
    kind: 'OpenProgramme',
    // what is typed on a chosen day happened on another one
    data: { programme, origin: origin ?? (config.day === null ? 'real' : 'simulated') },
  }
  const answer = await core.dispatch(command, SYSTEM)
  if (!answer.ok)
    throw new StartFault(
      ...answer.refusals.map((r) => ({
        name: 'PROGRAM',
        fault: `${r.at ?? ''} ${r.code} ${JSON.stringify(r.params ?? {})}`,
      })),
    )
  return []
}

function chosenDay(core: Core, life: string | null, wanted: Day | null, now: Date): Date | null {
  const { programme, origin } = core.setting()!
  return orDayFault(() => chosenMoment({ programme, origin, today: core.now().today, life }, wanted, now))
}

function orDayFault<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof ChosenDayFault ? new StartFault(error) : error
  }
}

/** Baselines that were added since are no difference. */
function differences(open: Programme, given: Programme): string[] {
  const known = { ...open, baselines: open.baselines.slice(0, given.baselines.length) }
  return (Object.keys(given) as (keyof Programme)[]).filter((part) => !isDeepStrictEqual(known[part], given[part]))
}

async function firstLink(core: Core, auth: Auth, url: string): Promise<string | null> {
  const root = core.setting()?.units.root
  if (root === undefined || (await auth.accounts.any())) return null
  return linkTo(url, 'join', await auth.invitations.first({ role: 'office', unit: root }))
}

function listen(http: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST'
      reject(new StartFault({ name, fault: error.message }))
    })
    http.listen(port, host, () => resolve((http.address() as AddressInfo).port))
  })
}

/** A host name that a browser on this machine can open. */
function hostName(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function orFault<T>(name: string, what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new StartFault({ name, fault: `${what}: ${error instanceof Error ? error.message : String(error)}` })
  }
}
