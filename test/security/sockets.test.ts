/** No number of signed-in connections takes the server down (findings S2, S7). */
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { LIMITS } from '../../server/core/allowance.ts'
import { createPace, costOf } from '../../server/core/pace.ts'
import { createIntake, type Line } from '../../server/realtime/intake.ts'
import { districtA, item, newId, office, otherA } from '../support/core.ts'
import { BEGUN, CONTINUED, frame, openRawSocket, PING_FRAME, TEXT } from '../support/rawSocket.ts'
import { codes, startServer } from '../support/server.ts'
import { doWorst, NAMES } from './worst.ts'

const GROWN = 300_000_000

describe('H18 a connection is read no faster than anybody types', () => {
  type Heard = (data: Buffer, isBinary: boolean) => void
  const lineOf = (limitIntake: ReturnType<typeof createIntake>, unread = () => 0) => {
    const heard: Record<string, Heard> = {}
    const did: string[] = []
    const on = (event: string, run: unknown) => (heard[event] = run as Heard)
    const line: Line = {
      readyState: 1,
      OPEN: 1,
      pause: () => void did.push('pause'),
      resume: () => void did.push('resume'),
      on,
      prependListener: on,
    }
    limitIntake(line, { unread, end: () => void did.push('end') })
    return { did, say: (bytes: number, event = 'message') => heard[event]!(Buffer.alloc(bytes), false) }
  }
  let at = 0
  const pass = (ms: number) => {
    at += ms
    vi.advanceTimersByTime(ms)
  }
  beforeEach(() => {
    at = 0
    vi.useFakeTimers()
  })
  afterEach(() => void vi.useRealTimers())

  it('and goes on when the burst is paid for', () => {
    const { did, say } = lineOf(createIntake({ burst: 10, perSecond: 2 }, () => at))
    for (let i = 0; i < 10; i++) say(0)
    expect(did).toEqual([])
    say(1_024)
    expect(did).toEqual(['pause'])
    // what was in the pipe already makes the pause longer, not the memory larger
    for (let i = 0; i < 8; i++) say(0, i % 2 === 0 ? 'ping' : 'pong')
    pass(1_000)
    expect(did).toEqual(['pause'])
    pass(4_000)
    expect(did).toEqual(['pause', 'resume'])
  })

  it('one that does not read what it asks for is not read either until it does', () => {
    let unread = 300_000
    const { did, say } = lineOf(
      createIntake({ burst: 10, perSecond: 2 }, () => at),
      () => unread,
    )
    say(0, 'ping')
    pass(10_000)
    expect(did).toEqual(['pause'])
    unread = 0
    pass(100)
    expect(did).toEqual(['pause', 'resume'])
  })

  it('those that say much share what all may, one after the other; who says little is not concerned', () => {
    const limitIntake = createIntake(
      { burst: 100, perSecond: 1, common: { burst: 10, perSecond: 10, light: 5 } },
      () => at,
    )
    const [first, second, little] = [lineOf(limitIntake), lineOf(limitIntake), lineOf(limitIntake)]
    for (const { say } of [first, second]) for (let i = 0; i < 20; i++) say(0)
    for (let i = 0; i < 5; i++) little.say(0)
    expect([first.did, second.did, little.did]).toEqual([['pause'], ['pause'], []])
    // 15 and 15 beyond what is light, of which 10 were free
    pass(600)
    expect([first.did, second.did]).toEqual([['pause', 'resume'], ['pause']])
    pass(1_500)
    expect(second.did).toEqual(['pause', 'resume'])
  })
})

