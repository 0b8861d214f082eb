/** The server as people start it: a process of its own, with the settings given, on a port that it finds by itself. */
import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const MAIN = join(import.meta.dirname, '../../server/main.ts')

export interface MainProcess {
  child: ChildProcess
  /** what it has printed */
  out: { out: string; err: string }
  /** resolves with the exit code; null when a signal ended it */
  ended: Promise<number | null>
  /** its address, when it listens */
  url(): Promise<string>
}

/** Logs nothing unless told. Its state is kept beside its data, which should be in a folder of the test's own. */
export function runMain(env: Record<string, string>, args: string[] = []): MainProcess {
  return watched(spawn(process.execPath, [MAIN, ...args], { env: settingsOf(env) }))
}

/** The settings of a server in a test, and of whatever starts it. */
export function settingsOf(env: Record<string, string>): NodeJS.ProcessEnv {
  const STATE = join(dirname(env.DATA ?? join(tmpdir(), 'rollout')), 'state')
  return { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', STATE, ...env }
}

/** A process that prints the address of the server in it. */
export function watched(child: ChildProcess): MainProcess {
  const out = { out: '', err: '' }
  child.stdout!.on('data', (chunk) => (out.out += String(chunk)))
  child.stderr!.on('data', (chunk) => (out.err += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const url = async () => {
    for (let i = 0; i < 1_600; i++) {
      const found = /http:\/\/(localhost|127\.0\.0\.\d):\d+/.exec(out.out)
      if (found !== null && out.out.endsWith('\n')) return found[0]
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`it does not listen: ${out.err}`)
  }
  return { child, out, ended, url }
}
