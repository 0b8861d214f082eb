/** How many connections, requests and scopes somebody may have (finding S7). */
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { LIMITS } from '../../server/core/allowance.ts'
import { createLine } from '../../server/core/limit.ts'
import { createSeats } from '../../server/core/seats.ts'
import { createHttpServer } from '../../server/http/server.ts'
import { districtA, item, newId, office, otherA } from '../support/core.ts'
import { BINARY, frame, openRawSocket } from '../support/rawSocket.ts'
import { codes, type Live, startServer, watch } from '../support/server.ts'

describe('H17 connections', () => {
  it('of a session and a person are counted, also before they say whose they are', async () => {
    const sockets = { session: 2, member: 20, address: 2_048 }
    const test = await startServer({ limits: { sockets } })
    const one = await test.as(office)
    const open: Live[] = [await one.socket(), await one.socket()]
    await expect(one.socket()).rejects.toThrow('auth.tooMany')
    // others of the same person are let in until the person has too many, of any session
    for (let i = 0; i < 9; i++) {
      const other = await test.as(office)
      open.push(await other.socket(), await other.socket())
    }
    await expect((await test.as(office)).socket()).rejects.toThrow()
    open[0]!.close()
    await vi.waitFor(async () => open.push(await (await test.as(office)).socket()))
    for (const socket of open) socket.close()
    await test.close()
  })

  it('that are not made to an end count no longer', () => {
    const seats = createSeats()
    const wanted = [
      { name: 'a', most: 2 },
      { name: 'b', most: 1 },
    ]
    const leave = seats.take(wanted)!
    expect(seats.take(wanted)).toBeNull()
    expect(seats.take([{ name: 'a', most: 2 }])).not.toBeNull()
    leave()
    leave()
    expect(seats.take(wanted)).not.toBeNull()
    expect(seats.take(wanted)).toBeNull()
  })

  it('of any kind from one address are counted as well', async () => {
    const test = await startServer({ limits: { connections: 3 } })
    const open = await Promise.all([1, 2, 3].map(async () => (await test.as(office)).socket()))
    await expect((await test.as(office)).socket()).rejects.toThrow()
    open[0]!.close()
    await vi.waitFor(async () => open.push(await (await test.as(office)).socket()))
    for (const socket of open) socket.close()
    await test.close()
  })
})

describe('H17 places', () => {
  it('a connection that was closed for what it said keeps its place for a while; one that went has none', async () => {
    const test = await startServer({ limits: { sockets: { session: 64, member: 2, address: 100 } } })
    const { cookie } = await test.as(office)
    const join = () => openRawSocket(test.url, cookie, () => undefined)
    for (let i = 0; i < 3; i++) {
      const socket = await vi.waitFor(join)
      socket.close()
    }
    for (let i = 0; i < 2; i++) {
      const socket = await vi.waitFor(join)
      socket.write(frame(BINARY, Buffer.from('x')))
      await socket.closed
    }
    await expect(join()).rejects.toThrow()
    const other = await test.as(districtA)
    ;(await other.socket()).close()
    await test.close()
  })

  it('nobody is kept out by how many others have at the same address', async () => {
    const test = await startServer({ limits: { sockets: { session: 64, member: 20, address: 12 } } })
    const one = await test.as(office)
    const open = await Promise.all(Array.from({ length: 12 }, () => one.socket()))
    await expect(one.socket()).rejects.toThrow()
    open.push(await (await test.as(districtA)).socket())
    for (const socket of open) socket.close()
    await test.close()
  })
})

