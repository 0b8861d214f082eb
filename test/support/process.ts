/** Starts a real server in a process of its own, kills it, and starts it again on the same file and port. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** Password of everybody in `PEOPLE`; their sign-in name is their id. */
export const PASSWORD = 'correct horse battery'

export interface ServerProcess {
  url: string
  /** SIGKILL, without warning */
  kill(): Promise<void>
  /** SIGTERM, as when it is restarted */
  stop(): Promise<void>
  start(): Promise<void>
  /** stops it and removes its file */
  close(): Promise<void>
}

export interface CrowdedProcess extends ServerProcess {
  /** of the crowd */
  cookies: string[]
  /** of the process that runs */
  pid(): number
}

/** `reviewLevels`: of the tiny programme that it opens; `crowd`: people of district A who are signed in. */
export async function startProcess(reviewLevels = 0, crowd = 0): Promise<CrowdedProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-process-'))
  const script = join(import.meta.dirname, 'serve.ts')
  let child: ChildProcess | null = null
  let port = 0
  const end = async (signal: NodeJS.Signals) => {
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    child = null
  }
  const server: CrowdedProcess = {
    url: '',
    cookies: [],
    pid: () => child!.pid!,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async start() {
      const node = join(import.meta.dirname, '../../node_modules/.bin/node')
      const options = [join(folder, 'rollout.db'), String(port), String(reviewLevels), String(crowd)]
      child = spawn(node, [script, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
      const lines = createInterface({ input: child.stdout! })
      const [line] = (await Promise.race([
        once(lines, 'line'),
        once(child, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
      ])) as [string]
      const listening = JSON.parse(line) as { url: string; port: number; cookies: string[] }
      server.url = listening.url
      server.cookies = listening.cookies
      port = listening.port
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
