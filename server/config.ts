/** The operator's settings. The only file that reads the environment and the server's command line. */
import { parseArgs } from 'node:util'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export interface Config {
  port: number
  host: string
  /** path of the file with the log and the accounts */
  data: string
  /** key of a built-in programme or path of a folder; null = not set: the programme in the store, else the default */
  program: string | null
  /** the public address when TLS ends at a proxy, e.g. `https://rollout.example`; null = taken from the Host header */
  origin: string | null
  /** number of proxies in front whose forwarding headers are trusted; 0 = none */
  trustProxy: number
  logLevel: (typeof LOG_LEVELS)[number]
}

/** A setting that cannot be used, for the operator's console. */
export interface Fault {
  name: string
  fault: string
}

/** The settings, or every fault in them. */
export type ConfigResult = { ok: true; config: Config } | { ok: false; faults: Fault[] }

/** The settings when nothing is set. */
export const DEFAULTS: Config = {
  port: 8008,
  host: '0.0.0.0',
  data: './data/rollout.db',
  program: null,
  origin: null,
  trustProxy: 0,
  logLevel: 'info',
}

/** Reads the settings; every fault is returned, not only the first. `args` are the arguments after the script's name. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, args = process.argv.slice(2)): ConfigResult {
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

  const level = (): Config['logLevel'] => {
    const text = set('LOG_LEVEL')
    if (text === undefined) return DEFAULTS.logLevel
    return (
      LOG_LEVELS.find((l) => l === text) ?? fail('LOG_LEVEL', `"${text}" is none of ${LOG_LEVELS.join(', ')}`, 'info')
    )
  }

  const config: Config = {
    port: integer('PORT', 65_535, DEFAULTS.port),
    host: set('HOST') ?? DEFAULTS.host,
    data: set('DATA') ?? DEFAULTS.data,
    program: programArgument(args, fail) ?? set('PROGRAM') ?? null,
    origin: originOf('ORIGIN'),
    trustProxy: integer('TRUST_PROXY', 10, DEFAULTS.trustProxy),
    logLevel: level(),
  }
  if (/[\s/]/.test(config.host)) fail('HOST', `"${config.host}" is not a host name or address`, null)
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config }
}

function programArgument(args: string[], fail: (name: string, fault: string, instead: null) => null): string | null {
  try {
    return parseArgs({ args, options: { program: { type: 'string' } } }).values.program ?? null
  } catch (error) {
    return fail(args.join(' '), error instanceof Error ? error.message : String(error), null)
  }
}
