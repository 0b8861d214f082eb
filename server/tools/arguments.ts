/** Reads a tool's command line, and stops with a clear message when it makes no sense. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { readConfig } from '../config.ts'

/** Prints the lines and ends the process with code 1. */
export function giveUp(...lines: string[]): never {
  for (const text of lines) console.error(text)
  process.exit(1)
}

/** The options of the command line; ends the process when they cannot be read. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    return giveUp(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number from `least` to `most`; ends the process when it is not. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const n = /^\d{1,12}$/.test(text) ? Number(text) : NaN
  return n >= least && n <= most ? n : giveUp(`${name}: "${text}" is not a whole number from ${least} to ${most}`)
}

/** Where anybody is signed in as anybody, so that only this machine reaches it unless told. */
const LOOPBACK = '127.0.0.1'

/** The defaults for `--port` and `--host`: those of the environment, else the server's port, and this machine alone. */
export function usualAddress(): { port: string; host: string } {
  const settings = readConfig(undefined, [], LOOPBACK)
  if (!settings.ok) giveUp(...settings.faults.map((f) => `${f.name}: ${f.fault}`))
  return { port: String(settings.config.port), host: settings.config.host }
}

/** The log that the server would serve, and the folder of its state, from the environment. */
export function usualStore(): { data: string; state: string | null } {
  const settings = readConfig(undefined, [])
  if (!settings.ok) giveUp(...settings.faults.map((f) => `${f.name}: ${f.fault}`))
  const { data, state } = settings.config
  return { data, state }
}
