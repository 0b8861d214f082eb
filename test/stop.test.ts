import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './support/core.ts'
import { type MainProcess, runMain } from './support/mainProcess.ts'
import { openRawSocket } from './support/rawSocket.ts'
import { type Client, codes, createClient, PASSWORD } from './support/server.ts'

/** What came of one command; `sent` in ms of `performance.now()`. */
interface Try {
  id: string
  sent: number
  /** 0 = the connection was closed without an answer */
  status: number
  codes: string[]
  retryAfter: string | undefined
}

/** One person's commands, one after the other on one kept connection, until there is no connection any more. */
async function keepSending(url: string, cookie: string, unit: string, tries: Try[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = (body: string) =>
    new Promise<Omit<Try, 'id' | 'sent'>>((resolve) => {
      const lost = () => resolve({ status: 0, codes: [], retryAfter: undefined })
      const headers = { cookie, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const asked = request(`${url}/api/v1/commands`, { method: 'POST', agent, headers }, (answer) => {
        let text = ''
        answer.on('data', (chunk) => (text += String(chunk)))
        answer.on('error', lost)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            codes: codes(JSON.parse(text)),
            retryAfter: answer.headers['retry-after'],
          }),
        )
      })
      asked.on('error', lost)
      asked.end(body)
    })
  for (let last = 1; last !== 0;) {
    const id = newId()
    const sent = performance.now()
    const data = { member: `m-${id}`, name: '甲', role: 'viewer', unit }
    const answer = await send(JSON.stringify({ id, kind: 'AddMember', data }))
    tries.push({ id, sent, ...answer })
    last = answer.status
  }
  agent.destroy()
}

const written = (path: string): Set<string> => {
  const db = new DatabaseSync(path, { readOnly: true })
  const rows = db.prepare("SELECT command FROM event WHERE type = 'MemberAdded'").all()
  db.close()
  return new Set(rows.map(({ command }) => String(command)))
}

describe('a stop', { timeout: 90_000 }, () => {
  let dir: string
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rollout-stop-'))
  })
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  })
  afterAll(() => rm(dir, { recursive: true }))

  const start = async (DATA: string): Promise<{ main: MainProcess; url: string; head: Client; unit: string }> => {
    const main = runMain({ DATA })
    running.add(main.child)
    const url = await main.url()
    const head = createClient(main.url, '')
    const token = /\/join#([\w-]+)/.exec(main.out.out)![1]!
    const { body } = await head.post('/api/v1/invitations/join', {
      token,
      name: '主任',
      login: 'head',
      password: PASSWORD,
    })
    return { main, url, head, unit: (body.me as { unit: string }).unit }
  }

  it('H2 answers what was taken and takes nothing more: 100 kept connections, and everything accepted is on disk', async () => {
    const DATA = join(dir, 'kept.db')
    const { main, url, head, unit } = await start(DATA)
    const socket = await head.socket()
    const heard: string[] = []
    let told = Infinity
    socket.on('closing', () => {
      heard.push('closing')
      told = performance.now()
    })
    socket.on('disconnect', (reason) => heard.push(reason))
    const tries: Try[] = []
    const clients = Array.from({ length: 100 }, () => keepSending(url, head.cookie, unit, tries))
    await sleep(1_500)

    const signalled = performance.now()
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(2_000)
    // the last to close the file writes the rest of the log into it
    expect(existsSync(`${DATA}-wal`)).toBe(false)
    await Promise.all(clients)

    const accepted = tries.filter(({ status }) => status === 200)
    const refused = tries.filter(({ status }) => status > 200)
    expect(accepted.length).toBeGreaterThan(100)
    const onDisk = written(DATA)
    expect(accepted.filter(({ id }) => !onDisk.has(id))).toEqual([])
    expect(refused.filter(({ id }) => onDisk.has(id))).toEqual([])
    // one person's hundred connections are told to wait as well
    const closing = refused.filter(({ codes }) => codes[0] !== 'command.busy')
    for (const { status, codes, retryAfter } of closing)
      expect([status, codes, retryAfter]).toEqual([503, ['server.closing'], '5'])
    expect(refused.filter(({ sent, codes }) => sent > told && codes[0] !== 'server.closing')).toEqual([])
    expect(accepted.filter(({ sent }) => sent > told)).toEqual([])
    expect(heard).toEqual(['closing', 'io server disconnect'])
  })

  it('H2 is over within 2 s whoever does not let go: a half-sent request, an idle connection, a socket that does not read', async () => {
    const { main, url, head } = await start(join(dir, 'stuck.db'))
    const { hostname, port } = new URL(url)
    const half = connect(Number(port), hostname)
    half.write(
      `POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    )
    const idle = connect(Number(port), hostname)
    idle.on('error', () => undefined)
    half.on('error', () => undefined)
    const deaf = await openRawSocket(url, head.cookie, () => undefined)
    deaf.pause()
    await sleep(200)

    const signalled = performance.now()
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(2_000)
    half.destroy()
    idle.destroy()
    deaf.close()
  })

  it('H3 a second signal closes at once, in order; the same one twice within half a second is one', async () => {
    const DATA = join(dir, 'twice.db')
    const { main, url } = await start(DATA)
    const { hostname, port } = new URL(url)
    const half = connect(Number(port), hostname)
    half.on('error', () => undefined)
    half.write(
      `POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    )
    await sleep(200)

    let cut = false
    half.on('close', () => (cut = true))
    const signalled = performance.now()
    main.child.kill('SIGINT')
    main.child.kill('SIGINT')
    await sleep(600)
    expect(cut).toBe(false)
    main.child.kill('SIGINT')
    expect(await main.ended).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(1_300)
    expect(existsSync(`${DATA}-wal`)).toBe(false)
  })
})
