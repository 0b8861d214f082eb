/** Starts a real server in a process of its own, kills it, and starts it again on the same file and port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import packageOf from '../../package.json' with { type: 'json' }

/** What Node and its allocator are started with for `npm start`. */
const { start } = packageOf.scripts
const FLAGS = start.match(/--\S+/g)!
const MALLOC_MMAP_THRESHOLD_ = /MALLOC_MMAP_THRESHOLD_=(\d+)/.exec(start)![1]!

/** Password of everybody in `PEOPLE`; their sign-in name is their id. */
export const PASSWORD = 'correct horse battery'

export interface ServerProcess {
  url: string
  /** SIGKILL, without warning */
  kill(): Promise<void>
  /** SIGTERM, as when it is restarted */
  stop(): Promise<void>
  start(): Promise<void>
  /** of the process that runs */
  pid(): number
  /** stops it and removes its file */
  close(): Promise<void>
}

export interface CrowdedProcess extends ServerProcess {
  /** starts it and kills it so many ms later, whether it listens by then or not */
  startInVain(ms: number): Promise<void>
  /** with all that it keeps, its log in `rollout.db` and its state in `state` */
  folder: string
  /** of the crowd */
  cookies: string[]
}

/**
 * `reviewLevels`: of the tiny programme that it opens; `crowd`: people of district A who are signed in; `from`: folder of another
 * one that has been stopped, to begin with what it held; `programme`: `long` for the one with the longest names.
 */
export async function startProcess(
  reviewLevels = 0,
  crowd = 0,
  from?: string,
  programme: 'tiny' | 'long' | 'silent' | 'kept' = 'tiny',
): Promise<CrowdedProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-process-'))
  if (from !== undefined) cpSync(from, folder, { recursive: true })
  const script = join(import.meta.dirname, 'serve.ts')
  let child: ChildProcess | null = null
  let port = 0
  const end = async (signal: NodeJS.Signals) => {
    const ending = child
    child = null
    // it may have ended by itself
    if (ending === null || ending.exitCode !== null) return
    const gone = once(ending, 'exit')
    ending.kill(signal)
    await gone
  }
  const launch = () => {
    const node = join(import.meta.dirname, '../../node_modules/.bin/node')
    const options = [join(folder, 'rollout.db'), String(port), String(reviewLevels), String(crowd), programme]
    return (child = spawn(node, [...FLAGS, script, ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, MALLOC_MMAP_THRESHOLD_ },
    }))
  }
  const server: CrowdedProcess = {
    url: '',
    folder,
    cookies: [],
    pid: () => child!.pid!,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      const started = launch()
      const lines = createInterface({ input: started.stdout! })
      const [line] = (await Promise.race([
        once(lines, 'line'),
        once(started, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
      ])) as [string]
      const listening = JSON.parse(line) as { url: string; port: number; cookies: string[] }
      server.url = listening.url
      server.cookies = listening.cookies
      port = listening.port
    },
    async startInVain(ms) {
      launch()
      await pause(ms)
      await end('SIGKILL')
    },
    async close() {
      await end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** Signs in by password; the value of the `Cookie` header. */
export async function signIn(url: string, login: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  })
  if (!response.ok) throw new Error(await response.text())
  return response.headers.getSetCookie()[0]!.split(';')[0]!
}
