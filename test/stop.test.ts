import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStop } from '../server/stop.ts'
import { newId } from './support/core.ts'
import { type MainProcess, runMain } from './support/mainProcess.ts'
import { openRawSocket } from './support/rawSocket.ts'
import { type Client, codes, createClient, type Live, PASSWORD } from './support/server.ts'

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
    const data = { member: `m-${id}`, name: `甲 ${id}`, role: 'viewer', unit }
    const answer = await send(JSON.stringify({ id, kind: 'AddMember', data }))
    tries.push({ id, sent, ...answer })
    last = answer.status
  }
  agent.destroy()
}

/** The same over a live connection, until it is closed. */
async function keepSaying(live: Live, unit: string, tries: Try[]): Promise<void> {
  const lost = new Promise<null>((resolve) => live.once('disconnect', () => resolve(null)))
  for (let status = 1; status !== 0;) {
    const id = newId()
    const sent = performance.now()
    const data = { member: `m-${id}`, name: `甲 ${id}`, role: 'viewer', unit }
    const answer = await Promise.race([live.emitWithAck('command', { id, kind: 'AddMember', data }), lost])
    status = answer === null ? 0 : answer.ok ? 200 : 503
    tries.push({ id, sent, status, codes: codes(answer ?? {}), retryAfter: status === 503 ? '5' : undefined })
  }
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
    const spoken: Try[] = []
    const speaker = await head.socket()
    const clients = Array.from({ length: 100 }, () => keepSending(url, head.cookie, unit, tries))
    clients.push(keepSaying(speaker, unit, spoken))
    await sleep(1_000)
    // on a machine that is busy with other things it takes longer
    const yes = () => tries.filter(({ status }) => status === 200).length
    await vi.waitFor(() => expect(yes()).toBeGreaterThan(150), { timeout: 30_000, interval: 50 })

    const signalled = performance.now()
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(2_000)
    // the last to close the file writes the rest of the log into it
    expect(existsSync(`${DATA}-wal`)).toBe(false)
    await Promise.all(clients)
    expect(spoken.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
    tries.push(...spoken)

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

  it('H2 refuses what comes after the signal on connections that were there before it, half-sent requests included', async () => {
    const DATA = join(dir, 'late.db')
    const { main, url, head, unit } = await start(DATA)
    const { hostname, port, host } = new URL(url)
    const open = () => {
      const socket = connect(Number(port), hostname)
      const heard = { text: '' }
      socket.on('error', () => undefined).on('data', (chunk) => (heard.text += String(chunk)))
      const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(heard.text)))
      return { socket, ended }
    }
    const ids: string[] = []
    const command = () => {
      const id = newId()
      ids.push(id)
      return { id, kind: 'AddMember', data: { member: `m-${id}`, name: `甲 ${id}`, role: 'viewer', unit } }
    }
    const headOf = (path: string, body: string) =>
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${head.cookie}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
    const live = await head.socket()
    const told = new Promise<void>((resolve) => {
      live.once('closing', () => {
        live.emit('command', command(), () => undefined)
        resolve()
      })
    })
    const half = open()
    const late = open()
    const signIn = open()
    const body = JSON.stringify(command())
    half.socket.write(headOf('/api/v1/commands', body) + body.slice(0, 9))
    await sleep(300)

    main.child.kill('SIGTERM')
    await told
    half.socket.write(body.slice(9))
    const whole = JSON.stringify(command())
    late.socket.write(headOf('/api/v1/commands', whole) + whole)
    const login = JSON.stringify({ login: 'head', password: PASSWORD })
    signIn.socket.write(headOf('/api/v1/session', login) + login)
    expect(await half.ended).toMatch(/^HTTP\/1\.1 503 [\s\S]*server\.closing/)
    for (const answer of [await late.ended, await signIn.ended])
      expect(answer).toMatch(/^(HTTP\/1\.1 503 [\s\S]*server\.closing|$)/)
    expect(await main.ended).toBe(0)
    const onDisk = written(DATA)
    expect(ids).toHaveLength(3)
    expect(ids.filter((id) => onDisk.has(id))).toEqual([])
  })

  it('H2 what had not wholly arrived at the signal is not taken, on whatever route, and no connection is kept for more', async () => {
    const { main, url, head } = await start(join(dir, 'half.db'))
    const { hostname, port, host } = new URL(url)
    const login = JSON.stringify({ login: 'head', password: PASSWORD })
    const signIn =
      `POST /api/v1/session HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(login)}\r\n\r\n${login}`
    const look = `GET /api/v1/session HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    const halves = [signIn.slice(0, 60), signIn.slice(0, -5), look.slice(0, 30)].map((begin, i) => {
      const socket = connect(Number(port), hostname)
      const heard = { text: '' }
      socket.on('error', () => undefined).on('data', (chunk) => (heard.text += String(chunk)))
      // by the server, not only when everybody is cut off
      const ended = new Promise<number>((resolve) => socket.once('close', () => resolve(performance.now())))
      socket.write(begin)
      return { socket, heard, ended, rest: [signIn, signIn, look][i]!.slice(begin.length) }
    })
    const live = await head.socket()
    const told = new Promise<void>((resolve) => live.once('closing', () => resolve()))
    await sleep(300)
    const signalled = performance.now()
    main.child.kill('SIGTERM')
    await told
    for (const { socket, rest } of halves) socket.write(rest)
    const ended = await Promise.all(halves.map((half) => half.ended))
    for (const { heard } of halves.slice(0, 2)) {
      expect(heard.text).toMatch(/^HTTP\/1\.1 503 [\s\S]*server\.closing/)
      expect(heard.text).not.toMatch(/Set-Cookie/i)
    }
    expect(halves[2]!.heard.text).toMatch(/^HTTP\/1\.1 200 /)
    for (const { heard } of halves) expect(heard.text).toMatch(/\r\nConnection: close\r\n/i)
    // before everybody is cut off
    for (const at of ended) expect(at - signalled).toBeLessThan(1_100)
    expect(await main.ended).toBe(0)
  })

  it('H2 many sign-ins that wait for their turn are answered, and none works on when the files are closed', async () => {
    const { main, url } = await start(join(dir, 'crowd.db'))
    const tries = Array.from({ length: 60 }, async (_, i) => {
      const answer = await fetch(`${url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: `u${i}`, password: PASSWORD }),
      })
      return [answer.status, ...codes((await answer.json()) as object)].join(' ')
    })
    // all have come by then, and most still wait
    await sleep(500)
    main.child.kill('SIGTERM')
    const said = await Promise.allSettled(tries)
    expect(await main.ended).toBe(0)
    expect(said.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(
      said.filter((one) => one.status === 'fulfilled' && one.value === '503 server.closing').length,
    ).toBeGreaterThan(0)
    expect(main.out.out).not.toContain('request failed')
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
    await sleep(150)
    main.child.kill('SIGINT')
    await sleep(450)
    expect(cut).toBe(false)
    main.child.kill('SIGINT')
    expect(await main.ended).toBe(0)
    expect(performance.now() - signalled).toBeLessThan(1_300)
    expect(existsSync(`${DATA}-wal`)).toBe(false)
  })
})

