/** The operator's settings. The only file that reads the environment and the server's command line. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Day, isDay } from '../shared/progress/day.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  port: number
  host: string
  /** path of the file with the log and the accounts */
  data: string
  /** folder that tells, outside the data file, how far its log has got; null = nowhere */
  state: string | null
  /** the data file was put back by hand and may end at this seq, though its log had got further; null = it may not */
  acceptOlder: number | null
  /** key of a built-in programme or path of a folder; null = not set: the programme in the store, else the default */
  program: string | null
  /** a store to try the programme with goes from this day on; null = by the calendar, or from where it had got (C23) */
  day: Day | null
  /** the public address when TLS ends at a proxy, e.g. `https://rollout.example`; null = the one of our hosts that a request names */
  origin: string | null
  /** names, without ports, under which it is reached besides `origin`, `host`, and those of the machine */
  hosts: string[]
  /** number of proxies in front whose forwarding headers are trusted; 0 = none */
  trustProxy: number
  /** opens `/metrics` to whoever sends it as a bearer token; null = to this machine alone, and to nobody behind a proxy */
  metricsToken: string | null
  logLevel: (typeof LOG_LEVELS)[number]
}

/** A setting that cannot be used, for the operator's console. */
export interface Fault {
  name: string
  fault: string
}

/** The settings, or every fault in them. */
export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: Fault[] }

/** The settings when nothing is set. Only a server in use keeps a `state`: demonstrations and tests begin anew. */
export const DEFAULTS: Config = {
  port: 8008,
  host: '0.0.0.0',
  data: './data/rollout.db',
  state: null,
  acceptOlder: null,
  program: null,
  day: null,
  origin: null,
  hosts: [],
  trustProxy: 0,
  metricsToken: null,
  logLevel: 'info',
}

/** Shorter ones could be guessed. */
const TOKEN_MIN = 16

/**
 * Reads the settings; every fault is returned, not only the first. `args` are the arguments after the script's name; `host` is
 * where it listens unless told.
 */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  args = process.argv.slice(2),
  host = DEFAULTS.host,
): ConfigResult {
  const faults: Fault[] = []
  const set = (name: string): string | undefined =>
    env[name] === undefined || env[name] === '' ? undefined : env[name]
  const fail = <T>(name: string, fault: string, instead: T): T => {
    faults.push({ name, fault })
    return instead
  }

  const integer = (name: string, max: number, instead: number): number => {
    const text = set(name)
    if (text === undefined) return instead
    const n = /^\d{1,6}$/.test(text) ? Number(text) : NaN
    return n <= max ? n : fail(name, `"${text}" is not a whole number from 0 to ${max}`, instead)
  }

  const originOf = (name: string): string | null => {
    const text = set(name)
    if (text === undefined) return null
    const url = URL.parse(text)
    if (url === null || !/^https?:$/.test(url.protocol) || text.replace(/\/$/, '') !== url.origin)
      return fail(name, `"${text}" is not an address such as https://rollout.example, without a path`, null)
    return url.origin
  }

  const hostsOf = (name: string): string[] =>
    (set(name) ?? '').split(/[\s,]+/).flatMap((text) => {
      if (text === '') return []
      const url = URL.parse(`http://${text}`)
      if (url !== null && url.port === '' && text.toLowerCase() === url.host) return [url.hostname]
      fail(
        name,
        `"${text}" is not the name or address of a host, without a port, such as rollout.example or 192.0.2.7`,
        null,
      )
      return []
    })

  const level = (): Config['logLevel'] => {
    const text = set('LOG_LEVEL')
    if (text === undefined) return DEFAULTS.logLevel
    return (
      LOG_LEVELS.find((l) => l === text) ?? fail('LOG_LEVEL', `"${text}" is none of ${LOG_LEVELS.join(', ')}`, 'info')
    )
  }

  const token = (name: string): string | null => {
    const text = set(name) ?? null
    // not repeated: it may be the true one but for a blank
    return text === null || (text.length >= TOKEN_MIN && /^[!-~]+$/.test(text))
      ? text
      : fail(name, `has to have at least ${TOKEN_MIN} letters, digits and signs, without blanks`, null)
  }

  const given = readArguments(args, fail)
  const config: Config = {
    port: integer('PORT', 65_535, DEFAULTS.port),
    host: set('HOST') ?? host,
    data: set('DATA') ?? DEFAULTS.data,
    state: stateFolder(set),
    acceptOlder: seqOf('--accept-older', given['accept-older'], fail),
    program: given.program ?? set('PROGRAM') ?? null,
    day: dayOf('--day', given.day, fail),
    origin: originOf('ORIGIN'),
    hosts: hostsOf('HOSTS'),
    trustProxy: integer('TRUST_PROXY', 10, DEFAULTS.trustProxy),
    metricsToken: token('METRICS_TOKEN'),
    logLevel: level(),
  }
  if (/[\s/]/.test(config.host)) fail('HOST', `"${config.host}" is not a host name or address`, null)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config }
}

type Fail = (name: string, fault: string, instead: null) => null

function readArguments(args: string[], fail: Fail): { program?: string; day?: string; 'accept-older'?: string } {
  const options = { program: { type: 'string' }, day: { type: 'string' }, 'accept-older': { type: 'string' } } as const
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    fail(args.join(' '), error instanceof Error ? error.message : String(error), null)
    return {}
  }
}

function seqOf(name: string, text: string | undefined, fail: Fail): number | null {
  if (text === undefined) return null
  return /^\d{1,15}$/.test(text) ? Number(text) : fail(name, `"${text}" is not the number of an event`, null)
}

function dayOf(name: string, text: string | undefined, fail: Fail): Day | null {
  if (text === undefined) return null
  return isDay(text) ? text : fail(name, `"${text}" is no day: write year-month-day, such as 2026-03-31`, null)
}

/** Where services and programs of a person keep their state: systemd's variable, that of the XDG base directories, or its default. */
function stateFolder(set: (name: string) => string | undefined): string {
  return (
    set('STATE') ?? set('STATE_DIRECTORY') ?? join(set('XDG_STATE_HOME') ?? join(homedir(), '.local/state'), 'rollout')
  )
}
