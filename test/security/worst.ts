/** Signed-in people doing the worst that they can over their connections, and an official who reports meanwhile (findings S2, S7). */
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { chance } from '../support/chance.ts'
import { signIn, startProcess } from '../support/process.ts'
import {
  BEGUN,
  BINARY,
  CONTINUED,
  frame,
  openRawSocket,
  PING_FRAME,
  type RawSocket,
  TEXT,
} from '../support/rawSocket.ts'

const DAY = '2008-01-10'
const SCOPES = ['programme', 'issues', ...['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1'].map((unit) => `unit:${unit}`)]
const QUESTIONS = ['report.unusual', 'report.exceeds', 'report.coverageOver']

/** What one of them does again and again; `n` counts the times. */
type Deed = (socket: RawSocket, n: number) => void

const say = (socket: RawSocket, n: number, ...args: unknown[]) => socket.send(`42${n}${JSON.stringify(args)}`)
const repeat = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes))
const keys = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, i) => [`field-${i}`, i]))
const submit = (id: string, items: object[]) => ({ id, kind: 'SubmitReports', data: { items } })
const report = (n: number, unit: string, basedOn = 0) => ({
  ...{ unit, day: DAY, values: { accepted: 20 + (n % 7), issued: n % 7 }, basedOn, confirmed: QUESTIONS },
})

// made once: whoever floods a server does not think long about it
const SHEET = JSON.stringify(Array.from({ length: 700 }, (_, i) => report(i, `A${1 + (i % 3)}`)))
const FIELDS = JSON.stringify({ ...submit('unknown-fields', []), ...keys(5_000) })
const COUNTERS = JSON.stringify(submit('unknown-counters', [{ ...report(0, 'A1'), values: keys(5_000) }]))
const NESTED = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
const WATCHES = Buffer.concat(SCOPES.map((scope, n) => frame(TEXT, Buffer.from(`42${n}["watch","${scope}",0]`))))
const SMALL = repeat(
  Buffer.concat([frame(TEXT, Buffer.from('420["clock"]')), frame(TEXT, Buffer.from('421["nonsense",1]'))]),
  150,
)
const PINGS = repeat(frame(PING_FRAME, Buffer.alloc(125)), 200)
const PARTS = repeat(frame(CONTINUED, Buffer.from('x')), 500)
const HALF = frame(TEXT, Buffer.alloc(131_000, 'x')).subarray(0, 130_000)
const ATTACHED = frame(BINARY, Buffer.alloc(100_000))

/** Each under the name of what it is for. */
const DEEDS: Record<string, Deed> = {
  'asks for everything and reads nothing'(socket) {
    socket.pause()
    socket.write(repeat(WATCHES, 10))
  },
  'sends reports without end'(socket, n) {
    for (let i = 0; i < 20; i++)
      say(socket, n, 'command', submit(`worst-${socket.port()}-${n}-${i}`, [report(i, 'A1')]))
  },
  'sends the largest sheets': (socket, n) =>
    socket.send(
      `42${n}["command",{"id":"sheet-${socket.port()}-${n}","kind":"SubmitReports","data":{"items":${SHEET}}}]`,
    ),
  'sends fields that there are none of': (socket, n) => socket.send(`42${n}["command",${FIELDS}]`),
  'sends values of counters that there are none of': (socket, n) => socket.send(`42${n}["command",${COUNTERS}]`),
  'nests without end': (socket, n) => socket.send(`42${n}["command",${NESTED}]`),
  'says small things': (socket) => socket.write(SMALL),
  'pings and reads nothing'(socket) {
    socket.pause()
    socket.write(PINGS)
  },
  'never ends a message': (socket, n) => socket.write(n === 0 ? frame(BEGUN, Buffer.from('4')) : PARTS),
  'stops in the middle of a large one': (socket, n) => socket.write(n === 0 ? HALF : Buffer.alloc(0)),
  'promises attachments'(socket) {
    socket.send('4510-["command",{"_placeholder":true,"num":0}]')
    socket.write(ATTACHED)
  },
  'comes and goes': (socket, n) => socket.send(n % 2 === 0 ? '41' : '40'),
}