describe('the order of a stop', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** What is done, in order; what was taken is answered when `answer` is called. */
  const stopping = () => {
    const done: string[] = []
    const does = (what: string) => () => void done.push(what)
    const doesSoon = (what: string) => async () => void done.push(what)
    const { promise: answered, resolve: answer } = Promise.withResolvers<null>()
    const { promise: worked, resolve: work } = Promise.withResolvers<null>()
    const stop = createStop({
      health: { set: does('not ready') },
      core: { drain: async () => void (await answered) },
      connections: { close: does('let nobody in'), gone: doesSoon('connections gone'), cut: does('cut off') },
      realtime: { leave: does('tell pages'), close: doesSoon('sockets closed') } as never,
      work: { done: async () => void (done.push('work'), await worked) },
      refuseWaiting: does('refuse what waits'),
      rest: does('rest'),
      closeFiles: doesSoon('files closed'),
    })
    return { done, stop, answer, work }
  }
  const FIRST = ['not ready', 'rest', 'let nobody in', 'tell pages']
  const LAST = ['sockets closed', 'connections gone', 'work', 'files closed']

  it('H2 sockets and files are closed when what was taken is answered, and nobody is hurried who is in time', async () => {
    const { done, stop, answer, work } = stopping()
    work(null)
    const closed = stop.close()
    await vi.advanceTimersByTimeAsync(700)
    expect(done).toEqual(FIRST)
    answer(null)
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    await closed
    expect(done).toEqual([...FIRST, ...LAST])
    expect(stop.close()).toBe(closed)
  })

  it('H2 files are closed when nobody works with them any more, whoever was cut off, and after 1.6 s at the latest', async () => {
    const { done, stop, answer, work } = stopping()
    void stop.close()
    answer(null)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(done).toContain('refuse what waits')
    expect(done).not.toContain('files closed')
    work(null)
    await vi.advanceTimersByTimeAsync(0)
    expect(done.at(-1)).toBe('files closed')
    const stuck = stopping()
    void stuck.stop.close()
    stuck.answer(null)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(stuck.done).not.toContain('files closed')
    await vi.advanceTimersByTimeAsync(200)
    expect(stuck.done.at(-1)).toBe('files closed')
  })

  it('H2 H3 what waits is refused after 0.8 s and whoever is left cut off after 1.2 s; both at once when told to hurry', async () => {
    const slow = stopping()
    void slow.stop.close()
    await vi.advanceTimersByTimeAsync(900)
    expect(slow.done).toEqual([...FIRST, 'refuse what waits'])
    await vi.advanceTimersByTimeAsync(400)
    expect(slow.done).toEqual([...FIRST, 'refuse what waits', 'cut off'])
    const hurried = stopping()
    void hurried.stop.close()
    hurried.stop.hurry()
    expect(hurried.done).toEqual([...FIRST, 'refuse what waits', 'cut off'])
  })
})
