/** Who takes for ever to say what they want is cut off (finding S7). */
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LIMITS } from '../../server/core/allowance.ts'
import { office } from '../support/core.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { createHttpServer } from '../../server/http/server.ts'

/** ms instead of the server's own, and how much later it may look */
const ARRIVAL_MS = 400
const UNREAD_MS = 1_000
const LATE_MS = 2_500

let test: TestServer
let cookie = ''
beforeAll(async () => {
  test = await startServer({ limits: { arrivalMs: ARRIVAL_MS } })
  cookie = (await test.as(office)).cookie
})
afterAll(() => test.close())

const open = async (): Promise<Socket> => {
  const { hostname, port } = new URL(test.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

/** True when the other end has closed it in time, whatever is sent meanwhile. */
async function isCut(socket: Socket, send: () => void): Promise<boolean> {
  socket.resume()
  for (const end = performance.now() + ARRIVAL_MS + LATE_MS; !socket.closed && performance.now() < end; await pause(50))
    send()
  const isClosed = socket.closed
  socket.destroy()
  return isClosed
}

/** The name under which the server is called: under any other it hears nothing of a request. */
const named = (request: string): string => request.replace('HOST', new URL(test.url).host)

const HEAD = 'POST /api/v1/session HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n'

describe('H14 a request arrives within ten seconds', () => {
  it('as it is set', () => {
    expect(LIMITS.arrivalMs + 500).toBeLessThan(10_000)
    expect([LIMITS.idleMs, LIMITS.unreadMs]).toEqual([5_000, 30_000])
  })

  it.each<[string, string, string]>([
    ['nothing is said at all', '', ''],
    ['headers drip', HEAD, 'X-Slow: 1\r\n'],
    ['one header drips', `${HEAD}X-Slow: `, 'x'],
    ['a body drips', `${HEAD}Content-Length: 4000\r\n\r\n{`, ' '],
    ['a body in parts drips', `${HEAD}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['a body never begins', `${HEAD}Content-Length: 4000\r\n\r\n`, ''],
  ])('%s', async (_, first, more) => {
    const socket = await open()
    if (first !== '') socket.write(named(first))
    expect(await isCut(socket, () => more !== '' && socket.write(more))).toBe(true)
  })

  it('who offers another protocol is answered in this one', async () => {
    const socket = await open()
    const offer = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n'
    socket.write(named(`GET /healthz HTTP/1.1\r\nHost: HOST\r\n${offer}\r\n`))
    const answer = new Promise((resolve) => socket.once('data', (data) => resolve(data.toString())))
    const cut = new Promise((resolve) => socket.once('close', () => resolve('cut off')))
    expect(await Promise.race([answer, cut])).toMatch(/^HTTP\/1\.1 200 /)
    socket.destroy()
  })

  it('a connection that waits for the next request is not kept for long', async () => {
    const socket = await open()
    socket.write(named('GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n'))
    const closed = new Promise<void>((resolve) => socket.resume().once('close', () => resolve()))
    const late = pause(9_000).then(() => 'late')
    expect(await Promise.race([closed, late])).toBeUndefined()
  })

  it('a connection of whose answer nothing is taken is closed, and one that takes it slowly has all of it', async () => {
    const answer = Buffer.alloc(64_000_000)
    const http = createHttpServer((_, response) => response.end(answer), { ...LIMITS, unreadMs: UNREAD_MS }, false)
    const closed: Promise<void>[] = []
    http.on('connection', (socket: Socket) => {
      closed.push(new Promise((resolve) => socket.once('close', () => resolve())))
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const ask = async () => {
      const socket = connect((http.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined)
      socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      await new Promise((resolve) => socket.once('readable', resolve))
      return socket
    }
    const deaf = await ask()
    expect(await Promise.race([closed[0]!.then(() => 'closed'), pause(UNREAD_MS + LATE_MS, 'kept')])).toBe('closed')
    const slow = await ask()
    let taken = 0
    for await (const chunk of slow) {
      const before = taken
      taken += (chunk as Buffer).length
      if (Math.floor(before / 10_000_000) < Math.floor(taken / 10_000_000)) await pause(UNREAD_MS / 4)
    }
    expect(taken).toBeGreaterThan(answer.length)
    deaf.destroy()
    http.close()
  })
})

describe('H15 a live connection says whose it is within ten seconds', () => {
  const upgrade = () =>
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}\r\nCookie: ${cookie}\r\n\r\n`

  it('one that does not join is cut off', async () => {
    const socket = await open()
    socket.write(named(upgrade()))
    expect(await isCut(socket, () => undefined)).toBe(true)
  })

  it('one that has left is cut off', async () => {
    const socket = await openRawSocket(test.url, cookie, () => undefined)
    socket.send('41')
    await socket.closed
  })

  it('one that has joined stays', async () => {
    const socket = await openRawSocket(test.url, cookie, () => undefined)
    expect(await Promise.race([socket.closed, pause(ARRIVAL_MS + LATE_MS, 'open')])).toBe('open')
    socket.close()
  })
})