export interface WorstOptions {
  sockets: number
  /** of misdeeds; half as long is quiet before */
  ms: number
  seed: number
}

export interface Worst {
  /** ms from an official's report to its answer, before and meanwhile */
  quiet: number[]
  meanwhile: number[]
  /** reports of the official that were not accepted */
  lost: number
  /** bytes of memory, before and at most meanwhile */
  idle: number
  most: number
  /** how often somebody was cut off, by deed */
  cut: Record<string, number>
}

/** Runs it against a server in a process of its own. */
export async function doWorst({ sockets, ms, seed }: WorstOptions): Promise<Worst> {
  const server = await startProcess(0, sockets)
  const dice = chance(seed)
  const cut: Record<string, number> = {}
  const stop = new AbortController()
  const isOver = (): boolean => stop.signal.aborted

  /** Does it on one connection after the other, as fast as they take it. */
  async function misbehave(cookie: string, name: string): Promise<void> {
    while (!isOver()) {
      const socket = await openRawSocket(server.url, cookie, () => undefined).catch(() => null)
      if (socket === null) {
        await pause(200)
        continue
      }
      const gone = new AbortController()
      void socket.closed.then(() => gone.abort())
      for (let n = 0; !isOver() && !gone.signal.aborted; n++) {
        if (socket.waiting() < 1_000_000) DEEDS[name]!(socket, n)
        await pause(20 + dice.below(20))
      }
      if (!isOver()) cut[name] = (cut[name] ?? 0) + 1
      socket.close()
    }
  }

  /** Asks for many answers over HTTP and reads none. */
  async function hoard(cookie: string): Promise<void> {
    const { hostname, port, host } = new URL(server.url)
    while (!isOver()) {
      const socket = connect(Number(port), hostname).on('error', () => undefined)
      const asking = `GET /api/v1/changes?scope=unit:C HTTP/1.1\r\nHost: ${host}\r\nCookie: ${cookie}\r\n\r\n`
      socket.pause()
      socket.write(asking.repeat(1_000))
      await pause(500)
      socket.destroy()
    }
  }

  const official = await officialOf(server.url)
  await official.reports(ms / 4)
  const quiet = await official.reports(ms / 2)
  const idle = memoryOf(server.pid())
  let most = idle
  const watching = setInterval(() => (most = Math.max(most, memoryOf(server.pid()))), 100)
  const names = Object.keys(DEEDS)
  const doing = server.cookies.map((cookie, i) =>
    i % (names.length + 1) === names.length ? hoard(cookie) : misbehave(cookie, names[i % (names.length + 1)]!),
  )
  const meanwhile = await official.reports(ms)
  stop.abort()
  await Promise.all(doing)
  clearInterval(watching)
  official.close()
  await server.close()
  return { quiet: quiet.answers, meanwhile: meanwhile.answers, lost: quiet.lost + meanwhile.lost, idle, most, cut }
}

/** An official of district B, who reports ten times a second as long as the answers come. */
async function officialOf(url: string) {
  const heard = new Map<number, (answer: string) => void>()
  const socket = await openRawSocket(url, await signIn(url, 'districtB'), (content) => {
    const [, n] = /^43(\d+)/.exec(content.toString('latin1', 0, 20)) ?? []
    if (n !== undefined) heard.get(Number(n))?.(content.toString())
  })
  let n = 0
  /** seq of the last report */
  let head = 0
  return {
    async reports(ms: number): Promise<{ answers: number[]; lost: number }> {
      const answers: number[] = []
      let lost = 0
      for (const end = performance.now() + ms; performance.now() < end; await pause(100)) {
        const began = performance.now()
        const answer = new Promise<string>((resolve) => heard.set(++n, resolve))
        say(socket, n, 'command', submit(`official-${n}`, [report(n, 'B1', head)]))
        const seq = /"ok":true,"seq":(\d+)/.exec(await answer)?.[1]
        answers.push(performance.now() - began)
        if (seq === undefined) lost++
        else head = Number(seq)
        heard.delete(n)
      }
      return { answers, lost }
    },
    close: () => socket.close(),
  }
}

/** Bytes of memory that a process of this machine takes. */
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1_024
