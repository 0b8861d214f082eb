/** The worst that signed-in people can do: over their live connections, and by requests. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BEGUN, BINARY, CONTINUED, frame, PING_FRAME, type RawSocket, TEXT } from '../support/rawSocket.ts'

/** The day that the programme is in, and how official reports in it. */
export const DAY = '2008-01-10'
const QUESTIONS = ['report.unusual', 'report.exceeds', 'report.coverageOver']
export const submit = (id: string, items: object[]) => ({ id, kind: 'SubmitReports', data: { items } })
export const report = (n: number, unit: string, basedOn = 0) => ({
  ...{ unit, day: DAY, values: { accepted: 20 + (n % 7), issued: n % 7 }, basedOn, confirmed: QUESTIONS },
})
export const say = (socket: RawSocket, n: number, ...args: unknown[]) => socket.send(`42${n}${JSON.stringify(args)}`)

/** What one does again and again on a connection; `n` counts the times. */
type Deed = (socket: RawSocket, n: number) => void

/** What one asks for at once, again and again, on a connection whose answers nobody reads; `n` counts the times. */
interface Demand {
  /** bytes of it, beginning with its first line; `head` holds host and cookie */
  of(head: string, n: number): Buffer | string
  /** ms from one to the next, which takes a new connection */
  everyMs: number
}

const repeat = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes))
const keys = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, i) => [`field-${i}`, i]))
const message = (n: number, ...args: unknown[]) => frame(TEXT, Buffer.from(`42${n}${JSON.stringify(args)}`))

const SCOPES = ['programme', 'issues', ...['C', 'A', 'B', 'A1', 'A2', 'A3', 'B1'].map((unit) => `unit:${unit}`)]
// made once: whoever floods a server does not think long about it
const sheet = (many: number) => JSON.stringify(Array.from({ length: many }, (_, i) => report(i, `A${1 + (i % 3)}`)))
const SHEET = sheet(700)
const WHOLE_SHEET = sheet(2_000)
const FIELDS = JSON.stringify({ ...submit('unknown-fields', []), ...keys(5_000) })
const COUNTERS = JSON.stringify(submit('unknown-counters', [{ ...report(0, 'A1'), values: keys(5_000) }]))
const PACKED = gzipSync(`[${' '.repeat(8_000_000)}]`)
const NESTED = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
const WATCHES = Buffer.concat(SCOPES.map((scope, n) => message(n, 'watch', scope, 0)))
const SMALL = repeat(Buffer.concat([message(0, 'clock'), message(1, 'nonsense', 1)]), 150)
const PINGS = repeat(frame(PING_FRAME, Buffer.alloc(125)), 200)
const PARTS = repeat(frame(CONTINUED, Buffer.from('x')), 500)
const HALF = frame(TEXT, Buffer.alloc(131_000, 'x')).subarray(0, 130_000)
const ATTACHED = frame(BINARY, Buffer.alloc(100_000))
const UNKNOWN = repeat(message(0, 'watch', `unit:${'x'.repeat(180)}`, 0), 100)

/** The largest of the client's files, as far as it is built. */
const FILES = largestIn(join(import.meta.dirname, '../../client/dist/assets'), 4).map((name) => `/assets/${name}`)

function largestIn(folder: string, most: number): string[] {
  if (!existsSync(folder)) return ['index.js']
  const sizes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).size] as const)
  return sizes
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name]) => name)
}

/** A day of the programme or of years without any. */
const dayOf = (n: number) => new Date(Date.UTC(2008, 0, 1 + (n % 366))).toISOString().slice(0, 10)
const commandBy = (head: string, body: string) =>
  `POST /api/v1/commands ${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** Over live connections, each under the name of what it is for. */
export const DEEDS: Record<string, Deed> = {
  'asks for everything and reads nothing'(socket) {
    socket.pause()
    socket.write(repeat(WATCHES, 10))
  },
  'asks for everything and reads it': (socket) => socket.write(repeat(WATCHES, 10)),
  'opens and closes all sheets and histories': (socket, n) =>
    socket.write(
      Buffer.concat(
        Array.from({ length: 32 }, (_, i) => {
          const day = dayOf(n * 32 + i)
          const scope = i % 2 === 0 ? `sheet:A${1 + (i % 3)}/${day}` : `history:A1/${day}`
          return Buffer.concat([message(i, 'watch', scope, 0), message(i, 'unwatch', scope)])
        }),
      ),
    ),
  'asks for what there is none of': (socket) => socket.write(UNKNOWN),
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

/** By requests; the answers are never read. */
export const DEMANDS: Record<string, Demand> = {
  'asks for many answers': {
    of: (head) => `GET /api/v1/changes?scope=unit:C ${head}\r\n`.repeat(1_000),
    everyMs: 500,
  },
  'asks for the past': {
    of: (head, n) =>
      Array.from(
        { length: 50 },
        (_, i) => `GET /api/v1/changes?scope=unit:C&asOf=${1 + ((n * 50 + i) % 500)} ${head}\r\n`,
      ).join(''),
    everyMs: 500,
  },
  'asks for months by made-up addresses': {
    of: (head, n) =>
      Array.from(
        { length: 50 },
        (_, i) =>
          `GET /api/v1/spans?scope=unit:C&month=2008-01&address=${1 + i}-${1 + ((n * 50 + i) % 500)}-00000000 ${head}\r\n`,
      ).join(''),
    everyMs: 500,
  },
  'asks for all files': {
    of: (head) => FILES.map((path) => `GET ${path} ${head}Accept-Encoding: br, gzip\r\n\r\n`).join(''),
    everyMs: 100,
  },
  'sends whole sheets that are refused': {
    of: (head, n) =>
      commandBy(head, `{"id":"whole-sheet-${n}","kind":"SubmitReports","data":{"items":${WHOLE_SHEET}}}`).repeat(4),
    everyMs: 500,
  },
  'sends packed bodies': {
    of: (head) => {
      const lines = `POST /api/v1/commands ${head}Content-Type: application/json\r\nContent-Encoding: gzip\r\n`
      return repeat(Buffer.concat([Buffer.from(`${lines}Content-Length: ${PACKED.length}\r\n\r\n`), PACKED]), 4)
    },
    everyMs: 500,
  },
  'guesses passwords': {
    of: (head, n) => {
      const body = JSON.stringify({ login: `nobody${n}`, password: 'a password that is wrong' })
      return `POST /api/v1/session ${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`.repeat(
        10,
      )
    },
    everyMs: 200,
  },
  'stops in the middle of a large body': {
    of: (head) =>
      `POST /api/v1/commands ${head}Content-Type: application/json\r\nContent-Length: 8000000\r\n\r\n${'x'.repeat(7_000_000)}`,
    everyMs: 2_000,
  },
  'connects and says nothing': { of: () => '', everyMs: 50 },
}