describe('H18 of what a connection sends', () => {
  it('at once, one message is heard in a turn', async () => {
    const test = await startServer()
    const [loud, quiet] = [await test.as(office), await test.as(districtA)]
    const flood = await openRawSocket(test.url, loud.cookie, () => undefined)
    const order: string[] = []
    const { auth } = test.server
    const { byHash } = auth.sessions
    vi.spyOn(auth.sessions, 'byHash').mockImplementation(async (...args) => {
      const session = await byHash(...args)
      order.push(session!.member)
      return session
    })
    const live = await openRawSocket(test.url, quiet.cookie, () => undefined)
    order.length = 0
    // in one write, so that it is there at once
    flood.write(Buffer.concat(Array.from({ length: 400 }, (_, i) => frame(TEXT, Buffer.from(`42${i}["clock"]`)))))
    live.send('421["clock"]')
    await vi.waitFor(() => expect(order).toContain('districtA'))
    await vi.waitFor(() => expect(order.length).toBeGreaterThan(300))
    expect(order.indexOf('districtA')).toBeLessThan(200)
    flood.close()
    live.close()
    await test.close()
  })

  it('a message of endless parts is cut off', async () => {
    const test = await startServer()
    const { cookie } = await test.as(office)
    const socket = await openRawSocket(test.url, cookie, () => undefined)
    socket.write(frame(BEGUN, Buffer.from('4')))
    for (let i = 0; i < 100; i++) socket.write(frame(CONTINUED, Buffer.from('x')))
    await socket.closed
    await test.close()
  })

  it('pings are answered at that pace', async () => {
    const test = await startServer({ limits: { messages: { burst: 20, perSecond: 1 } } })
    const { cookie } = await test.as(office)
    let pongs = 0
    const socket = await openRawSocket(test.url, cookie, (_, text) => void (pongs += text ? 0 : 1))
    for (let i = 0; i < 40; i++) {
      socket.write(frame(PING_FRAME, Buffer.from(String(i))))
      await pause(10)
    }
    expect(pongs).toBeGreaterThan(0)
    expect(pongs).toBeLessThan(30)
    socket.close()
    await test.close()
  })
})

