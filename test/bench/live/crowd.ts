/** A process full of those who watch, and one who reports: what each gets, and when. */
import { inflateRawSync } from 'node:zlib'
import { openRawSocket, type RawSocket } from '../../support/rawSocket.ts'
import { chance } from '../../support/chance.ts'
import { answer } from './calls.ts'
import type { Started } from './server.ts'

export interface Come {
  server: Started
  watchers: number
  /** they stop reading as soon as they have come */
  paused?: boolean
}

export interface ReportFor {
  perSecond: number
  ms: number
  /** one by one, each after this many ms of quiet, instead of at random moments */
  quietMs?: number
  /** the watchers do not read: what they get is not looked at */
  blind?: boolean
}

export interface Reported {
  reports: number
  /** ms from sending a command to its answer */
  answers: number[]
  /** ms from sending a report until a watcher has it; of some watchers */
  screens: number[]
  /** bytes that all watchers received */
  bytes: number
}

/** Every so many watchers are looked at closely; the others are only counted. */
const SAMPLE = 20
/** ms after the last report in which it has to have come everywhere */
const SETTLE_MS = 3_000

interface Watcher {
  socket: RawSocket
  /** ms and seq (of the peer: number) of what came */
  came: [at: number, to: number][]
  last: number
}

let server: Started
let watchers: Watcher[] = []
let reporter: RawSocket
const answered = new Map<number, (text: string) => void>()
let asked = 0
let serial = 0
/** seq of the newest answer */
let head = 0
/** streets whose report is not answered yet */
const busy = new Set<string>()
const dice = chance(7)

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
const ours = () => server.scopes.length > 0

/** Seq (of the peer: number) of a message that shows reports; null of any other. */
function shown(content: Buffer, text: boolean): number | null {
  if (!text) return toOf(inflateRawSync(content).toString('latin1', 0, 200))
  const start = content.toString('latin1', 0, 200)
  if (start.startsWith('42["row"')) return Number(/"n":(\d+)/.exec(start)![1])
  return start.startsWith('42["patch"') ? toOf(start) : null
}
const toOf = (start: string): number | null =>
  start.includes('"scope":"unit:') ? Number(/"to":(\d+)/.exec(start)![1]) : null

async function open(cookie: string, heard: (content: Buffer, text: boolean) => void): Promise<RawSocket> {
  const socket = await openRawSocket(server.url, cookie, (content, text) => {
    const reply = text ? /^43(\d+)/.exec(content.toString('latin1', 0, 20)) : null
    if (reply === null) return heard(content, text)
    answered.get(Number(reply[1]))?.(content.toString())
    answered.delete(Number(reply[1]))
  })
  return socket
}

/** Sends an event and waits for its answer, as JSON. */
function ask(socket: RawSocket, ...args: unknown[]): Promise<string> {
  const n = ++asked
  return new Promise((done) => {
    answered.set(n, (text) => done(text.slice(text.indexOf('['))))
    socket.send(`42${n}${JSON.stringify(args)}`)
  })
}

async function comeOne(i: number, since: number): Promise<void> {
  const watcher: Watcher = { socket: undefined as never, came: [], last: 0 }
  const close = i % SAMPLE === 0
  watcher.socket = await open(server.watching[i % server.watching.length] ?? '', (content, text) => {
    // looking costs time, which would be taken for the server's
    if (!close) return
    const to = shown(content, text)
    if (to === null) return
    watcher.last = to
    watcher.came.push([performance.now(), to])
  })
  for (const scope of server.scopes) await ask(watcher.socket, 'watch', scope, since)
  watchers[i] = watcher
}
function rowOf(n: number): unknown[] {
  const row = { n, unit: 'street-12', day: '2008-04-16', values: [412, 407, 391, 388], by: 'district' }
  return ['report', { ...row, more: 'x'.repeat(300 - JSON.stringify({ ...row, more: '' }).length) }]
}

/** Of a street whose last report has been answered. */
function streetOf(n: number): string {
  const { streets } = server
  const at = streets.findIndex((_, i) => !busy.has(streets[(n + i) % streets.length]!))
  return streets[(n + at) % streets.length]!
}

function commandOf(n: number, unit: string): unknown[] {
  const count = 200 + dice.below(300)
  const values = Object.fromEntries(server.counters.map((key, i) => [key, count + server.counters.length - i]))
  const confirmed = ['report.unusual', 'report.exceeds', 'report.coverageOver']
  const item = { unit, day: server.today, values, basedOn: head, confirmed }
  return ['command', { id: `bench-${process.pid}-${n}`, kind: 'SubmitReports', data: { items: [item] } }]
}

answer({
  async come({ server: at, watchers: many, paused = false }: Come): Promise<{ ports: number[] }> {
    server = at
    reporter = await open(server.cookies[0] ?? '', () => undefined)
    let since = 0
    for (const scope of server.scopes) {
      const [first] = JSON.parse(await ask(reporter, 'watch', scope, 0)) as [{ patch: { to: number } }]
      since = head = first.patch.to
      reporter.send(`42${JSON.stringify(['unwatch', scope])}`)
    }
    watchers = []
    for (let i = 0; i < many; i += 50)
      await Promise.all(Array.from({ length: Math.min(50, many - i) }, (_, k) => comeOne(i + k, since)))
    if (paused) for (const { socket } of watchers) socket.pause()
    return { ports: watchers.map((w) => w.socket.port()) }
  },

  async report({ perSecond, ms, quietMs, blind = false }: ReportFor): Promise<Reported> {
    for (const w of watchers) w.came = []
    const before = watchers.map((w) => w.socket.received())
    const sent: { at: number; seq: number }[] = []
    const answers: number[] = []
    const send = async () => {
      const n = ++serial
      while (ours() && busy.size >= server.streets.length) await pause(5)
      const street = ours() ? streetOf(n) : ''
      busy.add(street)
      const event = ours() ? commandOf(n, street) : rowOf(n)
      const at = performance.now()
      const [reply] = JSON.parse(await ask(reporter, ...event)) as [true | { ok: boolean; seq: number }]
      answers.push(performance.now() - at)
      busy.delete(street)
      if (reply !== true && !reply.ok) throw new Error(JSON.stringify(reply))
      const seq = reply === true ? n : reply.seq
      head = Math.max(head, seq)
      sent.push({ at, seq })
    }
    const waiting: Promise<void>[] = []
    if (quietMs !== undefined) await pause(quietMs)
    const began = performance.now()
    // as independent people report: at random moments, so many in all
    let next = began
    while (next - began < ms) {
      const wait = next - performance.now()
      if (wait > 0) await pause(wait)
      waiting.push(send())
      next += quietMs ?? (-Math.log(1 - dice.next()) * 1_000) / perSecond
    }
    await Promise.all(waiting)
    if (blind) return { reports: sent.length, answers, screens: [], bytes: 0 }
    const newest = Math.max(...sent.map((s) => s.seq))
    const sampled = watchers.filter((_, i) => i % SAMPLE === 0)
    for (const end = performance.now() + SETTLE_MS; performance.now() < end; await pause(50))
      if (sampled.every((w) => w.last >= newest)) break
    const gained = watchers.map((w, i) => w.socket.received() - before[i]!)
    if (sampled.some((w) => w.last < newest) || Math.min(...gained) < 0.9 * Math.max(...gained))
      throw new Error('a report did not come everywhere')
    const bytes = gained.reduce((a, b) => a + b, 0)
    const screens = sampled.flatMap((w) => sent.map(({ at, seq }) => w.came.find(([, to]) => to >= seq)![0] - at))
    return { reports: sent.length, answers, screens, bytes }
  },
})
