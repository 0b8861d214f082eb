import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import { Server, type Socket } from 'socket.io'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createDelivery, type Reader } from '../../server/realtime/delivery.ts'
import { proofFrame } from '../../server/realtime/frames.ts'
import { limitRate } from '../../server/realtime/rate.ts'
import { readerOf } from '../../server/realtime/reader.ts'
import { office } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'
import { codes, startServer, watch } from '../support/server.ts'
import { openRawSocket, type RawSocket } from '../support/rawSocket.ts'

/** Messages as text, unpacked. */
const keep = (heard: string[]) => (content: Buffer, text: boolean) =>
  void heard.push((text ? content : inflateRawSync(content)).toString())

const settled = (ms: number) => new Promise((done) => setTimeout(done, ms))

describe('a reader on a real socket', () => {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'], serveClient: false })
  let client: RawSocket
  const heard: string[] = []
  let socket: Socket
  let reader: Reader
  beforeAll(async () => {
    const come = new Promise<Socket>((resolve) => io.on('connection', resolve))
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    client = await openRawSocket(url, '', keep(heard))
    socket = await come
    reader = readerOf(socket)
  })
  afterAll(async () => {
    client.close()
    await io.close()
  })

  it('S14 gets bytes that were made already in turn with everything else', async () => {
    const proof = (sent: number) => proofFrame({ sent, next: 0, heads: [] })
    reader.write(proof(1))
    socket.emit('first')
    // waits for the first to be written, and what comes after it waits too
    socket.emit('second')
    reader.write(proof(2))
    socket.emit('third')
    await vi.waitFor(() => expect(heard).toHaveLength(5))
    expect(heard.map((text) => /first|second|third|"sent":\d/.exec(text)?.[0])).toEqual([
      ...['"sent":1', 'first', 'second', '"sent":2', 'third'],
    ])
    expect(reader.backlog()).toBe(0)
  })

  it('S14 that stops reading holds little more than the bound, and has everything once it reads again', async () => {
    let seq = 0
    // what cannot be packed, and fills the network's own buffers soon
    const word = randomBytes(30_000).toString('base64')
    const text = (from: number) => JSON.stringify({ scope: 's', from, to: seq, rows: [['a', seq, word]] })
    const delivery = createDelivery({
      now: () => performance.now(),
      proofMs: 1_000,
      live: {
        changesText: (_, since) => text(since),
        open: () => undefined,
        close: () => undefined,
        scheduleFlush: () => undefined,
      },
    })
    delivery.join(reader, 's', seq)
    client.pause()
    let most = 0
    for (let i = 0; i < 400; i++) {
      seq++
      await delivery.flushed([{ scope: 's', seq, digest: '', patch: { from: seq - 1, text: text(seq - 1) } }])
      most = Math.max(most, reader.backlog())
    }
    // 16 MB were made; the bound, one patch more, and what stands between is all that may wait here
    expect(most).toBeGreaterThan(8_192)
    expect(most).toBeLessThan(8_192 + 2 * word.length)
    client.resume()
    await vi.waitFor(() => expect(heard.some((t) => t.includes(`"to":${seq},`))).toBe(true), 5_000)
    expect(reader.backlog()).toBe(0)
    delivery.stop()
  })
})

describe('floods of questions', () => {
  it('S14 a rate is a burst, then so many a second', () => {
    let at = 0
    const allow = limitRate(3, 2, () => at)
    expect([1, 2, 3, 4].map(allow)).toEqual([true, true, true, false])
    at += 499
    expect(allow()).toBe(false)
    at += 1
    expect(allow()).toBe(true)
    at += 60_000
    expect([1, 2, 3, 4].map(allow)).toEqual([true, true, true, false])
  })

  it('S14 a scope is asked about once at a time', async () => {
    const test = await startServer()
    const { core } = test.server
    const changes = core.changes
    vi.spyOn(core, 'changes').mockImplementation(async (...asked) => {
      await settled(100)
      return changes(...asked)
    })
    const socket = await (await test.as(office)).socket()
    const answers = await Promise.all(Array.from({ length: 3 }, () => watch(socket, 'unit:C')))
    expect(answers.map(codes)).toEqual([[], ['command.busy'], ['command.busy']])
    expect(codes(await watch(socket, 'unit:C'))).toEqual([])
    socket.close()
    await test.close()
  })

  it('S14 9,300 watches on a socket that does not read cost the server next to nothing (finding S2)', async () => {
    const { units } = tinyProgramme()
    const more = Array.from({ length: 150 }, (_, i) => ({ ...units.find((u) => u.code === 'A1')!, code: `A${i + 10}` }))
    const test = await startServer({ programme: { units: [...units, ...more] } })
    const { cookie } = await test.as(office)
    const heard: string[] = []
    const client = await openRawSocket(test.url, cookie, keep(heard))
    client.pause()
    const scopes = [...units, ...more].slice(0, 60).map((u) => `unit:${u.code}`)
    const before = process.memoryUsage().rss
    const began = performance.now()
    for (let i = 0; i < 9_300; i++) {
      client.send(`42${i}${JSON.stringify(['watch', scopes[i % scopes.length], 0])}`)
      if (i % 100 === 0) await settled(1)
    }
    await settled(500)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
    const other = await (await test.as(office)).socket()
    expect((await watch(other, 'unit:C')).ok).toBe(true)
    client.resume()
    await settled(500)
    // at most the burst and what the time since has allowed have an answer with rows, and the network held all of it
    const allowed = 256 + (16 * (performance.now() - began)) / 1_000
    expect(heard.filter((t) => t.includes('"ok":true')).length).toBeLessThanOrEqual(allowed)
    other.close()
    client.close()
    await test.close()
  })
})