describe('H19 commands', () => {
  it('cost by what is in them, and who is in debt waits until it is paid', async () => {
    let at = 0
    const answers: (() => void)[] = []
    const dispatch = () =>
      new Promise<{ ok: true; seq: number; happened: [] }>((resolve) =>
        answers.push(() => resolve({ ok: true, seq: 1, happened: [] })),
      )
    const pace = createPace({ dispatch }, { limits: { burst: 100, perSecond: 10, together: 3 }, now: () => at })
    const sheet = { items: Array.from({ length: 900 }, () => 1) }
    expect(costOf(sheet)).toBeGreaterThan(90)
    const first = pace.dispatch(sheet, districtA)
    const second = pace.dispatch({}, districtA)
    expect(codes(await pace.dispatch({}, districtA))).toEqual(['command.busy'])
    expect(pace.busy(districtA.id)?.params?.ms).toBeGreaterThanOrEqual(1_000)
    // others are not concerned
    expect(pace.busy(otherA.id)).toBeNull()
    at += 1_000
    expect(pace.busy(districtA.id)).toBeNull()
    void pace.dispatch({}, districtA)
    at += 60_000
    // three are under way
    expect(pace.busy(districtA.id)?.code).toBe('command.busy')
    for (const answer of answers) answer()
    await Promise.all([first, second])
    expect(pace.busy(districtA.id)).toBeNull()
  })

  it('nobody who checks a file of 5 MB every four seconds for a quarter of an hour is asked to wait (H19)', () => {
    let at = 0
    const dispatch = () => Promise.reject(new Error('nothing is sent'))
    const pace = createPace({ dispatch }, { limits: LIMITS.commands, now: () => at })
    for (; at < 900_000; at += 4_000) {
      expect(pace.busy(districtA.id), `after ${String(at)} ms`).toBeNull()
      pace.reads(districtA.id, (5_000_000 * 4) / 3, 'file')
    }
  })

  it('who has used much shares what all may; who has used little is not concerned', async () => {
    const dispatch = async () => ({ ok: true as const, seq: 1, happened: [] })
    const common = { burst: 100, perSecond: 10, light: 20 }
    const pace = createPace({ dispatch }, { limits: { burst: 1_000, perSecond: 1, together: 9, common }, now: () => 0 })
    for (const who of [districtA, otherA]) for (let i = 0; i < 8; i++) await pace.dispatch({}, who)
    expect([districtA, otherA, office].map(({ id }) => pace.busy(id)?.code)).toEqual([undefined, undefined, undefined])
    for (let i = 0; i < 3; i++) await pace.dispatch({}, otherA)
    expect([districtA, otherA, office].map(({ id }) => pace.busy(id)?.code)).toEqual([
      'command.busy',
      'command.busy',
      undefined,
    ])
  })

  it('large ones are decided four at a time, one of each person, and what follows one stays behind it', async () => {
    const began: string[] = []
    const ends: (() => void)[] = []
    const dispatch = (input: unknown, { id }: Actor) => {
      began.push(`${id} ${(input as { items: unknown[] }).items.length}`)
      return new Promise<Answer>((resolve) => ends.push(() => resolve({ ok: true, seq: 1, happened: [] })))
    }
    const pace = createPace({ dispatch }, { limits: LIMITS.commands, now: () => 0 })
    const sheet = (rows: number) => ({ items: Array.from({ length: rows }, () => 1) })
    const people = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...districtA, id }))
    for (const who of people) for (const rows of [2_500, 1]) void pace.dispatch(sheet(rows), who)
    void pace.dispatch(sheet(2), otherA)
    await vi.waitFor(() => expect(began).toHaveLength(5))
    expect(began.toSorted()).toEqual(['a 2500', 'b 2500', 'c 2500', 'd 2500', 'otherA 2'])
    while (began.length < 11) {
      ends.shift()?.()
      await Promise.resolve()
    }
    for (const { id } of people) expect(began.indexOf(`${id} 2500`)).toBeLessThan(began.indexOf(`${id} 1`))
  })

  it('a person sends at that pace over all connections and over HTTP together', async () => {
    const test = await startServer({ limits: { commands: { burst: 100, perSecond: 0.001, together: 64 } } })
    const client = await test.as(districtA)
    const sockets = await Promise.all([client.socket(), (await test.as(districtA)).socket()])
    const send = (i: number) => {
      const command = {
        id: newId(),
        kind: 'SubmitReports' as const,
        data: { items: [item('A1', '2008-01-10', { accepted: i })] },
      }
      return i % 3 === 2
        ? client.post('/api/v1/commands', command).then((r) => r.body)
        : sockets[i % 3]!.emitWithAck('command', command)
    }
    const answers: unknown[] = []
    for (let i = 0; i < 30; i++) answers.push(await send(i))
    const busy = answers.map(codes).filter((c) => c.includes('command.busy')).length
    expect(busy).toBeGreaterThan(15)
    expect(busy).toBeLessThan(25)
    const other = await (
      await test.as(otherA)
    ).command('SubmitReports', { items: [item('A2', '2008-01-10', { accepted: 1 })] })
    expect(other.ok).toBe(true)
    for (const socket of sockets) socket.close()
    await test.close()
  })

  it('who has least waiting is not kept waiting by who asks for much', async () => {
    const test = await startServer()
    const { core } = test.server
    const order: string[] = []
    const note = (who: string) => () => void order.push(who)
    const sheet = Array.from({ length: 2_000 }, (_, i) => item('A1', '2008-01-10', { accepted: i }))
    const much = [1, 2, 3, 4].map((i) =>
      core.dispatch({ id: newId(), kind: 'SubmitReports', data: { items: sheet } }, districtA).then(note(`much ${i}`)),
    )
    const little = core
      .dispatch(
        { id: newId(), kind: 'SubmitReports', data: { items: [item('A2', '2008-01-10', { accepted: 1 })] } },
        otherA,
      )
      .then(note('little'))
    await Promise.all([...much, little])
    expect(order).toEqual(['little', 'much 1', 'much 2', 'much 3', 'much 4'])
    await test.close()
  })
})

describe('H20 all of it at once', { timeout: 120_000 }, () => {
  it('people do their worst: memory is bounded, and an official’s reports are taken', async () => {
    const done = await doWorst({ sockets: NAMES.length, ms: 3_000, seed: 7 })
    expect([done.quiet.lost, done.meanwhile.lost, done.visits.lost]).toEqual([0, 0, 0])
    expect(done.meanwhile.answers.length).toBeGreaterThan(1)
    expect(done.most - done.idle).toBeLessThan(GROWN)
    // each was done, and the bounds bite
    expect(Object.keys(done.did)).toHaveLength(NAMES.length)
    expect(Object.keys(done.cut).length).toBeGreaterThan(0)
  })

  it('the bounds are those that the run in full was made with', () => {
    expect(LIMITS).toMatchObject({ messages: { burst: 512, perSecond: 32 }, sockets: { session: 64 } })
  })
})
