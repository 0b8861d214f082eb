/** Guessing at the door of a real server, and the right person at it meanwhile. */
import { argon2 } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { districtA, districtB, legal, office, viewer } from '../support/core.ts'
import { type Client, codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

// the hash function itself: tries that were compared are counted
vi.mock('node:crypto', { spy: true })
const argon = vi.mocked(argon2)

describe('guessing', () => {
  let test: TestServer
  beforeEach(async () => {
    test = await startServer({ config: { trustProxy: 1 } })
    for (const [actor, login] of [
      [districtA, 'wang'],
      [districtB, 'li'],
      [legal, 'chen'],
      [viewer, 'zhou'],
    ] as const)
      await test.account(actor, login)
  })
  afterEach(() => test.close())

  const signIn = (client: Client, address: string, login: string, password = PASSWORD) =>
    client.send('POST', '/api/v1/session', { body: { login, password }, headers: { 'x-forwarded-for': address } })
  const at = (i: number) => `198.51.100.${i}`

  it('N8 N9 tries on an account from everywhere are stopped, and its owner signs in from a browser that it knows', async () => {
    const owner = test.stranger()
    expect((await signIn(owner, '10.0.0.1', 'wang')).status).toBe(200)
    argon.mockClear()
    const statuses: number[] = []
    // the thousand of the attack are in `limits.test.ts`
    for (let i = 0; i < 100; i++) statuses.push((await signIn(test.stranger(), at(i), 'wang', `guess ${i}`)).status)
    expect(argon).toHaveBeenCalledTimes(20)
    expect(statuses.filter((status) => status === 401)).toHaveLength(20)
    expect(statuses.filter((status) => status === 429)).toHaveLength(80)
    // even the right password, from elsewhere: else it could be found by its way in
    expect((await signIn(test.stranger(), '203.0.113.1', 'wang')).status).toBe(429)
    owner.cookie = ''
    expect((await signIn(owner, at(3), 'wang')).status).toBe(200)
    // a browser that another account knows is a stranger to this one
    const other = test.stranger()
    expect((await signIn(other, '10.0.0.2', 'li')).status).toBe(200)
    expect((await signIn(other, '10.0.0.2', 'wang')).status).toBe(429)
    // and the office can always let them in
    const { body } = await (await test.as(office)).post('/api/v1/resets', { member: districtA.id })
    const token = String(body.link).split('#')[1]!
    const fresh = test.stranger()
    expect((await fresh.post('/api/v1/resets/redeem', { token, password: 'another good one' })).status).toBe(200)
    expect((await signIn(fresh, '203.0.113.1', 'wang', 'another good one')).status).toBe(200)
  })

  it('N9 a browser that was put into somebody’s hands by another is known to them alone after they sign in', async () => {
    const thief = test.stranger()
    await signIn(thief, '10.0.0.1', 'li')
    const victim = test.stranger()
    victim.device = thief.device
    expect((await signIn(victim, '10.0.0.2', 'wang')).status).toBe(200)
    expect(victim.device).not.toBe(thief.device)
    for (let i = 0; i < 20; i++) await signIn(test.stranger(), at(i), 'wang', 'x')
    expect((await signIn(thief, '10.0.0.1', 'wang')).status).toBe(429)
    expect((await signIn(victim, '10.0.0.2', 'wang')).status).toBe(200)
  })

  it('N10 after 40 misses behind one address, others there still sign in', async () => {
    const misses: number[] = []
    for (let i = 0; i < 60; i++) misses.push((await signIn(test.stranger(), '10.0.0.1', `name${i % 20}`, 'x')).status)
    expect(misses.slice(0, 40)).toEqual(Array<number>(40).fill(401))
    expect(misses.slice(40)).toEqual(Array<number>(20).fill(429))
    for (const login of ['wang', 'li', 'chen'])
      expect((await signIn(test.stranger(), '10.0.0.1', login)).status).toBe(200)
    // there, one miss costs a minute
    expect((await signIn(test.stranger(), '10.0.0.1', 'zhou', 'x')).status).toBe(401)
    const reply = await signIn(test.stranger(), '10.0.0.1', 'zhou')
    expect([reply.status, codes(reply.body)]).toEqual([429, ['auth.tooMany']])
    expect(Number(reply.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  it.each([
    ['nobody stands before the server', 0, (i: number) => at(i)],
    ['a proxy adds who speaks to it', 1, (i: number) => `${at(i)}, 10.0.0.1`],
    ['two proxies add who speaks to them', 2, (i: number) => `${at(i)}, 10.0.0.1, 192.168.0.1`],
  ])('N8 an address cannot be made up where %s', async (_, trustProxy, forwarded) => {
    const test = await startServer({ config: { trustProxy } })
    await test.account(districtA, 'wang')
    const statuses: number[] = []
    for (let i = 0; i < 8; i++) statuses.push((await signIn(test.stranger(), forwarded(i), 'wang', 'x')).status)
    expect(statuses).toEqual([...Array<number>(6).fill(401), 429, 429])
    // nor for a live connection
    const client = await test.as(districtA)
    const socket = await client.socket({ 'x-forwarded-for': forwarded(9) })
    const [session] = await test.server.auth.sessions.ofMember(districtA.id)
    expect(session!.address).toMatch(trustProxy === 0 ? /127\.0\.0\.1$/ : /^10\.0\.0\.1$/)
    socket.close()
    await test.close()
  })

  it('N11 an unknown name takes as long as a known one, half as long or twice at most', async () => {
    const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    const logins = ['wang', 'li', 'chen', 'zhou']
    for (let i = 0; i < 7; i++)
      for (const kind of ['known', 'unknown'] as const) {
        const login = kind === 'known' ? logins[i % 4]! : `name${i}`
        const began = performance.now()
        expect((await signIn(test.stranger(), `10.${kind.length}.0.${i}`, login, 'x')).status).toBe(401)
        took[kind].push(performance.now() - began)
      }
    const middle = (list: number[]) => list.sort((a, b) => a - b)[3]!
    expect(middle(took.unknown) / middle(took.known)).toBeGreaterThan(1 / 2)
    expect(middle(took.unknown) / middle(took.known)).toBeLessThan(2)
  })

  it('N11 an unknown name is refused as a known one is, try for try and with the same work', async () => {
    const run = async (login: string) => {
      const replies: unknown[] = []
      for (let i = 0; i < 30; i++) {
        argon.mockClear()
        const { status, body } = await signIn(test.stranger(), `10.1.0.${i}`, login, 'x')
        replies.push([status, codes(body), argon.mock.calls.length])
      }
      return replies
    }
    expect(await run('nobody')).toEqual(await run('wang'))
  })
})