describe('H17 requests', () => {
  it('a connection on which five wait is closed, and what has arrived of more is not looked at', async () => {
    let heard = 0
    const answers: (() => void)[] = []
    const server = createHttpServer((_, response) => void answers.push(() => response.end('x')), LIMITS, false)
    server.on('request', () => heard++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const open = (requests: number) => {
      const socket = connect((server.address() as AddressInfo).port).on('error', () => undefined)
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests))
      return socket.resume()
    }
    const four = open(4)
    await vi.waitFor(() => expect(answers).toHaveLength(4))
    for (const answer of answers) answer()
    expect(four.closed).toBe(false)
    four.destroy()
    heard = 0
    await new Promise((resolve) => open(1_000).once('close', resolve))
    expect(heard).toBeLessThanOrEqual(5)
    server.close()
  })

  it('of a person are as many at once as they may have; others, and who has been answered, go on', async () => {
    expect(LIMITS.requests).toBe(64)
    const test = await startServer({ limits: { requests: 3 } })
    const { hostname, port, host } = new URL(test.url)
    const [one, other] = [await test.as(districtA), await test.as(otherA)]
    const changes = async (client: typeof one) => {
      const { status, body } = await client.get('/api/v1/changes?scope=programme')
      return [status, ...codes(body)]
    }
    const head = `POST /api/v1/commands HTTP/1.1\r\nHost: ${host}\r\nCookie: ${one.cookie}\r\n`
    const open = Array.from({ length: 3 }, () => {
      const socket = connect(Number(port), hostname).on('error', () => undefined)
      socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`)
      return socket.resume()
    })
    await vi.waitFor(async () => expect(await changes(one)).toEqual([503, 'command.busy']))
    expect(await changes(other)).toEqual([200])
    open[0]!.destroy()
    await vi.waitFor(async () => expect(await changes(one)).toEqual([200]))
    for (const socket of open) socket.destroy()
    await test.close()
  })

  it('a large body on its way for long gives way to who waits, and what is left unfinished is paid for', async () => {
    const commands = { burst: 1_000, perSecond: 0.001, together: 64 }
    const test = await startServer({ limits: { bodies: { all: 1, each: 1, waiting: 1 }, commands } })
    const { hostname, port, host } = new URL(test.url)
    const slow = await test.as(districtA)
    const socket = connect(Number(port), hostname).on('error', () => undefined)
    const head = `POST /api/v1/commands HTTP/1.1\r\nHost: ${host}\r\nCookie: ${slow.cookie}\r\n`
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 800000\r\n\r\n{`)
    const closed = new Promise((resolve) => socket.resume().once('close', resolve))
    await pause(200)
    const items = Array.from({ length: 1_500 }, () => item('A1', '2008-01-10', { accepted: 1 }))
    const data = { id: newId(), kind: 'SubmitReports', data: { items } }
    const began = performance.now()
    const answer = await (await test.as(otherA)).post('/api/v1/commands', data)
    expect(codes(answer.body)).not.toContain('command.busy')
    // before the slow one is given up anyway
    expect(performance.now() - began).toBeLessThan(LIMITS.arrivalMs - 2_000)
    await closed
    expect(codes((await slow.post('/api/v1/commands', data)).body)).toEqual(['command.busy'])
    await test.close()
  })
})

describe('H17 scopes', () => {
  it('are not all opened by a few people, and everybody can open some', async () => {
    const test = await startServer({ limits: { scopes: { all: 6, each: 2 } } })
    const sheet = (i: number) => `sheet:A1/2008-01-${String(i + 10)}`
    const one = await (await test.as(districtA)).socket()
    const answers: string[][] = []
    for (let i = 0; i < 8; i++) answers.push(codes(await watch(one, sheet(i))))
    expect(answers.map((c) => c.join())).toEqual([...Array<string>(6).fill(''), 'command.busy', 'command.busy'])
    const other = await (await test.as(otherA)).socket()
    const more = [
      codes(await watch(other, sheet(0))),
      codes(await watch(other, sheet(8))),
      codes(await watch(other, sheet(9))),
    ]
    expect(more).toEqual([[], [], ['command.busy']])
    one.emit('unwatch', sheet(1))
    one.emit('unwatch', sheet(2))
    one.close()
    await vi.waitFor(async () => expect(codes(await watch(other, sheet(9)))).toEqual([]))
    other.close()
    await test.close()
  })
})

describe('V11 a line', () => {
  it('serves those who wait in turn, one each, and turns away who has too many in it', async () => {
    const line = createLine({ all: 2, each: 1, waiting: 3 })
    const served: string[] = []
    const enter = async (person: string) => {
      const leave = await line.enter(person)
      served.push(leave === null ? `${person} turned away` : person)
      return leave
    }
    const inside = [await enter('a'), await enter('b')]
    const waiting = ['a', 'a', 'a', 'a', 'b', 'c'].map(enter)
    await Promise.resolve()
    expect([line.waiting(), served.splice(0)]).toEqual([5, ['a', 'b', 'a turned away']])
    for (const leave of inside) leave!()
    for (const each of waiting) void each.then((leave) => leave?.())
    await Promise.all(waiting)
    expect(served).toEqual(['a', 'b', 'c', 'a', 'a'])
  })
})
